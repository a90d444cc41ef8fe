import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import { SignInDocument } from "@/gql/documents";
import { faultOf, faultOfForm } from "@/lib/faults";
import { execute } from "@/lib/graphql/client";
import { usePageTitle } from "@/lib/title";
import { AuthFrame } from "./AuthFrame";
import { useEntry } from "./useEntry";

interface Form {
  email: string;
  password: string;
  code: string | null;
}

export function SignInPage() {
  const { t } = useLingui();
  usePageTitle(t`Sign in`);
  const { next } = useSearch({ from: "/login" });
  const entry = useEntry(next, async (form: Form) => {
    const { signIn } = await execute(SignInDocument, { input: { ...form, transport: "COOKIE" } });
    return signIn?.errors ?? [];
  });
  const faults = entry.data ?? [];
  // Asked for only where the account has a second factor; it stays once it was asked for.
  const wantsCode =
    faults.some((fault) => fault.code === "SECOND_FACTOR_REQUIRED") ||
    typeof entry.variables?.code === "string";

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const code = data.get("code");
    entry.mutate({
      email: String(data.get("email")).trim(),
      password: String(data.get("password")),
      code: typeof code === "string" && code ? code.trim() : null,
    });
  };

  return (
    <AuthFrame heading={<Trans>Sign in</Trans>}>
      <form className="grid gap-5" onSubmit={onSubmit} noValidate={false}>
        <FormFault>{faultOfForm(faults, ["email", "password"], entry.error)}</FormFault>
        <TextField
          name="email"
          type="email"
          label={<Trans>E-mail</Trans>}
          autoComplete="username"
          required
          fault={faultOf(faults, "email")}
        />
        <TextField
          name="password"
          type="password"
          label={<Trans>Password</Trans>}
          autoComplete="current-password"
          required
          fault={faultOf(faults, "password")}
        />
        {wantsCode && (
          <TextField
            name="code"
            inputMode="numeric"
            label={<Trans>Code from your app</Trans>}
            autoComplete="one-time-code"
            required
          />
        )}
        <Button type="submit" look="primary" size="large" busy={entry.isPending} className="mt-1 w-full">
          <Trans>Sign in</Trans>
        </Button>
      </form>
      <p className="mt-6">
        <Trans>New here?</Trans>{" "}
        <Link
          to="/signup"
          search={next ? { next } : {}}
          className="font-[620] text-amber underline-offset-4 hover:underline"
        >
          <Trans>Make an account</Trans>
        </Link>
      </p>
    </AuthFrame>
  );
}
