import { queryOptions } from "@tanstack/react-query";
import { ContinueDocument, HomeDocument } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";

export const homeQuery = (profile: string) =>
  queryOptions({
    queryKey: [profile, "home"],
    queryFn: ({ signal }) => execute(HomeDocument, {}, signal),
  });

/** What the profile is in the middle of: one comes back from watching, so what is left is never older than that. */
export const continueQuery = (profile: string) =>
  queryOptions({
    queryKey: [profile, "continue"],
    queryFn: ({ signal }) => execute(ContinueDocument, {}, signal),
    staleTime: 0,
  });
