import {
  type InfiniteData,
  keepPreviousData,
  type QueryKey,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { useCallback, useState } from "react";

/** One page of a connection, whatever its nodes are. */
export interface Connection<Node> {
  totalCount?: number;
  edges: readonly ({ node: Node | null } | null)[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface Asked<Answer, Node> {
  queryKey: QueryKey;
  ask: (after: string | null, signal: AbortSignal) => Promise<Answer>;
  /** Where the list is in an answer; null where there is none. */
  listOf: (answer: Answer) => Connection<Node> | null | undefined;
  /** Where it begins, for a list whose beginning came with something else. */
  from?: string | null;
  enabled?: boolean;
  /** What one did a moment ago may be in it: asked for anew each time one comes. */
  fresh?: boolean;
  /** Whether what another question found stands until this one's answer is there. */
  keep?: boolean;
  /** How often to ask again for what is on the page, in milliseconds. */
  again?: (nodes: Node[]) => number | false;
}

/** What stands where a list that is fetched page by page breaks off. */
export interface Foot {
  /** Whether there is more. */
  more: boolean;
  busy: boolean;
  /** The last time it did not come: it is asked for by hand then, not again and again. */
  failed: boolean;
  onMore: () => void;
}

interface Pages<Answer, Node> {
  query: UseInfiniteQueryResult<InfiniteData<Answer>>;
  /** The first answer, for what stands beside the list. */
  first: Answer | undefined;
  nodes: Node[];
  /** How many there are in all, where the answer says so. */
  total: number | null;
  foot: Foot;
}

function nodesIn<Node>(list: Connection<Node> | null | undefined): Node[] {
  return list?.edges.flatMap((edge) => (edge?.node ? [edge.node] : [])) ?? [];
}

/** A list that is fetched page by page, and what has come of it so far. */
export function usePages<Answer, Node>(asked: Asked<Answer, Node>): Pages<Answer, Node> {
  const { queryKey, ask, listOf, from = null, enabled = true, fresh = false, keep = false, again } = asked;
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) => ask(pageParam, signal),
    initialPageParam: from as string | null,
    getNextPageParam: (page) => {
      const info = listOf(page)?.pageInfo;
      return info?.hasNextPage ? info.endCursor : null;
    },
    enabled,
    ...(keep && { placeholderData: keepPreviousData }),
    // Asking again asks for every page that is there: only while that is little.
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      return pages.length <= 2 && again ? again(pages.flatMap((page) => nodesIn(listOf(page)))) : false;
    },
    refetchOnWindowFocus: false,
    staleTime: fresh ? 0 : 5 * 60_000,
  });
  const { fetchNextPage, isFetching } = query;
  const onMore = useCallback(() => {
    // A refetch of what is there ends a fetch of what comes next, and the other way round: one after the other.
    if (!isFetching) void fetchNextPage();
  }, [fetchNextPage, isFetching]);
  const pages = query.data?.pages ?? [];
  const first = pages[0];
  return {
    query,
    first,
    nodes: pages.flatMap((page) => nodesIn(listOf(page))),
    total: (first && listOf(first)?.totalCount) ?? null,
    foot: {
      more: query.hasNextPage,
      busy: query.isFetchingNextPage,
      failed: query.isFetchNextPageError,
      onMore,
    },
  };
}

/**
 * A list that began with the page it is on: what came then, and what follows from when it is wanted. A part that did not
 * come is asked for again by the same verb.
 */
export function useRest<Answer, Node>(
  begun: Connection<Node>,
  asked: Omit<Asked<Answer, Node>, "from" | "enabled">,
): { nodes: Node[]; foot: Foot } {
  const { hasNextPage, endCursor } = begun.pageInfo;
  const [wanted, setWanted] = useState(false);
  const { query, nodes, foot } = usePages({ ...asked, from: endCursor, enabled: wanted && hasNextPage });
  const onMore = () => {
    if (!wanted) setWanted(true);
    else if (query.hasNextPage) foot.onMore();
    else void query.refetch();
  };
  return {
    nodes: [...nodesIn(begun), ...nodes],
    foot: {
      more: hasNextPage && (!wanted || query.hasNextPage || query.isError),
      busy: query.isFetching,
      failed: query.isError,
      onMore,
    },
  };
}
