import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { NotFound } from "@/components/NotFound";
import { PageFault } from "@/components/PageFault";
import { whilePreparing } from "@/components/Readiness";
import type { TitleCardFragment, TitlePageQuery } from "@/gql/documents";
import { cardKey } from "@/lib/cards";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { titleQuery } from "@/lib/titles";
import { Masthead } from "./Masthead";

import { TitleBody } from "./TitleBody";
import { BodySkeleton, TitleSkeleton } from "./TitleSkeleton";

/** Everything on the page that may still be getting ready: the title and, of a series, its episodes. */
function prepared(data: TitlePageQuery | undefined) {
  const title = data?.title;
  if (!title) return [];
  if (title.__typename !== "Series") return [title, title.video];
  const episodes = title.seasons?.flatMap(
    (season) => season?.episodes?.edges.map((edge) => edge?.node?.video) ?? [],
  );
  return [title, ...(episodes ?? [])];
}

export function TitlePage() {
  const { slug } = useParams({ from: "/shell/member/title/$slug" });
  const who = useProfileKey();
  const client = useQueryClient();
  const card = client.getQueryData<TitleCardFragment>(cardKey(who, slug));
  const query = useQuery({
    ...titleQuery(who, slug),
    refetchInterval: ({ state }) => whilePreparing(prepared(state.data)),
  });
  const title = query.data?.title;
  usePageTitle(title?.name ?? card?.name ?? null);

  if (query.isError) return <PageFault query={query} />;
  if (query.isPending)
    return card ? (
      <article>
        <Masthead key={slug} card={card} />
        <BodySkeleton />
      </article>
    ) : (
      <TitleSkeleton />
    );
  if (!title) return <NotFound />;
  return (
    <article className="pb-28 sm:pb-20">
      <Masthead key={slug} card={title} title={title} />
      {/* Another title on the same address starts anew: its own season, its own place. */}
      <TitleBody key={title.id} title={title} />
    </article>
  );
}
