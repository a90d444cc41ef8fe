import { queryOptions } from "@tanstack/react-query";
import { GenresDocument } from "@/gql/documents";
import { execute } from "./graphql/client";

export const genresQuery = (profile: string) =>
  queryOptions({
    queryKey: [profile, "genres"],
    queryFn: ({ signal }) => execute(GenresDocument, {}, signal).then((data) => data.genres ?? []),
    staleTime: 5 * 60_000,
  });
