import { useEffect, useRef, useState } from "react";
import type { Fault } from "@/lib/faults";
import { type Attempt, type Factor, useSignIn } from "./signingIn";

type Step =
  | { at: "password"; note: "late" | "known" | null }
  | { at: "factor"; factors: readonly Factor[] }
  | { at: "verify" };

/** Password, then what else the account wants; back to the password where that took too long. */
export function useSignInSteps(next: string | undefined, back: boolean) {
  const [step, setStep] = useState<Step>({ at: "password", note: null });
  const signIn = useSignIn(next);
  const attempt = (what: Attempt) =>
    signIn.mutate(what, {
      onSuccess: (outcome) => {
        if (outcome?.now === "factor") setStep({ at: "factor", factors: outcome.factors });
        else if (outcome?.now === "verify") setStep({ at: "verify" });
        else if (outcome?.now === "known") setStep({ at: "password", note: "known" });
        else if (outcome?.now === "again") setStep({ at: "password", note: "late" });
        else if (outcome?.now === "out" && step.at === "password") setStep({ at: "password", note: null });
      },
    });
  const resumed = useRef(false);
  useEffect(() => {
    if (!back || resumed.current) return;
    resumed.current = true;
    attempt({ by: "provider" });
  });
  const faults: readonly Fault[] = signIn.data?.now === "out" ? signIn.data.faults : [];
  return { step, faults, error: signIn.error, signIn, attempt };
}
