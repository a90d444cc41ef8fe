import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  AddToMyListDocument,
  RateTitleDocument,
  type RatingValue,
  RemoveFromMyListDocument,
} from "@/gql/documents";
import { execute } from "./graphql/client";
import { useProfileKey } from "./session";

/**
 * What was just said of a title here, before and beside the many answers that also carry it. Kept under the
 * profile's key like everything it is shown.
 */
function useSaid<Value>(what: string, id: string, known: Value) {
  const client = useQueryClient();
  const who = useProfileKey();
  const queryKey = [who, what, id];
  const { data } = useQuery<{ value: Value }>({
    queryKey,
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    who,
    client,
    value: data ? data.value : known,
    say: (value: Value) => client.setQueryData(queryKey, { value }),
  };
}

/** Is a title on the profile's list, and the verb that puts it there or takes it off. Shown at once, taken back if refused. */
export function useMyList(title: { id: string; inMyList: boolean }) {
  const said = useSaid("in-my-list", title.id, title.inMyList);
  const mutation = useMutation({
    mutationFn: async (wanted: boolean) => {
      const input = { titleId: title.id };
      const payload = wanted
        ? (await execute(AddToMyListDocument, { input })).addToMyList
        : (await execute(RemoveFromMyListDocument, { input })).removeFromMyList;
      if (payload && payload.errors.length > 0) throw new Error(payload.errors[0]?.message);
    },
    onMutate: (wanted) => said.say(wanted),
    onError: (_error, wanted) => said.say(!wanted),
    onSuccess: async () => {
      await said.client.invalidateQueries({ queryKey: [said.who, "my-list"] });
      // A home page that is being looked at stays as it is: a row that came would push away what a finger is on.
      await said.client.invalidateQueries({ queryKey: [said.who, "home"], refetchType: "none" });
    },
  });
  return { inMyList: said.value, toggle: () => mutation.mutate(!said.value) };
}

/** What the profile thinks of a title, and the verb that says so; the same again takes it back. */
export function useRating(title: { id: string; myRating: RatingValue | null }) {
  const said = useSaid("my-rating", title.id, title.myRating);
  const mutation = useMutation({
    mutationFn: async (rating: RatingValue | null) => {
      const { rateTitle } = await execute(RateTitleDocument, { input: { titleId: title.id, rating } });
      if (rateTitle && rateTitle.errors.length > 0) throw new Error(rateTitle.errors[0]?.message);
    },
    onMutate: (rating) => {
      const before = said.value;
      said.say(rating);
      return before;
    },
    onError: (_error, _rating, before) => {
      if (before !== undefined) said.say(before);
    },
  });
  return {
    rating: said.value,
    rate: (rating: RatingValue) => mutation.mutate(said.value === rating ? null : rating),
  };
}
