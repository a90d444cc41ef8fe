import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import { passkeysWork } from "@/lib/allauth/passkeys";
import { type Fault, faultOfForm } from "@/lib/faults";
import { AuthFrame } from "./AuthFrame";
import type { Attempt, Factor } from "./signingIn";

interface SecondFactorProps {
  /** What the account has. */
  factors: readonly Factor[];
  faults: readonly Fault[];
  error: unknown;
  busy: boolean;
  onAttempt: (attempt: Attempt) => void;
}

/** The password was right; the account has something that only its owner has, and here it is asked for. */
export function SecondFactor({ factors, faults, error, busy, onAttempt }: SecondFactorProps) {
  const { t } = useLingui();
  const hasApp = factors.includes("totp");
  const mayKey = factors.includes("webauthn") && passkeysWork();
  const [byRecovery, setByRecovery] = useState(!hasApp && !mayKey);
  const asksCode = byRecovery || hasApp;
  const form = useRef<HTMLFormElement>(null);
  const fault = faultOfForm(faults, [], error);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind of code is another field
  useEffect(() => {
    (form.current?.querySelector("input") ?? form.current?.querySelector("button"))?.focus();
  }, [byRecovery]);
  useEffect(() => {
    if (fault) form.current?.querySelector("input")?.select();
  }, [fault]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("code") ?? "");
    onAttempt({ by: "code", code: typed.replace(/[\s-]/g, "") });
  };

  return (
    <AuthFrame heading={<Trans>One more thing</Trans>}>
      <form ref={form} className="grid gap-5" onSubmit={onSubmit}>
        <FormFault>{busy ? null : fault}</FormFault>
        {asksCode && (
          <>
            {byRecovery ? (
              <TextField
                key="recovery"
                name="code"
                label={<Trans>Recovery code</Trans>}
                hint={<Trans>One of those you kept when you set this up. Each is good once.</Trans>}
                autoComplete="off"
                spellCheck={false}
                required
              />
            ) : (
              <TextField
                key="app"
                name="code"
                inputMode="numeric"
                pattern="[0-9 ]*"
                title={t`Six figures`}
                label={<Trans>Code from your app</Trans>}
                hint={<Trans>Six figures; another one comes every half minute.</Trans>}
                autoComplete="one-time-code"
                required
              />
            )}
            <Button type="submit" look="primary" size="large" busy={busy} className="w-full">
              <Trans>Sign in</Trans>
            </Button>
          </>
        )}
        {mayKey && (
          <Button
            look={asksCode ? "quiet" : "primary"}
            size="large"
            icon="key"
            busy={busy && !asksCode}
            disabled={busy}
            onClick={() => onAttempt({ by: "key" })}
            className="w-full"
          >
            <Trans>Use a passkey</Trans>
          </Button>
        )}
        {(factors.includes("recovery_codes") || byRecovery) && (hasApp || mayKey) && (
          <Button look="bare" onClick={() => setByRecovery(!byRecovery)} className="justify-self-start">
            {byRecovery ? <Trans>I have it with me after all</Trans> : <Trans>Use a recovery code</Trans>}
          </Button>
        )}
      </form>
    </AuthFrame>
  );
}
