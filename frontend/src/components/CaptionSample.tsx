import { Trans } from "@lingui/react/macro";
import type { CSSProperties } from "react";

/** Two lines as a film shows them, over a picture that is light and dark. */
export function CaptionSample({ style }: { style: CSSProperties }) {
  return (
    <div className="caption-sample" style={style} data-testid="caption-sample">
      <svg viewBox="0 0 160 90" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
        <defs>
          <linearGradient id="dusk" x2="0" y2="1">
            <stop offset="0" stopColor="oklch(0.42 0.09 262)" />
            <stop offset="0.62" stopColor="oklch(0.72 0.12 52)" />
            <stop offset="1" stopColor="oklch(0.88 0.09 84)" />
          </linearGradient>
        </defs>
        <path d="M0 0h160v90H0z" fill="url(#dusk)" />
        <circle cx="112" cy="44" r="9" fill="oklch(0.96 0.06 90)" />
        <path d="M0 62c30-16 54-12 82-3 30 10 52 6 78-8v39H0z" fill="oklch(0.5 0.09 48)" />
        <path d="M0 76c36-10 70-8 100-3 24 4 42 3 60-3v20H0z" fill="oklch(0.24 0.05 30)" />
      </svg>
      <p className="caption-window">
        <span>
          <Trans>The lights go down.</Trans>
        </span>
        <br />
        <span>
          <Trans>Somewhere a projector hums.</Trans>
        </span>
      </p>
    </div>
  );
}
