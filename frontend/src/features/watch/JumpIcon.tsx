/** Ten seconds back or on: an arrow around the number. Decoration; its button carries the words. */
export function JumpIcon({ forward, className = "size-6" }: { forward: boolean; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className} fill="none" stroke="currentColor">
      <g
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        {...(forward && { transform: "matrix(-1 0 0 1 24 0)" })}
      >
        <path d="M7.2 5.4A8.3 8.3 0 1 1 3.7 12" />
        <path d="M7.9 1.9 6.6 5.6l3.8 1.1" />
      </g>
      <text
        x="12"
        y="15.4"
        textAnchor="middle"
        fontSize="7.6"
        fontWeight="640"
        fill="currentColor"
        stroke="none"
        className="tabular"
      >
        10
      </text>
    </svg>
  );
}
