/** 0..1 as a line of light. The words beside it say the same, so it is silent. */
export function ProgressBar({ part, className = "" }: { part: number; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={`block h-1 overflow-hidden rounded-full bg-(--shade)/60 ring-1 ring-(--on-picture)/20 ${className}`}
    >
      <span
        className="block h-full rounded-full bg-amber-fill"
        style={{ width: `${Math.max(2, Math.min(100, part * 100))}%` }}
      />
    </span>
  );
}
