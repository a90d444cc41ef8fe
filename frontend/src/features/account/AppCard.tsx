import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import { type Fault, faultOfForm } from "@/lib/faults";
import { day } from "@/lib/format";
import { useProfileKey } from "@/lib/session";
import { Card } from "./Card";
import { ask, moment, useAuthenticators } from "./doors";
import { QrPicture } from "./QrPicture";
import { RecoveryDialog } from "./RecoveryDialog";
import type { Prove } from "./useProof";

interface Secret {
  secret: string;
  url: string;
}

/** Codes of an app as a second factor (TOTP, RFC 6238). */
export function AppCard({ prove }: { prove: Prove }) {
  const whose = useProfileKey();
  const client = useQueryClient();
  const authenticators = useAuthenticators();
  const [fresh, setFresh] = useState(false);
  const app = authenticators.data?.find(({ type }) => type === "totp");
  const refresh = () => client.invalidateQueries({ queryKey: [whose, "account", "authenticators"] });

  const begin = useMutation({
    mutationFn: async (): Promise<Secret | null> => {
      const answer = await prove(() => ask("GET", "/account/authenticators/totp"));
      const { secret, totp_url: url } = answer?.meta ?? {};
      return typeof secret === "string" && typeof url === "string" ? { secret, url } : null;
    },
  });
  const remove = useMutation({
    mutationFn: () => prove(() => ask("DELETE", "/account/authenticators/totp")),
    onSuccess: refresh,
  });
  const set = app && day(moment(app.created_at));

  return (
    <Card
      heading={<Trans>Authenticator app</Trans>}
      about={
        <Trans>
          A code of your phone, asked for after the password. Who has only your password does not get in.
        </Trans>
      }
      action={
        app ? (
          <Button busy={remove.isPending} onClick={() => remove.mutate()}>
            <Trans>Turn off</Trans>
          </Button>
        ) : (
          <Button busy={begin.isPending} disabled={authenticators.isPending} onClick={() => begin.mutate()}>
            <Trans>Set up</Trans>
          </Button>
        )
      }
    >
      {set && (
        <p className="text-paper">
          <Trans>On since {set}</Trans>
        </p>
      )}
      <FormFault>{faultOfForm([], [], begin.error ?? remove.error ?? authenticators.error)}</FormFault>
      {begin.data && (
        <SetUpDialog
          secret={begin.data}
          prove={prove}
          onDone={async () => {
            begin.reset();
            await refresh();
            setFresh(true);
          }}
          onClose={() => begin.reset()}
        />
      )}
      {fresh && <RecoveryDialog prove={prove} onClose={() => setFresh(false)} />}
    </Card>
  );
}

interface SetUpDialogProps {
  secret: Secret;
  prove: Prove;
  onDone: () => Promise<void>;
  onClose: () => void;
}

function SetUpDialog({ secret, prove, onDone, onClose }: SetUpDialogProps) {
  const { t } = useLingui();
  const activate = useMutation({
    mutationFn: async (code: string): Promise<readonly Fault[] | null> =>
      (await prove(() => ask("POST", "/account/authenticators/totp", { code })))?.faults ?? null,
    onSuccess: async (faults) => {
      if (faults?.length === 0) await onDone();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    activate.mutate(String(new FormData(event.currentTarget).get("code")).replace(/\s/g, ""));
  };
  return (
    <Dialog heading={<Trans>Authenticator app</Trans>} onClose={onClose}>
      <form className="mt-3 grid gap-5" onSubmit={onSubmit}>
        <p>
          <Trans>Scan this with the app on your phone, then type the six figures that it shows.</Trans>
        </p>
        <QrPicture text={secret.url} label={t`QR code for your app`} />
        <p className="text-fine text-faint">
          <Trans>Or type this key into it:</Trans>{" "}
          <span
            className="tabular block font-[620] tracking-wide wrap-anywhere text-paper select-all"
            dir="ltr"
          >
            {secret.secret.match(/.{1,4}/g)?.join(" ")}
          </span>
        </p>
        <FormFault>
          {activate.isPending ? null : faultOfForm(activate.data ?? [], [], activate.error)}
        </FormFault>
        <TextField
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          label={<Trans>Code from your app</Trans>}
          data-first
          required
        />
        <Button type="submit" look="primary" busy={activate.isPending}>
          <Trans>Turn on</Trans>
        </Button>
      </form>
    </Dialog>
  );
}
