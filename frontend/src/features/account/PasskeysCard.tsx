import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FormFault } from "@/components/FormFault";
import { Icon } from "@/components/Icon";
import { TextField } from "@/components/TextField";
import { type CreationOptions, makePasskey, PasskeyDeclined, passkeysWork } from "@/lib/allauth/passkeys";
import { type Fault, faultOfForm } from "@/lib/faults";
import { deviceName } from "@/lib/player/device";
import { useProfileKey } from "@/lib/session";
import { since } from "@/lib/since";
import { Card } from "./Card";
import { type Authenticator, ask, moment, useAuthenticators } from "./doors";
import type { Prove } from "./useProof";

const path = "/account/authenticators/webauthn";

/** Sign-in by the device's own lock, without a password: W3C Web Authentication. */
export function PasskeysCard({ prove }: { prove: Prove }) {
  const { t } = useLingui();
  const whose = useProfileKey();
  const client = useQueryClient();
  const authenticators = useAuthenticators();
  const [renaming, setRenaming] = useState<Authenticator | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: [whose, "account", "authenticators"] });

  const add = useMutation({
    mutationFn: async (): Promise<readonly Fault[]> => {
      const begun = await prove(() => ask<CreationOptions>("GET", `${path}?passwordless`));
      if (!begun) return [];
      if (begun.faults.length > 0) return begun.faults;
      try {
        const credential = await makePasskey(begun.data);
        const name = deviceName(navigator.userAgent);
        return (await prove(() => ask("POST", path, { name, credential })))?.faults ?? [];
      } catch (cause) {
        if (cause instanceof PasskeyDeclined) return [];
        if (cause instanceof DOMException)
          return [
            { field: null, code: "EXISTS", message: t`This device has a passkey of this account already.` },
          ];
        throw cause;
      }
    },
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: number) => prove(() => ask("DELETE", path, { authenticators: [id] })),
    onSuccess: refresh,
  });
  const keys = authenticators.data?.filter(({ type }) => type === "webauthn") ?? [];

  return (
    <Card
      heading={<Trans>Passkeys</Trans>}
      about={
        <Trans>
          Sign in by your device's own lock: a finger, a face, a PIN. There is nothing to guess or to steal.
        </Trans>
      }
      action={
        passkeysWork() && (
          <Button icon="key" busy={add.isPending} onClick={() => add.mutate()}>
            <Trans>Add a passkey</Trans>
          </Button>
        )
      }
    >
      {!passkeysWork() && (
        <p className="text-faint">
          <Trans>This browser cannot keep passkeys at this address.</Trans>
        </p>
      )}
      <FormFault>{faultOfForm(add.data ?? [], [], add.error ?? remove.error)}</FormFault>
      {keys.length > 0 && (
        <ul className="divide-y divide-line/60">
          {keys.map((key) => {
            const { id = 0, name = "" } = key;
            const used = key.last_used_at === null ? null : since(moment(key.last_used_at));
            return (
              <li key={id} className="flex items-center gap-3 py-2">
                <Icon name="key" className="size-6 text-faint" />
                <span className="min-w-0 grow">
                  <span className="block wrap-anywhere text-paper">{name}</span>
                  <span className="text-fine text-faint">
                    {used === null ? <Trans>Never used yet</Trans> : <Trans>Used {used}</Trans>}
                  </span>
                </span>
                <IconButton icon="pencil" label={t`Rename ${name}`} onClick={() => setRenaming(key)} />
                <IconButton
                  icon="trash"
                  label={t`Remove ${name}`}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(id)}
                />
              </li>
            );
          })}
        </ul>
      )}
      {renaming && (
        <RenameDialog
          passkey={renaming}
          prove={prove}
          onDone={async () => {
            setRenaming(null);
            await refresh();
          }}
          onClose={() => setRenaming(null)}
        />
      )}
    </Card>
  );
}

interface RenameDialogProps {
  passkey: Authenticator;
  prove: Prove;
  onDone: () => Promise<void>;
  onClose: () => void;
}

function RenameDialog({ passkey, prove, onDone, onClose }: RenameDialogProps) {
  const rename = useMutation({
    mutationFn: async (name: string): Promise<readonly Fault[] | null> =>
      (await prove(() => ask("PUT", path, { id: passkey.id, name })))?.faults ?? null,
    onSuccess: async (faults) => {
      if (faults?.length === 0) await onDone();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    rename.mutate(String(new FormData(event.currentTarget).get("name")).trim());
  };
  return (
    <Dialog heading={<Trans>Rename the passkey</Trans>} onClose={onClose}>
      <form className="mt-3 grid gap-5" onSubmit={onSubmit}>
        <FormFault>{faultOfForm(rename.data ?? [], [], rename.error)}</FormFault>
        <TextField
          name="name"
          label={<Trans>Name</Trans>}
          defaultValue={passkey.name}
          maxLength={100}
          data-first
          required
        />
        <Button type="submit" look="primary" busy={rename.isPending}>
          <Trans>Save</Trans>
        </Button>
      </form>
    </Dialog>
  );
}
