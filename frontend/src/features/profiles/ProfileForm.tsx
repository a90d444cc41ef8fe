import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, type ReactNode, useState } from "react";
import { type Face, faceOf, faces } from "@/components/Avatar";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { SelectField } from "@/components/SelectField";
import { Switch } from "@/components/Switch";
import { TextField } from "@/components/TextField";
import { type Fault, faultOf, faultOfForm } from "@/lib/faults";
import type { Profile } from "@/lib/graphql/queries";
import { languages, spokenHere } from "@/lib/i18n";
import { ownName } from "@/lib/languages";
import { FacePicker } from "./FacePicker";
import { limitName, limitsFor, usualForKids } from "./limits";
import { PinChoice } from "./PinChoice";

/** What a profile is made of; `pin` left out stays as it is, null takes it away. */
export interface ProfileValues {
  name: string;
  avatar: string;
  language: string;
  isKids: boolean;
  maturityLimit?: number | null;
  pin?: string | null;
}

interface ProfileFormProps {
  heading: ReactNode;
  /** The profile as it is; null for a new one. */
  profile: Profile | null;
  /** The first of a household is the person who made the account: a name and a face are enough. */
  short?: boolean;
  submit: ReactNode;
  /** Faces that others of the household have. */
  taken?: readonly string[];
  faults: readonly Fault[];
  error: unknown;
  busy: boolean;
  onSubmit: (values: ProfileValues) => void;
  onCancel?: (() => void) | undefined;
  children?: ReactNode;
}

/** The first that nobody has, so that a household is told apart at a glance. */
function freeFace(taken: readonly string[]): Face {
  return faces.find((face) => !taken.includes(face)) ?? "lantern";
}

export function ProfileForm({
  profile,
  short = false,
  taken = [],
  faults,
  error,
  busy,
  ...rest
}: ProfileFormProps) {
  const { t } = useLingui();
  const [face, setFace] = useState<Face>(() => (profile ? faceOf(profile.avatar) : freeFace(taken)));
  const [isKids, setIsKids] = useState(profile?.isKids ?? false);
  const [limit, setLimit] = useState<number | "">(profile?.maturityLimit ?? "");
  const [pin, setPin] = useState<string | null | undefined>(undefined);
  const limits = limitsFor(isKids, profile?.maturityLimit ?? null);
  const shownLimit = limits.includes(limit) ? limit : usualForKids;
  const spoken = profile?.language ?? spokenHere();
  const offered = languages.includes(spoken) ? languages : [spoken, ...languages];

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    rest.onSubmit({
      name: String(data.get("name")).trim(),
      avatar: face,
      language: short ? spoken : String(data.get("language")),
      isKids,
      ...(!short && { maturityLimit: shownLimit === "" ? null : shownLimit }),
      ...(pin !== undefined && { pin }),
    });
  };

  return (
    <form className="grid w-full max-w-md gap-6" onSubmit={onSubmit}>
      <div className="grid gap-2">
        <h1 className="text-title wrap-anywhere">{rest.heading}</h1>
        {!profile && (
          <p>
            <Trans>A profile keeps its own list and its own place in every film.</Trans>
          </p>
        )}
      </div>
      <FormFault>{faultOfForm(faults, ["name", "pin"], error)}</FormFault>
      <FacePicker face={face} round={isKids} onChange={setFace} />
      <TextField
        name="name"
        label={<Trans>Name</Trans>}
        defaultValue={profile?.name}
        autoComplete="nickname"
        maxLength={40}
        required
        fault={faultOf(faults, "name")}
      />
      {!short && (
        <>
          <SelectField
            name="language"
            label={<Trans>Language</Trans>}
            defaultValue={spoken}
            hint={<Trans>Of everything this person reads here.</Trans>}
          >
            {offered.map((tag) => (
              <option key={tag} value={tag} lang={tag}>
                {ownName(tag)}
              </option>
            ))}
          </SelectField>
          <Switch
            label={<Trans>This is a child</Trans>}
            hint={<Trans>Only films made for children are shown.</Trans>}
            checked={isKids}
            onChange={(event) => setIsKids(event.target.checked)}
          />
          <SelectField
            label={<Trans>May watch</Trans>}
            value={shownLimit}
            onChange={(event) => setLimit(event.target.value === "" ? "" : Number(event.target.value))}
            hint={isKids ? <Trans>Films without a rating are never shown to children.</Trans> : undefined}
          >
            {limits.map((age) => (
              <option key={age} value={age}>
                {limitName(age)}
              </option>
            ))}
          </SelectField>
          <PinChoice
            hasPin={profile?.hasPin ?? false}
            pin={pin}
            onChange={setPin}
            fault={faultOf(faults, "pin")}
            title={t`Four figures`}
          />
        </>
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" size="large" busy={busy}>
          {rest.submit}
        </Button>
        {rest.onCancel && (
          <Button size="large" onClick={rest.onCancel}>
            <Trans>Back</Trans>
          </Button>
        )}
      </div>
      {rest.children}
    </form>
  );
}
