import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { Icon } from "@/components/Icon";
import { TextField } from "@/components/TextField";
import { SignUpDocument } from "@/gql/documents";
import { faultOf, faultOfForm } from "@/lib/faults";
import { execute } from "@/lib/graphql/client";
import { usePageTitle } from "@/lib/title";
import { AuthFrame } from "./AuthFrame";
import { useEntry } from "./useEntry";

interface Form {
  email: string;
  password: string;
}

export function SignUpPage() {
  const { t } = useLingui();
  usePageTitle(t`Make an account`);
  const { next } = useSearch({ from: "/signup" });
  const [letter, setLetter] = useState(false);
  const entry = useEntry(next, async (form: Form) => {
    const { signUp } = await execute(SignUpDocument, { input: { ...form, transport: "COOKIE" } });
    // Where addresses are verified first there is nobody to show yet, whoever asked.
    if (signUp && signUp.errors.length === 0 && !signUp.viewer) setLetter(true);
    return signUp?.errors ?? [];
  });
  const faults = entry.data ?? [];

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    entry.mutate({ email: String(data.get("email")).trim(), password: String(data.get("password")) });
  };

  if (letter)
    return (
      <AuthFrame heading={<Trans>Look at your mail</Trans>}>
        <p className="flex gap-3">
          <Icon name="check" className="mt-0.5 text-green" />
          <Trans>We sent a letter to that address. Follow the link in it, then sign in.</Trans>
        </p>
      </AuthFrame>
    );

  return (
    <AuthFrame heading={<Trans>Make an account</Trans>}>
      <form className="grid gap-5" onSubmit={onSubmit}>
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
          autoComplete="new-password"
          required
          fault={faultOf(faults, "password")}
          hint={<Trans>A few words that belong together only for you are good.</Trans>}
        />
        <Button type="submit" look="primary" size="large" busy={entry.isPending} className="mt-1 w-full">
          <Trans>Make an account</Trans>
        </Button>
      </form>
      <p className="mt-6">
        <Trans>Already have one?</Trans>{" "}
        <Link
          to="/login"
          search={next ? { next } : {}}
          className="font-[620] text-amber underline-offset-4 hover:underline"
        >
          <Trans>Sign in</Trans>
        </Link>
      </p>
    </AuthFrame>
  );
}
