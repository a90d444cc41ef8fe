import { useLingui } from "@lingui/react/macro";
import { useId } from "react";

interface SwatchesProps {
  legend: string;
  /** As #rrggbb. */
  value: string;
  onChange: (color: string) => void;
}

/** The eight colours that televisions have had for subtitles (CTA-708). */
export function Swatches({ legend, value, onChange }: SwatchesProps) {
  const { t } = useLingui();
  const name = useId();
  const colours: [string, string][] = [
    ["#ffffff", t`White`],
    ["#ffff00", t`Yellow`],
    ["#00ff00", t`Green`],
    ["#00ffff", t`Cyan`],
    ["#ff00ff", t`Magenta`],
    ["#ff0000", t`Red`],
    ["#0000ff", t`Blue`],
    ["#000000", t`Black`],
  ];
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-[620] text-paper">{legend}</legend>
      <div className="grid max-w-84 grid-cols-8 gap-2 py-1">
        {colours.map(([colour, words]) => (
          <label key={colour} title={words} className="cursor-pointer">
            <input
              type="radio"
              name={name}
              className="peer sr-only"
              checked={value === colour}
              onChange={() => onChange(colour)}
            />
            <span
              aria-hidden="true"
              style={{ background: colour }}
              className="block aspect-square w-full rounded-full border border-control outline-offset-2 peer-checked:outline-3 peer-checked:outline-amber peer-focus-visible:outline-3 peer-focus-visible:outline-paper"
            />
            <span className="sr-only">{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
