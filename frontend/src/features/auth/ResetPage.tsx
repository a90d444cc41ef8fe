import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { Spinner } from "@/components/Spinner";
import { TextField } from "@/components/TextField";
import { call } from "@/lib/allauth/client";
import { faultOf, faultOfForm } from "@/lib/faults";
import { usePageTitle } from "@/lib/title";
import { AuthFrame, linkLook, Notice } from "./AuthFrame";

/** Where the link of the letter leads: the new password. */
export function ResetPage() {
  const { t } = useLingui();
  usePageTitle(t`New password`);
  const { key } = useParams({ from: "/reset-password/$key" });
  const link = useQuery({
    queryKey: ["nobody", "reset", key],
    queryFn: () => call("GET", "/auth/password/reset", undefined, { "X-Password-Reset-Key": key }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const change = useMutation({
    mutationFn: (password: string) => call("POST", "/auth/password/reset", { key, password }),
  });
  const faults = change.data?.faults ?? [];
  const isOld = (link.data?.faults.length ?? 0) > 0 || faults.some(({ field }) => field === "key");

  if (isOld)
    return (
      <AuthFrame heading={<Trans>This link is no good any more</Trans>}>
        <Notice icon="warning">
          <p>
            <Trans>It has been used, or it is older than an hour.</Trans>
          </p>
          <ButtonLink to="/reset-password" look="primary" className="justify-self-start">
            <Trans>Ask for a new one</Trans>
          </ButtonLink>
        </Notice>
      </AuthFrame>
    );

  if (change.data && faults.length === 0)
    return (
      <AuthFrame heading={<Trans>Your password is changed</Trans>}>
        <Notice>
          <p>
            <Trans>Wherever you were signed in, you no longer are.</Trans>
          </p>
          <ButtonLink to="/login" search={{}} look="primary" className="justify-self-start">
            <Trans>Sign in</Trans>
          </ButtonLink>
        </Notice>
      </AuthFrame>
    );

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    change.mutate(String(new FormData(event.currentTarget).get("password")));
  };
  return (
    <AuthFrame heading={<Trans>New password</Trans>}>
      {link.isPending ? (
        <Spinner className="mx-auto size-8 text-amber" />
      ) : (
        <form className="grid gap-5" onSubmit={onSubmit}>
          <FormFault>{faultOfForm(faults, ["password"], change.error ?? link.error)}</FormFault>
          <TextField
            name="password"
            type="password"
            label={<Trans>New password</Trans>}
            autoComplete="new-password"
            required
            fault={faultOf(faults, "password")}
            hint={<Trans>A few words that belong together only for you are good.</Trans>}
          />
          <Button type="submit" look="primary" size="large" busy={change.isPending} className="w-full">
            <Trans>Change the password</Trans>
          </Button>
        </form>
      )}
      <p className="mt-6">
        <Link to="/login" className={linkLook}>
          <Trans>Back to signing in</Trans>
        </Link>
      </p>
    </AuthFrame>
  );
}
