import { queryOptions } from "@tanstack/react-query";
import { TitlePageDocument } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";

export const titleQuery = (profile: string, slug: string) =>
  queryOptions({
    queryKey: [profile, "title", slug],
    queryFn: ({ signal }) => execute(TitlePageDocument, { slug }, signal),
  });
