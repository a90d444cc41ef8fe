import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { ButtonLink } from "@/components/Button";
import { CardGrid, CardGridSkeleton } from "@/components/CardGrid";
import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { MoreBelow } from "@/components/MoreBelow";
import { whilePreparing } from "@/components/Readiness";
import { BrowseDocument } from "@/gql/documents";
import { genresQuery } from "@/lib/genres";
import { execute } from "@/lib/graphql/client";
import { usePages } from "@/lib/pages";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { FilterBar } from "./FilterBar";
import { askedBy, narrowing, parseFilters } from "./filters";

/** Two blocks of the grid. */
const pageSize = 48;

/** Everything there is, narrowed down by what stands in the address, page by page as one goes on. */
export function BrowsePage() {
  const { t } = useLingui();
  const filters = parseFilters(useSearch({ from: "/shell/member/browse" }));
  const who = useProfileKey();
  const genre = useQuery(genresQuery(who)).data?.find((one) => one.slug === filters.genre);
  const name =
    genre?.name ??
    (filters.kind === "MOVIE" ? t`Films` : filters.kind === "SERIES" ? t`Series` : t`Everything`);
  usePageTitle(name);
  const asked = askedBy(filters);
  const { query, nodes, total, foot } = usePages({
    queryKey: [who, "browse", asked],
    ask: (after, signal) => execute(BrowseDocument, { ...asked, first: pageSize, after }, signal),
    listOf: (answer) => answer.titles,
    again: whilePreparing,
  });

  return (
    <div className="page-top gutters grid gap-6 pb-28">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-title">{name}</h1>
        <p role="status" className="tabular text-faint">
          {total !== null && <Plural value={total} one="# title" other="# titles" />}
        </p>
      </div>
      <FilterBar filters={filters} />
      {query.isPending ? (
        <CardGridSkeleton />
      ) : query.isError && nodes.length === 0 ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : nodes.length === 0 ? (
        <EmptyState
          icon="film"
          heading={<Trans>Nothing of this kind yet</Trans>}
          action={
            narrowing(filters) > 0 && (
              <ButtonLink to="/browse" search={{}} icon="grid">
                <Trans>Show everything</Trans>
              </ButtonLink>
            )
          }
        >
          {narrowing(filters) > 1 ? (
            <Trans>Take one of the filters away, and there may be more.</Trans>
          ) : (
            <Trans>What is added to it will be here.</Trans>
          )}
        </EmptyState>
      ) : (
        <>
          <CardGrid titles={nodes} />
          <MoreBelow {...foot} />
        </>
      )}
    </div>
  );
}
