import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import {
  EraseAccountDocument,
  ErasureDocument,
  ExportAccountDocument,
  KeepAccountDocument,
} from "@/gql/documents";
import { type Fault, faultOf, faultOfForm } from "@/lib/faults";
import { day } from "@/lib/format";
import { execute } from "@/lib/graphql/client";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { Card } from "./Card";
import { Done } from "./Done";

/** Taking one's data along, and having all of it erased. */
export function DataPage() {
  const { t } = useLingui();
  usePageTitle(t`Your data`);
  return (
    <>
      <h1 className="text-title">
        <Trans>Your data</Trans>
      </h1>
      <ExportCard />
      <EraseCard />
    </>
  );
}

interface PasswordFormProps {
  faults: readonly Fault[];
  error: unknown;
  busy: boolean;
  submit: string;
  onPassword: (password: string) => void;
}

function PasswordForm({ faults, error, busy, submit, onPassword }: PasswordFormProps) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onPassword(String(new FormData(event.currentTarget).get("password")));
  };
  return (
    <form className="grid max-w-md gap-4" onSubmit={onSubmit}>
      <FormFault>{busy ? null : faultOfForm(faults, ["password"], error)}</FormFault>
      <TextField
        name="password"
        type="password"
        autoComplete="current-password"
        label={<Trans>Your password</Trans>}
        data-first
        required
        fault={faultOf(faults, "password")}
      />
      <Button type="submit" look="primary" busy={busy} className="justify-self-start">
        {submit}
      </Button>
    </form>
  );
}

function ExportCard() {
  const { t } = useLingui();
  const ask = useMutation({
    mutationFn: (password: string) =>
      execute(ExportAccountDocument, { input: { password } }).then(({ exportAccount }) => exportAccount),
    onSuccess: (answer) => {
      if (answer?.url) fetchFile(answer.url);
    },
  });
  const faults = ask.data?.errors ?? [];
  return (
    <Card
      heading={<Trans>Take it along</Trans>}
      about={
        <Trans>
          All that is kept about this account, as one file: profiles, lists, ratings, what was watched and
          where. It holds no password.
        </Trans>
      }
    >
      <PasswordForm
        faults={faults}
        error={ask.error}
        busy={ask.isPending}
        submit={t`Download`}
        onPassword={ask.mutate}
      />
      <Done when={ask.isSuccess && faults.length === 0}>
        <Trans>The file is on its way.</Trans>
      </Done>
    </Card>
  );
}

/** Has the browser save what lies at a path of this site. */
function fetchFile(path: string): void {
  const link = document.createElement("a");
  link.href = path;
  link.download = "";
  link.click();
}

function EraseCard() {
  const whose = useProfileKey();
  const client = useQueryClient();
  const queryKey = [whose, "account", "erasure"];
  const [asking, setAsking] = useState(false);
  const erasure = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      execute(ErasureDocument, {}, signal).then(({ viewer }) => viewer?.erasesAt ?? null),
  });
  const keep = useMutation({
    mutationFn: () =>
      execute(KeepAccountDocument, {}).then(({ keepAccount }): Fault[] => keepAccount?.errors ?? []),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
  const when = erasure.data ? day(erasure.data) : null;

  if (when)
    return (
      <Card
        heading={<Trans>This account is erased on {when}</Trans>}
        about={<Trans>Until then you can keep it. Every other device has been signed out.</Trans>}
      >
        <FormFault>{faultOfForm(keep.data ?? [], [], keep.error)}</FormFault>
        <Button
          look="primary"
          className="justify-self-start"
          busy={keep.isPending}
          onClick={() => keep.mutate()}
        >
          <Trans>Keep the account</Trans>
        </Button>
      </Card>
    );
  return (
    <Card
      heading={<Trans>Erase the account</Trans>}
      about={
        <Trans>
          Everything that is kept about it goes, with all its profiles. You have some days to think it over.
        </Trans>
      }
    >
      <FormFault>{faultOfForm([], [], erasure.error)}</FormFault>
      <Button icon="trash" className="justify-self-start text-red!" onClick={() => setAsking(true)}>
        <Trans>Erase the account</Trans>
      </Button>
      {asking && (
        <EraseDialog
          onDone={async () => {
            setAsking(false);
            await client.invalidateQueries({ queryKey: [whose, "account"] });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  );
}

function EraseDialog({ onDone, onClose }: { onDone: () => Promise<void>; onClose: () => void }) {
  const { t } = useLingui();
  const erase = useMutation({
    mutationFn: (password: string) =>
      execute(EraseAccountDocument, { input: { password } }).then(
        ({ eraseAccount }): Fault[] => eraseAccount?.errors ?? [],
      ),
    onSuccess: async (faults) => {
      if (faults.length === 0) await onDone();
    },
  });
  return (
    <Dialog heading={<Trans>Erase the account?</Trans>} onClose={onClose}>
      <div className="mt-3 grid gap-5">
        <p>
          <Trans>
            Every other device is signed out at once. After some days all of it is gone for good: profiles,
            lists, ratings and history.
          </Trans>
        </p>
        <PasswordForm
          faults={erase.data ?? []}
          error={erase.error}
          busy={erase.isPending}
          submit={t`Erase the account`}
          onPassword={erase.mutate}
        />
      </div>
    </Dialog>
  );
}
