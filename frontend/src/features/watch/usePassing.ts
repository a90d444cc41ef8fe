import { useCallback, useEffect, useRef, useState } from "react";

/** A value that is there for a moment (ms) after it was set. */
export function usePassing<Value>(moment: number): [Value | null, (value: Value | null) => void] {
  const [value, setValue] = useState<Value | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = useCallback(
    (next: Value | null) => {
      clearTimeout(timer.current);
      setValue(next);
      if (next !== null) timer.current = setTimeout(() => setValue(null), moment);
    },
    [moment],
  );
  return [value, show];
}
