import { queryOptions } from "@tanstack/react-query";
import { AssetsDocument, type AssetsQuery } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";

export type Asset = NonNullable<NonNullable<NonNullable<AssetsQuery["assets"]>["edges"][number]>["node"]>;

export const assetsKey = ["operators", "assets"] as const;

const settled: ReadonlySet<string> = new Set(["READY", "FAILED", "CANCELLED"]);

/** The newest sources; asked for often while something is being made of one of them. */
export const assetsQuery = queryOptions({
  queryKey: assetsKey,
  queryFn: ({ signal }) =>
    execute(AssetsDocument, { first: 50 }, signal).then(
      ({ assets }) => assets?.edges.flatMap((edge) => (edge?.node ? [edge.node] : [])) ?? [],
    ),
  staleTime: 0,
  refetchInterval: ({ state }) => (state.data?.some((asset) => !settled.has(asset.state)) ? 1500 : 10_000),
});
