import { useLingui } from "@lingui/react/macro";
import { Wordmark } from "@/components/Wordmark";

/** What stands while the app does not know yet who is here: the lantern, lit, where it will stay. */
export function PendingPage() {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`Loading`} className="appear">
      <div className="gutters flex h-(--header) items-center">
        <Wordmark />
      </div>
    </div>
  );
}
