import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { Fault } from "@/lib/faults";
import { startAfresh } from "@/lib/session";

/**
 * Runs a sign-in or sign-up; where it holds, forgets what was shown before and goes to where one was on the way to.
 * The page there asks for a profile first, if one is needed.
 */
export function useEntry<Form>(next: string | undefined, enter: (form: Form) => Promise<readonly Fault[]>) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: enter,
    onSuccess: async (faults) => {
      if (faults.length > 0) return;
      const viewer = await startAfresh(client);
      if (viewer && !viewer.activeProfile && viewer.profiles.length > 0)
        await router.navigate({ to: "/profiles", search: next ? { next } : {}, replace: true });
      else await router.navigate({ href: next ?? "/", replace: true });
    },
  });
}
