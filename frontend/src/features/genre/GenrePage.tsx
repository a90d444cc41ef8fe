import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Button, ButtonLink } from "@/components/Button";
import { CardGrid, CardGridSkeleton } from "@/components/CardGrid";
import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { whilePreparing } from "@/components/Readiness";
import { BrowseDocument, type BrowseQuery } from "@/gql/documents";
import { genresQuery } from "@/lib/genres";
import { execute } from "@/lib/graphql/client";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";

const cardsOf = (page: BrowseQuery) =>
  page.titles?.edges.flatMap((edge) => (edge?.node ? [edge.node] : [])) ?? [];

export function GenrePage() {
  const { t } = useLingui();
  const { slug } = useParams({ from: "/shell/member/genre/$slug" });
  const who = useProfileKey();
  const genre = useQuery(genresQuery(who)).data?.find((one) => one.slug === slug);
  const name = genre?.name ?? t`Genre`;
  usePageTitle(name);
  const query = useInfiniteQuery({
    queryKey: [who, "genre", slug],
    queryFn: ({ signal, pageParam }) =>
      execute(BrowseDocument, { filter: { genre: slug }, first: 48, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.titles?.pageInfo.hasNextPage ? page.titles.pageInfo.endCursor : null),
    refetchInterval: ({ state }) => whilePreparing(state.data?.pages.flatMap(cardsOf) ?? []),
  });
  const titles = query.data?.pages.flatMap(cardsOf) ?? [];

  return (
    <div className="page-top gutters grid gap-8 pb-28">
      <h1 className="text-title">{name}</h1>
      {query.isPending ? (
        <CardGridSkeleton />
      ) : query.isError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : titles.length === 0 ? (
        <EmptyState
          icon="film"
          heading={<Trans>Nothing of this kind yet</Trans>}
          action={
            <ButtonLink to="/search" search={{}} icon="grid">
              <Trans>All genres</Trans>
            </ButtonLink>
          }
        >
          <Trans>What is added to it will be here.</Trans>
        </EmptyState>
      ) : (
        <>
          <CardGrid titles={titles} />
          {query.hasNextPage && (
            <Button
              className="justify-self-center"
              busy={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              <Trans>Show more</Trans>
            </Button>
          )}
        </>
      )}
    </div>
  );
}
