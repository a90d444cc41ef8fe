import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import { passkeysWork } from "@/lib/allauth/passkeys";
import { faultOfForm } from "@/lib/faults";
import { usePageTitle } from "@/lib/title";
import { AuthFrame, linkLook, Notice } from "./AuthFrame";
import { ProviderButtons } from "./ProviderButtons";
import { SecondFactor } from "./SecondFactor";
import { useSignInSteps } from "./useSignInSteps";

export function SignInPage() {
  const { t } = useLingui();
  usePageTitle(t`Sign in`);
  const { next, from } = useSearch({ from: "/login" });
  const { step, faults, error, signIn, attempt } = useSignInSteps(next, from === "provider");

  if (step.at === "verify")
    return (
      <AuthFrame heading={<Trans>Look at your mail</Trans>}>
        <Notice icon="mail">
          <p>
            <Trans>
              The address of this account is not verified yet. We sent a letter to it: follow the link in it,
              then sign in.
            </Trans>
          </p>
        </Notice>
      </AuthFrame>
    );

  if (step.at === "factor")
    return (
      <SecondFactor
        factors={step.factors}
        faults={faults}
        error={error}
        busy={signIn.isPending}
        onAttempt={attempt}
      />
    );

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    attempt({
      by: "password",
      email: String(data.get("email")).trim(),
      password: String(data.get("password")),
    });
  };
  const byPasskey = signIn.variables?.by === "passkey";

  return (
    <AuthFrame heading={<Trans>Sign in</Trans>}>
      <form className="grid gap-5" onSubmit={onSubmit}>
        <FormFault>
          {step.note === "late"
            ? t`That took too long. Sign in once more.`
            : step.note === "known"
              ? t`That address has an account here. Sign in to it, and connect the two under Security.`
              : faultOfForm(faults, [], error)}
        </FormFault>
        <TextField
          name="email"
          type="email"
          label={<Trans>E-mail</Trans>}
          autoComplete="username webauthn"
          required
        />
        <div className="grid gap-2">
          <TextField
            name="password"
            type="password"
            label={<Trans>Password</Trans>}
            autoComplete="current-password"
            required
          />
          <Link to="/reset-password" className={`justify-self-start text-fine ${linkLook}`}>
            <Trans>Forgotten your password?</Trans>
          </Link>
        </div>
        <Button
          type="submit"
          look="primary"
          size="large"
          busy={signIn.isPending && !byPasskey}
          className="mt-1 w-full"
        >
          <Trans>Sign in</Trans>
        </Button>
        {passkeysWork() && (
          <Button
            size="large"
            icon="key"
            busy={signIn.isPending && byPasskey}
            onClick={() => attempt({ by: "passkey" })}
            className="w-full"
          >
            <Trans>Sign in with a passkey</Trans>
          </Button>
        )}
      </form>
      <ProviderButtons next={next} />
      <p className="mt-6">
        <Trans>New here?</Trans>{" "}
        <Link to="/signup" search={next ? { next } : {}} className={linkLook}>
          <Trans>Make an account</Trans>
        </Link>
      </p>
    </AuthFrame>
  );
}
