/** The light of a magic lantern falling through a dark room, with the dust in it. */
export function Beam() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1200 800"
      preserveAspectRatio="xMidYMid slice"
      className="absolute inset-0 -z-10 size-full"
    >
      <defs>
        <linearGradient id="ray" x1="0" y1="0.5" x2="1" y2="0.5">
          <stop offset="0" stopColor="var(--amber-fill)" stopOpacity="0.42" />
          <stop offset="0.55" stopColor="var(--amber-fill)" stopOpacity="0.13" />
          <stop offset="1" stopColor="var(--amber-fill)" stopOpacity="0.03" />
        </linearGradient>
        <radialGradient id="lens" cx="0" cy="0.62" r="0.9">
          <stop offset="0" stopColor="var(--amber-fill)" stopOpacity="0.34" />
          <stop offset="0.35" stopColor="var(--amber-fill)" stopOpacity="0.07" />
          <stop offset="1" stopColor="var(--amber-fill)" stopOpacity="0" />
        </radialGradient>
        <filter id="soft" x="-20%" y="-20%" width="140%" height="140%">
          <feGaussianBlur stdDeviation="22" />
        </filter>
      </defs>
      <rect width="1200" height="800" fill="url(#lens)" />
      <path d="M-60 500 1300 40v700L-60 530z" fill="url(#ray)" filter="url(#soft)" />
      <path d="M-60 508 1300 190v400L-60 524z" fill="url(#ray)" filter="url(#soft)" opacity="0.7" />
      <g fill="var(--amber-fill)">
        {dust.map(([x, y, r, opacity]) => (
          <circle key={`${x}/${y}`} cx={x} cy={y} r={r} opacity={opacity} />
        ))}
      </g>
    </svg>
  );
}

/** x, y, radius, opacity: placed by hand along the beam. */
const dust: readonly (readonly [number, number, number, number])[] = [
  [120, 486, 1.4, 0.6],
  [210, 455, 1, 0.5],
  [265, 505, 1.8, 0.4],
  [340, 430, 1.2, 0.5],
  [405, 520, 1, 0.4],
  [470, 390, 1.6, 0.35],
  [545, 470, 1.1, 0.5],
  [610, 345, 1.4, 0.3],
  [690, 545, 1.2, 0.35],
  [745, 300, 1.8, 0.25],
  [820, 420, 1, 0.4],
  [880, 590, 1.5, 0.25],
  [960, 260, 1.2, 0.3],
  [1020, 480, 1.7, 0.2],
  [1090, 350, 1.1, 0.3],
  [1150, 620, 1.4, 0.2],
];
