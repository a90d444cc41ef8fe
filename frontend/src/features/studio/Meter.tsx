const fills = { going: "bg-amber-fill", done: "bg-green", wrong: "bg-red" };

/** A living bar. The words beside it say the same, so it is silent. */
export function Meter({ part, look }: { part: number; look: keyof typeof fills }) {
  return (
    <span aria-hidden="true" className="block h-1.5 overflow-hidden rounded-full bg-line">
      <span
        className={`block h-full rounded-full transition-[width] duration-500 ease-linear ${fills[look]}`}
        style={{ width: `${Math.min(100, Math.max(0, part * 100))}%` }}
      />
    </span>
  );
}
