import { queryOptions } from "@tanstack/react-query";
import { TitlePageDocument } from "@/gql/documents";
import { execute } from "./graphql/client";

/** All that a title's page shows; a card that opens into a preview asks the same, so that the page is there at a press. */
export const titleQuery = (profile: string, slug: string) =>
  queryOptions({
    queryKey: [profile, "title", slug],
    queryFn: ({ signal }) => execute(TitlePageDocument, { slug }, signal),
  });
