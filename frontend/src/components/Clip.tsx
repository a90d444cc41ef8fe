import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { connection } from "@/lib/connection";
import { Icon } from "./Icon";

interface ClipProps {
  src: string;
  /** How long the picture stands still first. */
  afterSeconds?: number;
  /** What it plays in: over a whole head of a page, or in a small box that has a picture of 16:9 on top. */
  within?: "head" | "preview";
}

/** Whether somebody wants neither movement nor bytes that were not asked for. */
function isUnwelcome(): boolean {
  const { saveData, effectiveType } = connection();
  return (
    saveData === true ||
    (effectiveType ?? "4g") !== "4g" ||
    matchMedia("(prefers-reduced-motion: reduce)").matches ||
    matchMedia("(prefers-reduced-data: reduce)").matches
  );
}

/**
 * A silent clip over a picture, once, some seconds after the page is there. Decoration with a visible stop; whatever goes
 * wrong with it leaves the picture.
 */
export function Clip({ src, afterSeconds = 2, within = "head" }: ClipProps) {
  const { t } = useLingui();
  const [state, setState] = useState<"waiting" | "fetching" | "playing" | "over">("waiting");

  useEffect(() => {
    if (isUnwelcome()) return;
    const timer = setTimeout(() => setState("fetching"), afterSeconds * 1000);
    return () => clearTimeout(timer);
  }, [afterSeconds]);

  if (state === "waiting" || state === "over") return null;
  const over = () => setState("over");
  return (
    <>
      <video
        src={src}
        muted
        autoPlay
        playsInline
        disableRemotePlayback
        tabIndex={-1}
        aria-hidden="true"
        data-testid="clip"
        onPlaying={() => setState("playing")}
        onEnded={over}
        onError={over}
        className={`pointer-events-none absolute inset-x-0 top-0 w-full object-cover object-[50%_25%] transition-opacity duration-(--open) ease-(--ease) ${
          within === "head" ? "h-full" : "aspect-video"
        } ${state === "playing" ? "opacity-100" : "opacity-0"}`}
      />
      {state === "playing" && (
        <button
          type="button"
          aria-label={t`Stop the preview`}
          onClick={over}
          className={`absolute z-10 grid place-items-center rounded-full border border-(--on-picture)/40 bg-(--shade)/60 text-(--on-picture) transition-colors duration-(--press) hover:bg-(--shade) focus-visible:rounded-full ${
            within === "head" ? "end-4 top-20 size-11 sm:end-10" : "end-3 top-3 size-9"
          }`}
        >
          <Icon name="pause" className={within === "head" ? "size-6" : "size-4"} />
        </button>
      )}
    </>
  );
}
