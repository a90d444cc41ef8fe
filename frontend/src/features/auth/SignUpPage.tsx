import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useLocation, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import { SignUpDocument } from "@/gql/documents";
import { faultOf, faultOfForm } from "@/lib/faults";
import { execute } from "@/lib/graphql/client";
import { usePageTitle } from "@/lib/title";
import { AuthFrame, linkLook, Notice } from "./AuthFrame";
import { invitationIn } from "./invitation";
import { useEntry } from "./useEntry";

interface Form {
  email: string;
  password: string;
}

export function SignUpPage() {
  const { t } = useLingui();
  usePageTitle(t`Make an account`);
  const { next } = useSearch({ from: "/signup" });
  const invitation = invitationIn(useLocation({ select: (here) => here.hash }));
  const entry = useEntry(next, async (form: Form) => {
    const { signUp } = await execute(SignUpDocument, { input: { ...form, invitation, transport: "COOKIE" } });
    // Where addresses are verified first there is nobody to show yet, whoever asked.
    return { faults: signUp?.errors ?? [], isIn: Boolean(signUp?.viewer) };
  });
  const faults = entry.data?.faults ?? [];
  const isWanted = faults.some(({ code }) => code === "INVITATION_REQUIRED");

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    entry.mutate({ email: String(data.get("email")).trim(), password: String(data.get("password")) });
  };

  if (entry.data && faults.length === 0 && !entry.data.isIn)
    return (
      <AuthFrame heading={<Trans>Look at your mail</Trans>}>
        <Notice icon="mail">
          <p>
            <Trans>We sent a letter to that address. Follow the link in it, then sign in.</Trans>
          </p>
          <Link to="/login" search={next ? { next } : {}} className={linkLook}>
            <Trans>Sign in</Trans>
          </Link>
        </Notice>
      </AuthFrame>
    );

  return (
    <AuthFrame heading={<Trans>Make an account</Trans>}>
      <form className="grid gap-5" onSubmit={onSubmit}>
        {invitation && !isWanted && (
          <p>
            <Trans>You are invited. An address and a password are all that is wanted.</Trans>
          </p>
        )}
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
        <Link to="/login" search={next ? { next } : {}} className={linkLook}>
          <Trans>Sign in</Trans>
        </Link>
      </p>
    </AuthFrame>
  );
}
