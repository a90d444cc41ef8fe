import { useMutation } from "@tanstack/react-query";
import type { Fault } from "@/lib/faults";
import { useGoIn } from "./signingIn";

/** Runs a sign-up; where it holds, forgets what was shown before and goes to where one was on the way to. */
export function useEntry<Form>(
  next: string | undefined,
  enter: (form: Form) => Promise<{ faults: readonly Fault[]; isIn: boolean }>,
) {
  const goIn = useGoIn(next);
  return useMutation({
    mutationFn: enter,
    onSuccess: async ({ faults, isIn }) => {
      if (faults.length === 0 && isIn) await goIn();
    },
  });
}
