import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/EmptyState";
import { PageFault } from "@/components/PageFault";
import { whilePreparing } from "@/components/Readiness";
import type { HomeQuery } from "@/gql/documents";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { ContinueRow } from "./ContinueRow";
import { Hero } from "./Hero";
import { HomeSkeleton } from "./HomeSkeleton";
import { homeQuery } from "./query";
import { TitlesRow } from "./TitlesRow";

/** The shelves that have a title on them. Continue watching has a row of its own, with times. */
function filledRows(data: HomeQuery | undefined) {
  const rows = data?.home.rows.edges.map((edge) => edge.node) ?? [];
  return rows.filter((row) => row.kind !== "CONTINUE_WATCHING" && row.titles.edges.length > 0);
}

const isContinued = (data: HomeQuery) =>
  data.home.rows.edges.some(({ node }) => node.kind === "CONTINUE_WATCHING" && node.titles.edges.length > 0);

const shown = (data: HomeQuery | undefined) => [
  data?.home.hero,
  ...filledRows(data).flatMap((row) => row.titles.edges.map((edge) => edge.node)),
];

export function HomePage() {
  const { t } = useLingui();
  const who = useProfileKey();
  usePageTitle(t`Home`);
  const query = useQuery({
    ...homeQuery(who),
    refetchInterval: ({ state }) => whilePreparing(shown(state.data)),
  });

  if (query.isPending) return <HomeSkeleton />;
  if (query.isError) return <PageFault query={query} />;

  const hero = query.data.home.hero;
  const rows = filledRows(query.data);
  return (
    <div className="pb-28 sm:pb-20">
      {hero ? <Hero title={hero} /> : <div className="page-top" />}
      <div className={`relative z-10 grid gap-7 sm:gap-9 ${hero ? "-mt-10 sm:-mt-16" : ""}`}>
        <ContinueRow expected={isContinued(query.data)} />
        {rows.map((row) => (
          <TitlesRow key={row.id} row={row} />
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
