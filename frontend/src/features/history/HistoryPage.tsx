import { Trans, useLingui } from "@lingui/react/macro";
import { ButtonLink } from "@/components/Button";
import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { MoreBelow } from "@/components/MoreBelow";
import { NoProfile } from "@/components/NoProfile";
import { HistoryDocument } from "@/gql/documents";
import { dayName } from "@/lib/format";
import { execute, forSomebody } from "@/lib/graphql/client";
import { usePages } from "@/lib/pages";
import { useProfileKey, useViewer } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { HistoryLine, HistorySkeleton, type Watched } from "./HistoryLine";

/** Runs of what was watched on one day, as they come: the last first. */
function byDay(items: readonly Watched[], now: Date) {
  const days: { name: string; items: Watched[] }[] = [];
  for (const item of items) {
    const name = dayName(new Date(item.watchedAt), now);
    const last = days.at(-1);
    if (last?.name === name) last.items.push(item);
    else days.push({ name, items: [item] });
  }
  return days;
}

/** What this profile has watched, day by day. */
export function HistoryPage() {
  const { t } = useLingui();
  usePageTitle(t`History`);
  const who = useProfileKey();
  const watches = !!useViewer()?.activeProfile;
  const { query, nodes, foot } = usePages({
    queryKey: [who, "history"],
    ask: async (after, signal) => forSomebody(await execute(HistoryDocument, { after }, signal)),
    listOf: (answer) => answer.viewer?.activeProfile?.history,
    enabled: watches,
    // One comes here from watching.
    fresh: true,
  });

  return (
    <div className="page-top gutters grid gap-8 pb-28">
      <h1 className="text-title">
        <Trans>History</Trans>
      </h1>
      {!watches ? (
        <NoProfile>
          <Trans>What was watched belongs to a profile. Choose one to see it.</Trans>
        </NoProfile>
      ) : query.isPending ? (
        <HistorySkeleton />
      ) : query.isError && nodes.length === 0 ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : nodes.length === 0 ? (
        <EmptyState
          icon="clock"
          heading={<Trans>Nothing watched yet</Trans>}
          action={
            <ButtonLink to="/" look="primary">
              <Trans>See what is on</Trans>
            </ButtonLink>
          }
        >
          <Trans>What you watch is kept here, the last first, so that you find it again.</Trans>
        </EmptyState>
      ) : (
        <div className="grid max-w-4xl gap-9">
          {byDay(nodes, new Date()).map(({ name, items }) => (
            <section key={name} aria-label={name} className="history-day">
              <h2 className="border-b border-line/70 pb-2.5 text-heading">{name}</h2>
              <ol>
                {items.map((item) => (
                  <HistoryLine key={item.video.id} item={item} />
                ))}
              </ol>
            </section>
          ))}
          <MoreBelow {...foot} />
        </div>
      )}
    </div>
  );
}
