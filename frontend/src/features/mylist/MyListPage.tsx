import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "@/components/Button";
import { CardGrid, CardGridSkeleton } from "@/components/CardGrid";
import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { whilePreparing } from "@/components/Readiness";
import { MyListDocument, type MyListQuery } from "@/gql/documents";
import { ApiError, execute } from "@/lib/graphql/client";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";

const cardsOf = (data: MyListQuery | undefined) =>
  data?.viewer?.activeProfile?.myList?.edges.flatMap((edge) => (edge?.node ? [edge.node] : [])) ?? [];

export function MyListPage() {
  const { t } = useLingui();
  usePageTitle(t`My list`);
  const who = useProfileKey();
  const query = useQuery({
    queryKey: [who, "my-list"],
    queryFn: async ({ signal }) => {
      const data = await execute(MyListDocument, {}, signal);
      // Nobody is a null here and no error; the page is for somebody.
      if (!data.viewer) throw new ApiError("UNAUTHENTICATED", "Nobody is signed in.");
      return data;
    },
    refetchInterval: ({ state }) => whilePreparing(cardsOf(state.data)),
  });
  const titles = cardsOf(query.data);

  return (
    <div className="page-top gutters grid gap-8 pb-28">
      <h1 className="text-title">
        <Trans>My list</Trans>
      </h1>
      {query.isPending ? (
        <CardGridSkeleton />
      ) : query.isError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : titles.length > 0 ? (
        <CardGrid titles={titles} />
      ) : query.data.viewer?.activeProfile ? (
        <EmptyState
          icon="list"
          heading={<Trans>Your list is empty</Trans>}
          action={
            <ButtonLink to="/" look="primary">
              <Trans>See what is on</Trans>
            </ButtonLink>
          }
        >
          <Trans>What you keep for later will wait here.</Trans>
        </EmptyState>
      ) : (
        <EmptyState
          icon="person"
          heading={<Trans>No profile is watching</Trans>}
          action={
            <ButtonLink to="/profiles" search={{}} look="primary">
              <Trans>Choose a profile</Trans>
            </ButtonLink>
          }
        >
          <Trans>A list belongs to a profile. Choose one to see it.</Trans>
        </EmptyState>
      )}
    </div>
  );
}
