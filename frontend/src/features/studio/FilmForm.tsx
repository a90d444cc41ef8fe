import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Button } from "@/components/Button";

export interface FilmWords {
  name: string;
  year: number | null;
  synopsis: string;
  maturityRating: string;
  genres: string[];
  publish: boolean;
}

interface FilmFormProps {
  suggestedName: string;
  genres: readonly string[];
  busy: boolean;
  fault: { field: string | null; message: string } | null;
  onSave: (words: FilmWords) => void;
}

const ratings = ["U", "PG", "12A", "15", "18"];

/** What a film is called and what it is about. */
export function FilmForm({ suggestedName, genres, busy, fault, onSave }: FilmFormProps) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<readonly string[]>([]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    const more = text("genres")
      .split(",")
      .map((genre) => genre.trim());
    onSave({
      name: text("name"),
      year: text("year") ? Number(text("year")) : null,
      synopsis: text("synopsis"),
      maturityRating: text("maturityRating"),
      genres: [...new Set([...chosen, ...more].filter(Boolean))],
      publish: data.get("publish") === "on",
    });
  };
  const faultOf = (field: string) => (fault?.field === field ? fault.message : null);

  return (
    <form className="panel" onSubmit={onSubmit}>
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem_9rem]">
        <Field label={t`Name`} fault={faultOf("name")}>
          {(props) => (
            <input
              {...props}
              name="name"
              required
              maxLength={200}
              defaultValue={suggestedName}
              autoComplete="off"
            />
          )}
        </Field>
        <Field label={t`Year`} fault={faultOf("year")}>
          {(props) => (
            <input {...props} name="year" type="number" inputMode="numeric" min={1870} max={2200} />
          )}
        </Field>
        <Field label={t`Rating`} fault={faultOf("maturityRating")}>
          {(props) => (
            <select {...props} name="maturityRating">
              <option value="">{t`Not rated`}</option>
              {ratings.map((rating) => (
                <option key={rating}>{rating}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Field label={t`Synopsis`} fault={faultOf("synopsis")}>
        {(props) => <textarea {...props} name="synopsis" rows={4} />}
      </Field>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-fine text-faint">
          <Trans>Genres</Trans>
        </legend>
        <div className="flex flex-wrap gap-2">
          {genres.map((genre) => (
            <label key={genre} className="chip">
              <input
                type="checkbox"
                className="sr-only"
                checked={chosen.includes(genre)}
                onChange={(event) =>
                  setChosen(event.target.checked ? [...chosen, genre] : chosen.filter((one) => one !== genre))
                }
              />
              {genre}
            </label>
          ))}
        </div>
        <input
          name="genres"
          className="field"
          aria-label={t`Other genres, with commas between them`}
          placeholder={t`Other genres, with commas between them`}
          autoComplete="off"
        />
      </fieldset>
      <label className="flex items-center gap-3">
        <input type="checkbox" name="publish" defaultChecked className="size-5 accent-(--amber)" />
        <Trans>Show it to everybody as soon as it can be watched</Trans>
      </label>
      {fault && fault.field === null && (
        <p role="alert" className="text-red">
          {fault.message}
        </p>
      )}
      <div>
        <Button type="submit" look="primary" size="large" busy={busy}>
          <Trans>Add the film</Trans>
        </Button>
      </div>
    </form>
  );
}

interface FieldProps {
  label: string;
  fault: string | null;
  children: (props: {
    id: string;
    className: string;
    "aria-invalid": true | undefined;
    "aria-describedby": string | undefined;
  }) => ReactNode;
}

function Field({ label, fault, children }: FieldProps) {
  const id = useId();
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="text-fine text-faint">
        {label}
      </label>
      {children({
        id,
        className: "field",
        "aria-invalid": fault ? true : undefined,
        "aria-describedby": fault ? `${id}-fault` : undefined,
      })}
      {fault && (
        <p id={`${id}-fault`} className="text-fine text-red">
          {fault}
        </p>
      )}
    </div>
  );
}
