import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import { call } from "@/lib/allauth/client";
import { faultOf, faultOfForm } from "@/lib/faults";
import { usePageTitle } from "@/lib/title";
import { AuthFrame, linkLook, Notice } from "./AuthFrame";

/** A letter with a link for whoever forgot their password. What it says does not tell whether there is an account. */
export function ResetRequestPage() {
  const { t } = useLingui();
  usePageTitle(t`New password`);
  const request = useMutation({
    mutationFn: (email: string) => call("POST", "/auth/password/request", { email }),
  });
  const faults = request.data?.faults ?? [];
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    request.mutate(String(new FormData(event.currentTarget).get("email")).trim());
  };

  if (request.data && faults.length === 0)
    return (
      <AuthFrame heading={<Trans>Look at your mail</Trans>}>
        <Notice icon="mail">
          <p>
            <Trans>
              If there is an account of {request.variables}, a letter is on its way to it. The link in it is
              good for one hour.
            </Trans>
          </p>
          <Button onClick={() => request.reset()} className="justify-self-start">
            <Trans>Another address</Trans>
          </Button>
        </Notice>
      </AuthFrame>
    );

  return (
    <AuthFrame heading={<Trans>New password</Trans>}>
      <form className="grid gap-5" onSubmit={onSubmit}>
        <p>
          <Trans>
            Type the address of your account. We send a link to it with which you choose a new password.
          </Trans>
        </p>
        <FormFault>{faultOfForm(faults, ["email"], request.error)}</FormFault>
        <TextField
          name="email"
          type="email"
          label={<Trans>E-mail</Trans>}
          autoComplete="username"
          required
          fault={faultOf(faults, "email")}
        />
        <Button type="submit" look="primary" size="large" busy={request.isPending} className="w-full">
          <Trans>Send the link</Trans>
        </Button>
      </form>
      <p className="mt-6">
        <Link to="/login" className={linkLook}>
          <Trans>Back to signing in</Trans>
        </Link>
      </p>
    </AuthFrame>
  );
}
