import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { ApiError } from "@/lib/graphql/client";
import { useOnline } from "@/lib/online";
import { Button } from "./Button";
import { Icon } from "./Icon";

interface ErrorNoticeProps {
  error: unknown;
  onRetry?: (() => void) | undefined;
  /** Its heading is the page's own where there is nothing else on the page. */
  level?: "h1" | "h2";
  /** Another way on, beside trying again. */
  children?: ReactNode;
}

/** What happened in a sentence, what can be done, and a number to quote. */
export function ErrorNotice({ error, onRetry, level: Heading = "h2", children }: ErrorNoticeProps) {
  const known = error instanceof ApiError ? error : null;
  const offline = !useOnline() && (!known || known.code === "NETWORK");
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-center gap-3 px-6 py-16 text-center">
      <Icon name="warning" className="size-10 text-amber" />
      <Heading className="text-heading">
        {offline ? (
          <Trans>You are offline</Trans>
        ) : known?.code === "NETWORK" ? (
          <Trans>The server does not answer</Trans>
        ) : known?.code === "FORBIDDEN" ? (
          <Trans>This is not yours to open</Trans>
        ) : known?.code === "TOO_MANY_ATTEMPTS" ? (
          <Trans>That was a little too often</Trans>
        ) : (
          <Trans>Something went wrong</Trans>
        )}
      </Heading>
      <p>
        {offline ? (
          <Trans>This goes on by itself as soon as there is a network again.</Trans>
        ) : known?.code === "NETWORK" ? (
          <Trans>Check your connection and try again. Nothing you did is lost.</Trans>
        ) : known?.code === "FORBIDDEN" ? (
          <Trans>Sign in as somebody who may, or go back.</Trans>
        ) : known?.code === "TOO_MANY_ATTEMPTS" ? (
          <Trans>Wait a minute and try again.</Trans>
        ) : (
          <Trans>It is not your doing. Try again, and if it stays, tell whoever runs this.</Trans>
        )}
      </p>
      <div className="mt-3 flex flex-wrap justify-center gap-3">
        {onRetry && (
          <Button look="primary" icon="replay" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        )}
        {children}
      </div>
      {known?.reference && (
        <p className="tabular text-fine text-faint">
          <Trans>Number to quote: {known.reference}</Trans>
        </p>
      )}
    </div>
  );
}
