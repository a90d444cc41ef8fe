import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import { faultOf, faultOfForm } from "@/lib/faults";
import { useProfileKey } from "@/lib/session";
import { Card } from "./Card";
import { Done } from "./Done";
import { ask } from "./doors";

export function PasswordCard() {
  const { t } = useLingui();
  const whose = useProfileKey();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: (passwords: { current_password: string; new_password: string }) =>
      ask("POST", "/account/password/change", passwords).then(({ faults }) => faults),
    onSuccess: async (faults) => {
      if (faults.length > 0) return;
      form.current?.reset();
      await client.invalidateQueries({ queryKey: [whose, "account", "sessions"] });
    },
  });
  const faults = change.data ?? [];
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    change.mutate({
      current_password: String(data.get("current")),
      new_password: String(data.get("new")),
    });
  };
  return (
    <Card
      heading={<Trans>Password</Trans>}
      about={<Trans>Changing it signs you out everywhere but here.</Trans>}
    >
      <form ref={form} className="grid max-w-md gap-4" onSubmit={onSubmit}>
        <FormFault>{faultOfForm(faults, ["current_password", "new_password"], change.error)}</FormFault>
        <TextField
          name="current"
          type="password"
          label={t`The one you have`}
          autoComplete="current-password"
          required
          fault={faultOf(faults, "current_password")}
        />
        <TextField
          name="new"
          type="password"
          label={t`The new one`}
          autoComplete="new-password"
          required
          fault={faultOf(faults, "new_password")}
          hint={<Trans>A few words that belong together only for you are good.</Trans>}
        />
        <div className="flex flex-wrap items-center gap-4">
          <Button type="submit" look="primary" busy={change.isPending}>
            <Trans>Change the password</Trans>
          </Button>
          <Done when={change.isSuccess && faults.length === 0}>
            <Trans>Your password is changed</Trans>
          </Done>
        </div>
      </form>
    </Card>
  );
}
