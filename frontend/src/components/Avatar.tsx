import type { ReactNode } from "react";

/** The faces one can choose from; the server keeps the name and we draw it. */
export const faces = ["lantern", "fox", "owl", "bear", "cat", "hare", "moth", "moon"] as const;
export type Face = (typeof faces)[number];

const grounds: Record<Face, string> = {
  lantern: "oklch(0.47 0.1 62)",
  fox: "oklch(0.5 0.13 38)",
  owl: "oklch(0.42 0.09 285)",
  bear: "oklch(0.44 0.07 55)",
  cat: "oklch(0.43 0.08 215)",
  hare: "oklch(0.47 0.08 155)",
  moth: "oklch(0.45 0.1 340)",
  moon: "oklch(0.38 0.08 262)",
};

const cream = "oklch(0.94 0.03 85)";
const dusk = "oklch(0.23 0.03 268)";
const glow = "oklch(0.83 0.14 74)";

const eyes = (y: number, apart = 9, size = 2.4) => (
  <>
    <circle cx={32 - apart} cy={y} r={size} fill={dusk} />
    <circle cx={32 + apart} cy={y} r={size} fill={dusk} />
  </>
);

const drawings: Record<Face, ReactNode> = {
  lantern: (
    <>
      <path d="M24 20a8 8 0 0 1 16 0" fill="none" stroke={cream} strokeWidth="3" strokeLinecap="round" />
      <path d="M20 20h24l-2 6H22zM20 50h24l-2-5H22z" fill={cream} />
      <path d="M22 26h20v19H22z" fill={glow} />
      <path d="M32 29c4 5 5 7 5 9.5a5 5 0 0 1-10 0c0-2.5 1-4.5 5-9.5z" fill={cream} />
    </>
  ),
  fox: (
    <>
      <path d="M13 15l12 8h14l12-8-2 21-17 15-17-15z" fill="oklch(0.76 0.15 55)" />
      <path d="M15 36l11-2 6 17zM49 36l-11-2-6 17z" fill={cream} />
      <circle cx="32" cy="49" r="3" fill={dusk} />
      {eyes(33, 8)}
    </>
  ),
  owl: (
    <>
      <path d="M15 14l9 4h16l9-4v22c0 10-7 16-17 16s-17-6-17-16z" fill="oklch(0.68 0.06 300)" />
      <circle cx="24" cy="30" r="8" fill={cream} />
      <circle cx="40" cy="30" r="8" fill={cream} />
      <circle cx="24" cy="30" r="3.5" fill={dusk} />
      <circle cx="40" cy="30" r="3.5" fill={dusk} />
      <path d="M29 36h6l-3 6z" fill={glow} />
    </>
  ),
  bear: (
    <>
      <circle cx="19" cy="20" r="7" fill="oklch(0.66 0.09 55)" />
      <circle cx="45" cy="20" r="7" fill="oklch(0.66 0.09 55)" />
      <circle cx="32" cy="34" r="18" fill="oklch(0.66 0.09 55)" />
      <ellipse cx="32" cy="41" rx="9" ry="7.5" fill={cream} />
      <ellipse cx="32" cy="38" rx="3.5" ry="2.5" fill={dusk} />
      {eyes(30)}
    </>
  ),
  cat: (
    <>
      <path d="M14 14l11 8h14l11-8v20a18 18 0 0 1-36 0z" fill="oklch(0.8 0.05 210)" />
      <path
        d="M30 38h4l-2 3zM32 41v3M12 37l9 1M12 43l9-2M52 37l-9 1M52 43l-9-2"
        fill={dusk}
        stroke={dusk}
        strokeWidth="1.5"
        strokeLinecap="round"
      />
      {eyes(32)}
    </>
  ),
  hare: (
    <>
      <path
        d="M22 30C17 18 18 8 22 8s7 10 7 20zM42 30c5-12 4-22 0-22s-7 10-7 20z"
        fill="oklch(0.86 0.04 150)"
      />
      <circle cx="32" cy="38" r="15" fill="oklch(0.86 0.04 150)" />
      <path d="M29.5 42h5l-2.5 3z" fill="oklch(0.7 0.13 20)" />
      {eyes(36, 6.5)}
    </>
  ),
  moth: (
    <>
      <path
        d="M32 28C22 12 10 16 10 24s10 12 22 8zM32 28c10-16 22-12 22-4s-10 12-22 8z"
        fill="oklch(0.8 0.08 345)"
      />
      <path d="M32 32c-9 0-15 6-13 12s11 3 13-6zM32 32c9 0 15 6 13 12s-11 3-13-6z" fill={cream} />
      <path
        d="M32 24v24M32 24l-5-8M32 24l5-8"
        stroke={dusk}
        strokeWidth="2.6"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="20" cy="24" r="3" fill={glow} />
      <circle cx="44" cy="24" r="3" fill={glow} />
    </>
  ),
  moon: (
    <>
      <path d="M40 12a21 21 0 1 0 10 30 17 17 0 0 1-10-30z" fill={glow} />
      <circle cx="48" cy="20" r="1.8" fill={cream} />
      <circle cx="42" cy="29" r="1.3" fill={cream} />
      <path
        d="M20 34c1.5-1.5 3.5-1.5 5 0M30 38c1.5-1.5 3.5-1.5 5 0M24 43c2.5 2 5 2 7 .5"
        stroke={dusk}
        strokeWidth="2"
        fill="none"
        strokeLinecap="round"
      />
    </>
  ),
};

/** A drawn face. A name that we do not draw gets one of ours, always the same. */
export function faceOf(avatar: string): Face {
  const known = faces.find((face) => face === avatar);
  if (known) return known;
  let sum = 0;
  for (const letter of avatar) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return faces[sum % faces.length] ?? "lantern";
}

export function Avatar({ avatar, className = "size-9" }: { avatar: string; className?: string }) {
  const face = faceOf(avatar);
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true" className={`shrink-0 rounded-[22%] ${className}`}>
      <rect width="64" height="64" fill={grounds[face]} />
      {drawings[face]}
    </svg>
  );
}
