import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ActivateProfileDocument, type ActivateProfileInput } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { startAfresh } from "@/lib/session";

/** Makes a profile the one that watches; what the one before was shown is forgotten first. */
export function useActivate(onDone: () => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ActivateProfileInput) =>
      execute(ActivateProfileDocument, { input }).then(
        ({ activateProfile }) => activateProfile?.errors ?? [],
      ),
    onSuccess: async (faults) => {
      if (faults.length > 0) return;
      await startAfresh(client);
      await onDone();
    },
  });
}
