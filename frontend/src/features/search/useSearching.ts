import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { whilePreparing } from "@/components/Readiness";
import { SearchDocument, SearchPeopleDocument } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { usePages } from "@/lib/pages";
import { useProfileKey } from "@/lib/session";
import { nearTo, peopleMeant } from "./people";

/** Everything that a text finds: titles page by page, people, and, where it finds no title, what is near. */
export function useSearching(text: string) {
  const who = useProfileKey();
  const titles = usePages({
    queryKey: [who, "search", text],
    ask: (after, signal) => execute(SearchDocument, { text, first: 48, after }, signal),
    listOf: (answer) => answer.search,
    enabled: text !== "",
    keep: true,
    again: whilePreparing,
  });
  const people = useQuery({
    queryKey: [who, "search-people", text],
    queryFn: ({ signal }) => execute(SearchPeopleDocument, { text }, signal),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  });
  const nothing = titles.query.isSuccess && !titles.query.isPlaceholderData && titles.nodes.length === 0;
  const near = useQuery({
    queryKey: [who, "search-near", text],
    queryFn: async ({ signal }) => {
      for (const other of nearTo(text)) {
        const { search } = await execute(SearchDocument, { text: other, first: 24 }, signal);
        if (search.edges.length > 0) return { text: other, titles: search.edges.map((edge) => edge.node) };
      }
      return null;
    },
    enabled: text !== "" && nothing,
    staleTime: 5 * 60_000,
  });
  return { titles, people: text ? peopleMeant(text, people.data) : [], nothing, near };
}
