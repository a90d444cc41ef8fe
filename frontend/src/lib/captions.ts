import type { WatchingChoicesFragment } from "../gql/documents";

/** The looks of subtitles, as a profile keeps them. */
export type CaptionStyle = WatchingChoicesFragment["captionStyle"];
export type CaptionFont = CaptionStyle["font"];
export type CaptionEdge = CaptionStyle["edge"];

/** What everybody has who has chosen nothing, as the server has it. */
export const usualCaptions: CaptionStyle = {
  font: "SANS",
  sizePercent: 100,
  color: "#ffffff",
  opacityPercent: 100,
  edge: "SHADOW",
  backgroundColor: "#000000",
  backgroundOpacityPercent: 0,
  windowColor: "#000000",
  windowOpacityPercent: 0,
};

const families: Readonly<Record<CaptionFont, string>> = {
  SANS: "var(--font)",
  SERIF: 'ui-serif, Georgia, "Times New Roman", serif',
  MONOSPACE: 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace',
  MONOSPACE_SERIF: '"Courier New", Courier, "Nimbus Mono PS", monospace',
  CASUAL: '"Comic Sans MS", "Comic Neue", "Chalkboard SE", ui-rounded, cursive',
  SCRIPT: '"Snell Roundhand", "Brush Script MT", "Segoe Script", cursive',
  SMALL_CAPITALS: "var(--font)",
};

function withOpacity(color: string, percent: number): string {
  return `color-mix(in srgb, ${color} ${percent}%, transparent)`;
}

/** Whether black stands out from a colour better than white does: by relative luminance, as WCAG has it. */
function isLight(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(color.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}

/** Dark letters stand out from a picture by a light edge, light ones by a dark. Lengths follow the size of the letters. */
function edgeOf(edge: CaptionEdge, color: string): string {
  const far = isLight(color) ? "#000000" : "#ffffff";
  const near = isLight(color) ? "#ffffff" : "#000000";
  const around = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y] as const));
  switch (edge) {
    case "NONE":
      return "none";
    case "OUTLINE":
      return around.map(([x, y]) => `${x * 0.06}em ${y * 0.06}em 0.02em ${far}`).join(", ");
    case "SHADOW":
      return `0.08em 0.08em 0.1em ${far}, 0 0 0.25em ${far}`;
    case "RAISED":
      return `0.04em 0.04em 0 ${far}, 0.08em 0.08em 0 ${far}`;
    case "DEPRESSED":
      return `-0.04em -0.04em 0 ${far}, 0.04em 0.04em 0 ${near}`;
  }
}

/**
 * The custom properties that a film's subtitles, and a sample of them, are drawn with: `--cue-size` in per cent and
 * `--cue-times` as a factor of the usual size, the rest as CSS has them.
 */
export function cueStyle(style: CaptionStyle): Record<`--cue-${string}`, string> {
  return {
    "--cue-size": `${style.sizePercent}%`,
    "--cue-times": String(style.sizePercent / 100),
    "--cue-font": families[style.font],
    "--cue-caps": style.font === "SMALL_CAPITALS" ? "small-caps" : "normal",
    "--cue-colour": withOpacity(style.color, style.opacityPercent),
    "--cue-edge": edgeOf(style.edge, style.color),
    "--cue-background": withOpacity(style.backgroundColor, style.backgroundOpacityPercent),
    "--cue-window": withOpacity(style.windowColor, style.windowOpacityPercent),
  };
}
