import { Trans, useLingui } from "@lingui/react/macro";
import { ButtonLink } from "@/components/Button";
import { CardGrid, CardGridSkeleton } from "@/components/CardGrid";
import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { MoreBelow } from "@/components/MoreBelow";
import { NoProfile } from "@/components/NoProfile";
import { whilePreparing } from "@/components/Readiness";
import { MyListDocument } from "@/gql/documents";
import { execute, forSomebody } from "@/lib/graphql/client";
import { usePages } from "@/lib/pages";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";

export function MyListPage() {
  const { t } = useLingui();
  usePageTitle(t`My list`);
  const who = useProfileKey();
  const {
    query,
    first,
    nodes: titles,
    foot,
  } = usePages({
    queryKey: [who, "my-list"],
    ask: async (after, signal) => forSomebody(await execute(MyListDocument, { after }, signal)),
    listOf: (answer) => answer.viewer?.activeProfile?.myList,
    again: whilePreparing,
  });

  return (
    <div className="page-top gutters grid gap-8 pb-28">
      <h1 className="text-title">
        <Trans>My list</Trans>
      </h1>
      {query.isPending ? (
        <CardGridSkeleton />
      ) : query.isError && titles.length === 0 ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : titles.length > 0 ? (
        <>
          <CardGrid titles={titles} />
          <MoreBelow {...foot} />
        </>
      ) : first?.viewer?.activeProfile ? (
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
        <NoProfile>
          <Trans>A list belongs to a profile. Choose one to see it.</Trans>
        </NoProfile>
      )}
    </div>
  );
}
