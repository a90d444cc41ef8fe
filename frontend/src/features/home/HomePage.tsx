import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Card } from "@/components/Card";
import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { whilePreparing } from "@/components/Readiness";
import { Row } from "@/components/Row";
import type { HomeQuery } from "@/gql/documents";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { ContinueRow } from "./ContinueRow";
import { Hero } from "./Hero";
import { HomeSkeleton } from "./HomeSkeleton";
import { homeQuery } from "./query";

/** The shelves that have a title on them. Continue watching has a row of its own, with times. */
function filledRows(data: HomeQuery | undefined) {
  const rows = data?.home?.rows?.edges.flatMap((edge) => (edge?.node ? [edge.node] : [])) ?? [];
  return rows
    .filter((row) => row.kind !== "CONTINUE_WATCHING")
    .map((row) => ({
      ...row,
      cards: row.titles?.edges.flatMap((edge) => (edge?.node ? [edge.node] : [])) ?? [],
    }))
    .filter((row) => row.cards.length > 0);
}

export function HomePage() {
  const { t } = useLingui();
  const who = useProfileKey();
  usePageTitle(t`Home`);
  const query = useQuery({
    ...homeQuery(who),
    refetchInterval: ({ state }) =>
      whilePreparing([state.data?.home?.hero, ...filledRows(state.data).flatMap((row) => row.cards)]),
  });

  if (query.isPending) return <HomeSkeleton />;
  if (query.isError)
    return (
      <div className="page-top">
        <ErrorNotice level="h1" error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );

  const hero = query.data.home?.hero;
  const rows = filledRows(query.data);
  return (
    <div className="pb-28 sm:pb-20">
      {hero ? <Hero title={hero} /> : <div className="page-top" />}
      <div className={`relative z-10 grid gap-7 sm:gap-9 ${hero ? "-mt-10 sm:-mt-16" : ""}`}>
        <ContinueRow />
        {rows.map((row) => (
          <Row
            key={row.id}
            name={`${who}/${row.id}`}
            heading={row.heading}
            items={row.cards}
            itemKey={(card) => card.id}
          >
            {(card, focus, index) => (
              <Card title={card} {...focus} {...(row.kind === "TOP_TEN" && { rank: index + 1 })} />
            )}
          </Row>
        ))}
      </div>
      {!hero && rows.length === 0 && (
        <EmptyState icon="film" heading={<Trans>No films yet</Trans>}>
          <Trans>As soon as whoever runs this adds one, it will be here.</Trans>
        </EmptyState>
      )}
    </div>
  );
}
