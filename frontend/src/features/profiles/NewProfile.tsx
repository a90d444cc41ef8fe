import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Avatar, type Face, faces } from "@/components/Avatar";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import { CreateProfileDocument, type CreateProfileInput } from "@/gql/documents";
import { faultOf, faultOfForm } from "@/lib/faults";
import { execute } from "@/lib/graphql/client";
import { faceName } from "./faceNames";
import { pinLength } from "./pin";

interface NewProfileProps {
  /** Nobody is here yet: the first one is the person who made the account. */
  first: boolean;
  onDone: (profile: { id: string; pin: string | null }) => void;
  onCancel?: () => void;
}

export function NewProfile({ first, onDone, onCancel }: NewProfileProps) {
  const { t } = useLingui();
  const [face, setFace] = useState<Face>("lantern");
  const create = useMutation({
    mutationFn: (input: CreateProfileInput) => execute(CreateProfileDocument, { input }),
    onSuccess: ({ createProfile }, { pin }) => {
      if (createProfile?.profile) onDone({ id: createProfile.profile.id, pin: pin ?? null });
    },
  });
  const faults = create.data?.createProfile?.errors ?? [];

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const pin = String(data.get("pin") ?? "");
    create.mutate({
      name: String(data.get("name")).trim(),
      avatar: face,
      isKids: data.get("kids") === "on",
      ...(pin && { pin }),
    });
  };

  return (
    <form className="grid w-full max-w-md gap-6" onSubmit={onSubmit}>
      <div className="grid gap-2">
        <h1 className="text-title">{first ? <Trans>Who are you?</Trans> : <Trans>New profile</Trans>}</h1>
        <p>
          <Trans>A profile keeps its own list and its own place in every film.</Trans>
        </p>
      </div>
      <FormFault>{faultOfForm(faults, ["name", "pin"], create.error)}</FormFault>
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
                onChange={() => setFace(name)}
              />
              <Avatar
                avatar={name}
                className="size-full opacity-75 outline-offset-3 transition-opacity duration-(--press) peer-checked:opacity-100 peer-checked:outline-3 peer-checked:outline-amber hover:opacity-100 peer-focus-visible:outline-3 peer-focus-visible:outline-paper"
              />
              <span className="sr-only">{faceName(name)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <TextField
        name="name"
        label={<Trans>Name</Trans>}
        autoComplete="nickname"
        maxLength={40}
        required
        fault={faultOf(faults, "name")}
      />
      {!first && (
        <TextField
          name="pin"
          type="password"
          inputMode="numeric"
          pattern={`[0-9]{${pinLength}}`}
          maxLength={pinLength}
          autoComplete="off"
          title={t`Four figures`}
          label={<Trans>PIN, if others should not get in</Trans>}
          hint={<Trans>Four figures, or nothing.</Trans>}
          fault={faultOf(faults, "pin")}
        />
      )}
      {!first && (
        <label className="flex min-h-11 cursor-pointer items-center gap-3 text-paper">
          <input type="checkbox" name="kids" className="size-5 accent-(--amber-fill)" />
          <span>
            <Trans>This is a child</Trans>
            <span className="block text-fine text-faint">
              <Trans>Only films made for children are shown.</Trans>
            </span>
          </span>
        </label>
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" size="large" busy={create.isPending}>
          <Trans>Start watching</Trans>
        </Button>
        {onCancel && (
          <Button size="large" onClick={onCancel}>
            <Trans>Back</Trans>
          </Button>
        )}
      </div>
    </form>
  );
}
