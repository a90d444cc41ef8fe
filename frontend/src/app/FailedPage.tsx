import { Trans } from "@lingui/react/macro";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ButtonLink } from "@/components/Button";
import { ErrorNotice } from "@/components/ErrorNotice";
import { ApiError } from "@/lib/graphql/client";
import { OfflinePage } from "./OfflinePage";

/** Whether it failed for want of an answer: from the API, or to the question for a page's code. */
function isOffline(error: unknown): boolean {
  if (error instanceof ApiError) return error.code === "NETWORK";
  return error instanceof TypeError && !navigator.onLine;
}

export function FailedPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  if (isOffline(error)) return <OfflinePage />;
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
