import { useQuery } from "@tanstack/react-query";
import { WatchFactsDocument, type WatchFactsQuery } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { useProfileKey } from "@/lib/session";

export type Whose = Extract<NonNullable<WatchFactsQuery["node"]>, { title: { slug: string } }>;

/** The title, and the episode, that a video belongs to; null until it is known. */
export function useWhose(videoId: string | null): Whose | null {
  const who = useProfileKey();
  const { data } = useQuery({
    queryKey: [who, "whose", videoId],
    queryFn: ({ signal }) => execute(WatchFactsDocument, { id: videoId ?? "" }, signal),
    enabled: videoId !== null,
    staleTime: 10 * 60_000,
  });
  const node = data?.node;
  return isVideo(node) ? node : null;
}

function isVideo(node: WatchFactsQuery["node"] | undefined): node is Whose {
  return Boolean(node && "title" in node && node.title);
}
