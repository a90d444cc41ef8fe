import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { Button } from "@/components/Button";
import { Wordmark } from "@/components/Wordmark";
import { usePageTitle } from "@/lib/title";

/** No network, or no server: what one can do, and a page that goes on by itself once there is one again. */
export function OfflinePage() {
  const { t } = useLingui();
  usePageTitle(t`No connection`);
  useEffect(() => {
    const again = () => location.reload();
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, []);
  return (
    <div className="gutters grid min-h-[80dvh] content-center justify-items-center gap-4 py-16 text-center">
      <Wordmark className="mb-6 h-9" />
      <h1 className="text-title">
        <Trans>No connection</Trans>
      </h1>
      <p role="status" className="max-w-md">
        <Trans>
          Films need a network. This page goes on by itself as soon as there is one, and nothing you did is
          lost.
        </Trans>
      </p>
      <Button look="primary" icon="replay" className="mt-2" onClick={() => location.reload()}>
        <Trans>Try again</Trans>
      </Button>
    </div>
  );
}
