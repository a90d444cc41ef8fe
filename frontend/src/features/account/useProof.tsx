import { type ReactNode, useCallback, useState } from "react";
import type { Answer } from "@/lib/allauth/client";
import { wantsProof } from "./doors";
import { ProofDialog } from "./ProofDialog";

interface Wanted {
  factors: readonly string[];
  hasPassword: boolean;
  settle: (proved: boolean) => void;
}

export type Prove = <Data>(action: () => Promise<Answer<Data>>) => Promise<Answer<Data> | null>;

/**
 * What changes how one signs in wants to be sure who asks. `prove` does it, asks for a password or a second factor
 * where the server wants one, and does it again; null where no proof was given. `dialog` has to be on the page.
 */
export function useProof(): { prove: Prove; dialog: ReactNode } {
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const prove = useCallback<Prove>(async (action) => {
    for (;;) {
      const answer = await action();
      if (answer.status !== 401 || !wantsProof(answer)) return answer;
      const factors = answer.flows.find(({ id }) => id === "mfa_reauthenticate")?.types ?? [];
      const hasPassword = answer.flows.some(({ id }) => id === "reauthenticate");
      const proved = await new Promise<boolean>((settle) => setWanted({ factors, hasPassword, settle }));
      setWanted(null);
      if (!proved) return null;
    }
  }, []);
  const dialog = wanted && (
    <ProofDialog
      factors={wanted.factors}
      hasPassword={wanted.hasPassword}
      onProved={() => wanted.settle(true)}
      onClose={() => wanted.settle(false)}
    />
  );
  return { prove, dialog };
}
