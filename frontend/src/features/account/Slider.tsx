import { useEffect, useId, useRef } from "react";
import { number } from "@/lib/format";

const restMilliseconds = 350;

interface SliderProps {
  label: string;
  min: number;
  max: number;
  step: number;
  /** Per cent. */
  value: number;
  /** While it moves. */
  onShow: (value: number) => void;
  /** When it has rested, however it was moved: by a pointer, by keys, by what reads the screen aloud. */
  onSet: (value: number) => void;
}

export function Slider({ label, value, onShow, onSet, ...range }: SliderProps) {
  const id = useId();
  const words = `${number(value)} %`;
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const set = useRef(onSet);
  useEffect(() => {
    set.current = onSet;
  }, [onSet]);
  useEffect(() => () => clearTimeout(rest.current), []);
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="flex justify-between gap-4 font-[620] text-paper">
        {label}
        <span className="tabular font-[420] text-faint">{words}</span>
      </label>
      <input
        {...range}
        id={id}
        type="range"
        value={value}
        aria-valuetext={words}
        className="h-9 w-full cursor-pointer accent-(--amber-fill)"
        onChange={(event) => {
          const moved = Number(event.target.value);
          onShow(moved);
          clearTimeout(rest.current);
          rest.current = setTimeout(() => set.current(moved), restMilliseconds);
        }}
      />
    </div>
  );
}
