import { type ReactNode, type SelectHTMLAttributes, useId } from "react";
import { Icon } from "./Icon";

interface SelectFieldProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label: ReactNode;
  fault?: string | null | undefined;
  hint?: ReactNode;
}

/** A choice of many, by the browser's own menu, which every hand and every phone knows. */
export function SelectField({ label, fault, hint, children, ...rest }: SelectFieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-[620] text-paper">
        {label}
      </label>
      <span className="relative">
        <select
          {...rest}
          id={id}
          className="field appearance-none truncate pe-10"
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault || hint ? `${id}-note` : undefined}
        >
          {children}
        </select>
        <Icon name="down" className="pointer-events-none absolute end-3.5 top-4 size-4" />
      </span>
      {(fault || hint) && (
        <p id={`${id}-note`} className={`text-fine ${fault ? "text-red" : "text-faint"}`}>
          {fault ?? hint}
        </p>
      )}
    </div>
  );
}
