import type { ReactNode } from "react";
import { Icon } from "./Icon";

interface ChoiceProps {
  /** What is chosen, for those who do not see what stands around it. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Whether something else than the usual is chosen. */
  set?: boolean;
  children: ReactNode;
}

/** A menu of which one is chosen: the browser's own, which every hand and every phone knows. */
export function Choice({ label, value, onChange, set = false, children }: ChoiceProps) {
  return (
    <span className="relative inline-flex min-w-0 max-w-full">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`choice min-h-11 w-full max-w-full appearance-none truncate rounded-full border ps-4 pe-10 font-[620] transition-colors duration-(--press) hover:border-faint focus-visible:rounded-full ${
          set ? "border-amber bg-(--glow) text-paper" : "border-control bg-raised text-soft"
        }`}
      >
        {children}
      </select>
      <Icon name="down" className="pointer-events-none absolute end-3.5 top-3.5 size-4" />
    </span>
  );
}
