/** One set, drawn for a 24 px square with a stroke of 1.5 px. Solid ones are filled as well. */
const paths = {
  play: "M7 4.8v14.4a.6.6 0 0 0 .9.5l11.6-7.2a.6.6 0 0 0 0-1L7.9 4.3a.6.6 0 0 0-.9.5z",
  pause: "M7.5 4.75h2.5v14.5h-2.5zM14 4.75h2.5v14.5h-2.5z",
  plus: "M12 5v14M5 12h14",
  check: "m5 12.5 4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6 6 18",
  info: "M12 11v5.5M12 7.75v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  search: "m20 20-4.2-4.2M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0z",
  home: "M4 10.5 12 4l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z",
  list: "M5 4.75h14v15.5l-7-4.5-7 4.5z",
  grid: "M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z",
  clock: "M12 7v5.25l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  left: "m14.5 5-7 7 7 7",
  right: "m9.5 5 7 7-7 7",
  down: "m5 9 7 7 7-7",
  back: "M20 12H4.5M11 5l-7 7 7 7",
  lock: "M6 10.5h12v9H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-3.7 3.6-5.5 7.5-5.5s6.9 1.8 7.5 5.5",
  thumbUp:
    "M7 11v8.5H4V11zm0 0 3.8-7.1c1.4 0 2.4 1 2.2 2.4l-.5 3.2h5a2 2 0 0 1 2 2.4l-1.1 5.7a2.3 2.3 0 0 1-2.3 1.9H7",
  thumbDown:
    "M7 13V4.5H4V13zm0 0 3.8 7.1c1.4 0 2.4-1 2.2-2.4l-.5-3.2h5a2 2 0 0 0 2-2.4l-1.1-5.7A2.3 2.3 0 0 0 16.1 4.5H7",
  heart:
    "M12 20C6.5 16.2 3.5 13 3.5 9.4A4.6 4.6 0 0 1 8 4.7c1.7 0 3.1.9 4 2.4.9-1.5 2.3-2.4 4-2.4a4.6 4.6 0 0 1 4.5 4.7c0 3.6-3 6.8-8.5 10.6z",
  warning: "M12 4 2.8 19.7h18.4zM12 10v4.5M12 17v.01",
  film: "M4 5h16v14H4zM8 5v14M16 5v14M4 9.5h4M4 14.5h4M16 9.5h4M16 14.5h4",
  gear: "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 3.5v2.2M12 18.3v2.2M3.5 12h2.2M18.3 12h2.2M6 6l1.55 1.55M16.45 16.45 18 18M18 6l-1.55 1.55M7.55 16.45 6 18",
  upload: "M12 16V4.5M7 9l5-5 5 5M4.5 15.5V19a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1v-3.5",
  signOut: "M14 4.5H6a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h8M10.5 12H20M16.5 8l4 4-4 4",
  swap: "M4 8.5h14M14.5 5 18 8.5 14.5 12M20 15.5H6M9.5 12 6 15.5 9.5 19",
  backspace: "M8.5 5.5H20a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H8.5L3 12zM11.5 9.5l5 5M16.5 9.5l-5 5",
  replay: "M4 5.5v4.75h4.75M4.6 10A8 8 0 1 1 4 13.5",
  volume: "M4 9.5h3.5L12.5 5v14l-5-4.5H4zM16 9a4.2 4.2 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11",
  volumeOff: "M4 9.5h3.5L12.5 5v14l-5-4.5H4zM16.5 9.5l5 5M21.5 9.5l-5 5",
  fullscreen: "M4 9V4.5h4.5M15.5 4.5H20V9M20 15v4.5h-4.5M8.5 19.5H4V15",
  fullscreenExit: "M8.5 4.5V9H4M20 9h-4.5V4.5M15.5 19.5V15H20M4 15h4.5v4.5",
  captions: "M3.5 5.5h17v13h-17zM10 10.5a2.2 2.2 0 1 0 0 3M16.8 10.5a2.2 2.2 0 1 0 0 3",
  speed: "M5.6 18.5a9 9 0 1 1 12.8 0M12 13.5l4-4.5",
  quality: "M3.5 5.5h17v13h-17zM7 9.5v5M10.5 9.5v5M7 12h3.5M13.5 9.5v5h1.2a2.5 2.5 0 0 0 0-5z",
  pip: "M3.5 5.5h17v13h-17zM12.5 12h5.5v4h-5.5z",
  next: "M5.5 5v14l10-7zM18.5 5v14",
  episodes: "M3.5 8.5h13v11h-13zM7 5h13.5v11",
  cast: "M4 10V5.5h16.5v13H14M4 19v-.01M4 15.5a3.5 3.5 0 0 1 3.5 3.5M4 12.5a6.5 6.5 0 0 1 6.5 6.5",
  chapters: "M4 6h2.5M4 12h2.5M4 18h2.5M10 6h10M10 12h10M10 18h10",
  letters: "M3.5 18 8 6.5 12.5 18M5 14.5h6M15 18v-7M21 18v-4a2.8 2.8 0 0 0-6 0v.5M15 18",
  mail: "M3.5 5.5h17v13h-17zM4 6.5l8 6.5 8-6.5",
  key: "M14.5 14a5 5 0 1 0-4.6-3.1L3.5 17.3v3.2h3.7v-2.6h2.5v-2.4h1.6l1.6-1.7a5 5 0 0 0 1.6.2zM16.2 7.8v.01",
  pencil: "M4 20l.9-4.2L16.2 4.5a1.6 1.6 0 0 1 2.3 0l1 1a1.6 1.6 0 0 1 0 2.3L8.2 19.1zM14 6.7l3.3 3.3",
  trash: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 13h9.4l.8-13M10 10.5v6M14 10.5v6",
  device: "M3 5.5h13v9.5H3zM7 19h5M9.5 15v4M18 9h3.5v10.5H18z",
  television: "M3 5h18v12H3zM8 20.5h8",
  phone: "M7.5 3.5h9v17h-9zM11 17.75h2",
  laptop: "M5 5.5h14v10H5zM2.5 18.5h19",
  download: "M12 4.5V16M7 11.5l5 5 5-5M4.5 15.5V19a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1v-3.5",
  external: "M14 4.5h5.5V10M19 5l-8.5 8.5M10 5.5H5.5a1 1 0 0 0-1 1v12a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V14",
} as const;

const solid: ReadonlySet<string> = new Set(["play", "pause"]);

export type IconName = keyof typeof paths;

interface IconProps {
  name: IconName;
  className?: string;
  filled?: boolean;
}

/** Decoration only: the control it stands in carries the words. */
export function Icon({ name, className = "size-6", filled = solid.has(name) }: IconProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
      fill={filled ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
