/** What the lantern throws on the wall: a painted slide, round as they were, of a hare who looks at the moon. */
export function Slide({ className = "" }: { className?: string }) {
  return (
    <svg viewBox="0 0 400 400" aria-hidden="true" className={`overflow-visible ${className}`}>
      <defs>
        <clipPath id="round">
          <circle cx="200" cy="200" r="180" />
        </clipPath>
        <radialGradient id="sky" cx="0.66" cy="0.3" r="0.85">
          <stop offset="0" stopColor="oklch(0.9 0.1 84)" />
          <stop offset="0.3" stopColor="oklch(0.76 0.14 68)" />
          <stop offset="0.68" stopColor="oklch(0.5 0.12 42)" />
          <stop offset="1" stopColor="oklch(0.3 0.08 20)" />
        </radialGradient>
        <radialGradient id="halo">
          <stop offset="0.62" stopColor="var(--amber-fill)" stopOpacity="0.24" />
          <stop offset="1" stopColor="var(--amber-fill)" stopOpacity="0" />
        </radialGradient>
      </defs>
      <circle cx="200" cy="200" r="290" fill="url(#halo)" />
      <g clipPath="url(#round)">
        <rect width="400" height="400" fill="url(#sky)" />
        <circle cx="264" cy="122" r="46" fill="oklch(0.96 0.05 90)" />
        <g fill="oklch(0.95 0.05 88)" opacity="0.9">
          <circle cx="120" cy="84" r="2" />
          <circle cx="158" cy="126" r="1.5" />
          <circle cx="92" cy="146" r="1.6" />
          <circle cx="196" cy="62" r="1.7" />
          <circle cx="338" cy="196" r="1.6" />
          <circle cx="70" cy="196" r="1.3" />
        </g>
        <path d="M0 268c60-38 110-34 168-12 66 26 124 22 232-30v174H0z" fill="oklch(0.42 0.1 36)" />
        <path d="M0 312c50-34 104-44 160-30 76 20 142 36 240-10v128H0z" fill="oklch(0.29 0.07 25)" />
        <path d="M0 352c74-24 138-26 206-12 74 14 130 12 194-14v74H0z" fill="oklch(0.19 0.04 20)" />
        <g fill="oklch(0.17 0.035 20)">
          <path d="M138 290c-20-2-33-18-33-38 0-15 8-27 20-34 3-20 12-30 22-31-11-23-15-46-8-51 8-5 20 14 26 41 4-27 14-47 23-44 8 4 5 28-5 50 14 4 23 14 24 27 1 8-6 14-16 16 9 11 13 25 10 40 8 3 13 9 13 17 0 6-3 9-9 9z" />
          <circle cx="99" cy="272" r="9" />
        </g>
        <circle cx="190" cy="203" r="3" fill="oklch(0.9 0.1 84)" />
        <g stroke="oklch(0.17 0.035 20)" strokeWidth="2.5" strokeLinecap="round" fill="none">
          <path d="M288 330c0-22-3-38-9-52M288 326c4-17 9-27 17-36M318 338c0-15 3-27 8-37M302 340c0-12-2-19-5-26" />
          <path d="M58 336c0-19-4-34-10-46M64 334c3-15 9-26 16-33" />
        </g>
      </g>
      <circle
        cx="200"
        cy="200"
        r="180"
        fill="none"
        stroke="oklch(0.93 0.07 85)"
        strokeOpacity="0.4"
        strokeWidth="1.5"
      />
    </svg>
  );
}
