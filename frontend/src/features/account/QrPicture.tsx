import { useMemo } from "react";
import { qrCode } from "@/lib/qr/code";

/** Always dark on light, with the margin of four modules that cameras want. */
export function QrPicture({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const grid = qrCode(text);
    const dark = grid.flatMap((row, y) => row.flatMap((is, x) => (is ? [`M${x + 4} ${y + 4}h1v1h-1z`] : [])));
    return { size: grid.length + 8, path: dark.join("") };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="w-52 justify-self-center rounded-lg bg-[oklch(1_0_0)]"
    >
      <path d={path} fill="oklch(0 0 0)" />
    </svg>
  );
}
