import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  CreateProfileDocument,
  type CreateProfileInput,
  DeleteProfileDocument,
  UpdateProfileDocument,
  type UpdateProfileInput,
} from "@/gql/documents";
import type { Fault } from "@/lib/faults";
import { execute } from "@/lib/graphql/client";
import { startAfresh } from "@/lib/session";

/** Adds a person to the household. Gives the new profile's id, or what was wrong. */
export function useCreateProfile() {
  return useMutation({
    mutationFn: async (input: CreateProfileInput): Promise<{ id: string | null; faults: Fault[] }> => {
      const { createProfile } = await execute(CreateProfileDocument, { input });
      return { id: createProfile?.profile?.id ?? null, faults: createProfile?.errors ?? [] };
    },
  });
}

/** Changes a profile. What was shown before may not be so any more: another limit, another language. */
export function useUpdateProfile(onDone: () => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: UpdateProfileInput) =>
      execute(UpdateProfileDocument, { input }).then(
        ({ updateProfile }): Fault[] => updateProfile?.errors ?? [],
      ),
    onSuccess: async (faults) => {
      if (faults.length > 0) return;
      await startAfresh(client);
      await onDone();
    },
  });
}

/** Deletes a profile with its list, its history and its place in every film. */
export function useDeleteProfile(onDone: () => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (profileId: string) =>
      execute(DeleteProfileDocument, { input: { profileId } }).then(
        ({ deleteProfile }): Fault[] => deleteProfile?.errors ?? [],
      ),
    onSuccess: async (faults) => {
      if (faults.length > 0) return;
      await startAfresh(client);
      await onDone();
    },
  });
}
