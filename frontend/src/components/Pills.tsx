import { type ReactNode, useId } from "react";

interface PillsProps<Value extends string> {
  legend: string;
  value: Value;
  choices: readonly (readonly [Value, ReactNode])[];
  onChange: (value: Value) => void;
  /** Whether its name stands above it, or is only heard. */
  named?: boolean;
}

/** One of a few, all of them seen. */
export function Pills<Value extends string>({
  legend,
  value,
  choices,
  onChange,
  named = false,
}: PillsProps<Value>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={named ? "mb-1.5 font-[620] text-paper" : "sr-only"}>{legend}</legend>
      <div className="flex w-fit max-w-full flex-wrap gap-1 rounded-3xl bg-ink p-1">
        {choices.map(([one, words]) => (
          <label
            key={one}
            className="cursor-pointer rounded-full px-4 py-1.5 transition-colors duration-(--press) hover:text-paper has-checked:bg-float has-checked:font-[620] has-checked:text-paper has-focus-visible:outline-3 has-focus-visible:outline-amber"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={value === one}
              onChange={() => onChange(one)}
            />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
