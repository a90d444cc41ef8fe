import { type InputHTMLAttributes, type ReactNode, useId } from "react";

interface SwitchProps extends InputHTMLAttributes<HTMLInputElement> {
  label: ReactNode;
  hint?: ReactNode;
}

/** On or off, at once. A checkbox that says so, with a knob that slides. */
export function Switch({ label, hint, ...rest }: SwitchProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex min-h-11 cursor-pointer items-center justify-between gap-4 py-1 has-disabled:cursor-default has-disabled:opacity-60"
    >
      <span className="min-w-0">
        <span className="block font-[620] text-paper">{label}</span>
        {hint && (
          <span id={`${id}-note`} className="block text-fine text-faint">
            {hint}
          </span>
        )}
      </span>
      <input
        {...rest}
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: whether a checkbox is checked is known without being said
        role="switch"
        aria-describedby={hint ? `${id}-note` : undefined}
        className="switch"
      />
    </label>
  );
}
