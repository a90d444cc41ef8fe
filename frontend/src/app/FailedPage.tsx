import { Trans } from "@lingui/react/macro";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ButtonLink } from "@/components/Button";
import { ErrorNotice } from "@/components/ErrorNotice";

export function FailedPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <div className="page-top">
      <ErrorNotice
        error={error}
        level="h1"
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      >
        <ButtonLink to="/">
          <Trans>Go to the start</Trans>
        </ButtonLink>
      </ErrorNotice>
    </div>
  );
}
