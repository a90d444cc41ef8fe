import { Trans } from "@lingui/react/macro";
import { Avatar, type Face, faces } from "@/components/Avatar";
import { faceName } from "./faceNames";

interface FacePickerProps {
  face: Face;
  /** A child's faces are round. */
  round: boolean;
  onChange: (face: Face) => void;
}

export function FacePicker({ face, round, onChange }: FacePickerProps) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 font-[620] text-paper">
        <Trans>Face</Trans>
      </legend>
      <div className="grid grid-cols-4 gap-3">
        {faces.map((name) => (
          <label key={name} className="relative cursor-pointer">
            <input
              type="radio"
              name="face"
              className="peer sr-only"
              checked={face === name}
              onChange={() => onChange(name)}
            />
            <Avatar
              avatar={name}
              className={`size-full opacity-75 outline-offset-3 transition-opacity duration-(--press) peer-checked:opacity-100 peer-checked:outline-3 peer-checked:outline-amber hover:opacity-100 peer-focus-visible:outline-3 peer-focus-visible:outline-paper ${
                round ? "rounded-full" : ""
              }`}
            />
            <span className="sr-only">{faceName(name)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
