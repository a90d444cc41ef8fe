import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import { Icon } from "./Icon";

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: ReactNode;
  /** What is wrong with what was typed, in a sentence. */
  fault?: string | null | undefined;
  hint?: ReactNode;
}

export function TextField({ label, fault, hint, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-[620] text-paper">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        className="field"
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault || hint ? `${id}-note` : undefined}
      />
      {(fault || hint) && (
        <p id={`${id}-note`} className={`text-fine ${fault ? "text-red" : "text-faint"}`}>
          {fault && <Icon name="warning" className="-mt-0.5 me-1.5 inline size-4" />}
          {fault ?? hint}
        </p>
      )}
    </div>
  );
}
