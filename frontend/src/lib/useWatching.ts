import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  UpdateProfileDocument,
  type UpdateProfileInput,
  type WatchingChoicesFragment,
  WatchingDocument,
} from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { useProfileKey } from "@/lib/session";

export type Choices = Omit<WatchingChoicesFragment, "__typename" | "id">;

/**
 * How the profile that watches likes to, and a way to change it: seen at once, kept by the server in the order in which
 * it was asked, taken back where the server says no.
 */
export function useWatching() {
  const whose = useProfileKey();
  const client = useQueryClient();
  const queryKey = [whose, "watching"];
  const watching = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      execute(WatchingDocument, {}, signal).then(({ viewer }) => viewer?.activeProfile ?? null),
  });
  const profileId = watching.data?.id;
  const change = useMutation({
    scope: { id: `watching ${whose}` },
    mutationFn: (part: Omit<UpdateProfileInput, "profileId">) =>
      execute(UpdateProfileDocument, { input: { profileId: profileId ?? "", ...part } }).then(
        ({ updateProfile }) => updateProfile?.errors ?? [],
      ),
    onSuccess: async (faults) => {
      if (faults.length > 0) await client.invalidateQueries({ queryKey });
    },
    onError: () => client.invalidateQueries({ queryKey }),
  });
  return {
    watching,
    faults: change.data ?? [],
    error: change.error ?? watching.error,
    saved: change.isSuccess && (change.data?.length ?? 0) === 0,
    choose: (part: Partial<Choices>) => {
      client.setQueryData<WatchingChoicesFragment | null>(queryKey, (before) =>
        before ? { ...before, ...part } : before,
      );
      change.mutate(part);
    },
  };
}
