import { queryOptions } from "@tanstack/react-query";
import { HomeDocument } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";

export const homeQuery = (profile: string) =>
  queryOptions({
    queryKey: [profile, "home"],
    queryFn: ({ signal }) => execute(HomeDocument, {}, signal),
  });
