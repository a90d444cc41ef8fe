import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Button, ButtonLink } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { Spinner } from "@/components/Spinner";
import { call } from "@/lib/allauth/client";
import { faultOfForm } from "@/lib/faults";
import { startAfresh, useViewer } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { AuthFrame, Notice } from "./AuthFrame";

/** Where the letter's link leads. It takes a press, for programs that read mail open links too. */
export function VerifyEmailPage() {
  const { t } = useLingui();
  usePageTitle(t`Verify your address`);
  const { key } = useParams({ from: "/verify-email/$key" });
  const client = useQueryClient();
  const viewer = useViewer();
  const link = useQuery({
    queryKey: ["nobody", "verify", key],
    queryFn: () =>
      call<{ email?: string }>("GET", "/auth/email/verify", undefined, { "X-Email-Verification-Key": key }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const verify = useMutation({
    mutationFn: () => call("POST", "/auth/email/verify", { key }),
    // The address of the account may be another one now, and somebody may be signed in who was not.
    onSuccess: () => startAfresh(client),
  });
  const address = link.data?.data?.email;

  if (verify.data && verify.data.faults.length === 0)
    return (
      <AuthFrame heading={<Trans>Your address is verified</Trans>}>
        <Notice>
          <p>
            <Trans>Everything is ready.</Trans>
          </p>
          {viewer ? (
            <ButtonLink to="/" look="primary" className="justify-self-start">
              <Trans>Start watching</Trans>
            </ButtonLink>
          ) : (
            <ButtonLink to="/login" search={{}} look="primary" className="justify-self-start">
              <Trans>Sign in</Trans>
            </ButtonLink>
          )}
        </Notice>
      </AuthFrame>
    );

  if (link.data && link.data.faults.length > 0)
    return (
      <AuthFrame heading={<Trans>This link is no good any more</Trans>}>
        <Notice icon="warning">
          <p>
            <Trans>
              It has been used, or it is too old. Sign in, and we send another one where it is needed.
            </Trans>
          </p>
          <ButtonLink to="/login" search={{}} look="primary" className="justify-self-start">
            <Trans>Sign in</Trans>
          </ButtonLink>
        </Notice>
      </AuthFrame>
    );

  return (
    <AuthFrame heading={<Trans>Verify your address</Trans>}>
      {link.isPending ? (
        <Spinner className="mx-auto size-8 text-amber" />
      ) : (
        <div className="grid gap-5">
          <FormFault>{faultOfForm(verify.data?.faults ?? [], [], verify.error ?? link.error)}</FormFault>
          {address && (
            <p className="wrap-anywhere">
              <Trans>
                Is <strong className="text-paper">{address}</strong> the address of your account?
              </Trans>
            </p>
          )}
          <Button
            look="primary"
            size="large"
            busy={verify.isPending}
            disabled={!address}
            onClick={() => verify.mutate()}
            className="w-full"
          >
            <Trans>Yes, it is mine</Trans>
          </Button>
        </div>
      )}
    </AuthFrame>
  );
}
