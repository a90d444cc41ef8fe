import { Plural } from "@lingui/react/macro";
import { useParams } from "@tanstack/react-router";
import { CardGrid, CardPageSkeleton } from "@/components/CardGrid";
import { MoreBelow } from "@/components/MoreBelow";
import { NotFound } from "@/components/NotFound";
import { PageFault } from "@/components/PageFault";
import { whilePreparing } from "@/components/Readiness";
import { CollectionPageDocument } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { usePages } from "@/lib/pages";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";

/** What an editor has put together, and why. */
export function CollectionPage() {
  const { slug } = useParams({ from: "/shell/member/collection/$slug" });
  const who = useProfileKey();
  const { query, first, nodes, total, foot } = usePages({
    queryKey: [who, "collection", slug],
    ask: (after, signal) => execute(CollectionPageDocument, { slug, after }, signal),
    listOf: (answer) => answer.collection?.titles,
    again: whilePreparing,
  });
  const collection = first?.collection;
  usePageTitle(collection?.name ?? null);

  if (query.isPending) return <CardPageSkeleton />;
  if (query.isError && !collection) return <PageFault query={query} />;
  if (!collection) return <NotFound />;
  return (
    <div className="page-top gutters grid gap-8 pb-28">
      <header className="grid max-w-[65ch] gap-2">
        <h1 className="text-title">{collection.name}</h1>
        {total !== null && (
          <p className="tabular text-faint">
            <Plural value={total} one="# title" other="# titles" />
          </p>
        )}
        {collection.synopsis && <p className="text-lead">{collection.synopsis}</p>}
      </header>
      <CardGrid titles={nodes} />
      <MoreBelow {...foot} />
    </div>
  );
}
