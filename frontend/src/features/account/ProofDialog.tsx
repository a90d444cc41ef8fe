import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import { call } from "@/lib/allauth/client";
import { givePasskey, PasskeyDeclined, passkeysWork, type RequestOptions } from "@/lib/allauth/passkeys";
import { type Fault, faultOfForm } from "@/lib/faults";

interface ProofDialogProps {
  /** Kinds of second factor that would do. */
  factors: readonly string[];
  hasPassword: boolean;
  onProved: () => void;
  onClose: () => void;
}

type Proof = { by: "password" | "code"; typed: string } | { by: "passkey" };

async function send(proof: Proof): Promise<readonly Fault[] | null> {
  if (proof.by === "password")
    return (await call("POST", "/auth/reauthenticate", { password: proof.typed })).faults;
  if (proof.by === "code")
    return (await call("POST", "/auth/2fa/reauthenticate", { code: proof.typed.replace(/[\s-]/g, "") }))
      .faults;
  const options = await call<RequestOptions>("GET", "/auth/webauthn/reauthenticate");
  try {
    const credential = await givePasskey(options.data);
    return (await call("POST", "/auth/webauthn/reauthenticate", { credential })).faults;
  } catch (cause) {
    if (cause instanceof PasskeyDeclined) return null;
    throw cause;
  }
}

/** "It is you?": asked before how one signs in is changed, where that was proved longer ago than a few minutes. */
export function ProofDialog({ factors, hasPassword, onProved, onClose }: ProofDialogProps) {
  const { t } = useLingui();
  const hasCode = factors.includes("totp") || factors.includes("recovery_codes");
  const [byCode, setByCode] = useState(!hasPassword && hasCode);
  const proof = useMutation({
    mutationFn: send,
    onSuccess: (faults) => {
      if (faults?.length === 0) onProved();
    },
  });
  const fault = proof.isPending ? null : faultOfForm(proof.data ?? [], [], proof.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("proof") ?? "");
    proof.mutate({ by: byCode ? "code" : "password", typed });
  };
  return (
    <Dialog heading={<Trans>Is it you?</Trans>} onClose={onClose}>
      <form className="mt-3 grid gap-5" onSubmit={onSubmit}>
        <p>
          <Trans>This changes how you sign in, so we ask once more.</Trans>
        </p>
        <FormFault>{fault}</FormFault>
        {(hasPassword || hasCode) && (
          <>
            <TextField
              key={byCode ? "code" : "password"}
              name="proof"
              type={byCode ? "text" : "password"}
              inputMode={byCode ? "numeric" : "text"}
              autoComplete={byCode ? "one-time-code" : "current-password"}
              label={byCode ? t`Code from your app, or a recovery code` : t`Your password`}
              data-first
              required
            />
            <Button type="submit" look="primary" busy={proof.isPending}>
              <Trans>Go on</Trans>
            </Button>
          </>
        )}
        <div className="flex flex-wrap gap-2">
          {hasPassword && hasCode && (
            <Button size="small" onClick={() => setByCode(!byCode)}>
              {byCode ? <Trans>Use your password</Trans> : <Trans>Use a code</Trans>}
            </Button>
          )}
          {factors.includes("webauthn") && passkeysWork() && (
            <Button size="small" icon="key" onClick={() => proof.mutate({ by: "passkey" })}>
              <Trans>Use a passkey</Trans>
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
