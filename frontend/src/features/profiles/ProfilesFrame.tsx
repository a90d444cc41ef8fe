import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import { Wordmark } from "@/components/Wordmark";
import { useSignOut } from "@/lib/useSignOut";

/** A quiet room before the film: who is here, and nothing else. */
export function ProfilesFrame({ children }: { children: ReactNode }) {
  const signOut = useSignOut();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="gutters flex h-20 items-center justify-between">
        <Wordmark />
        <Button look="bare" size="small" onClick={() => signOut.mutate()} busy={signOut.isPending}>
          <Trans>Sign out</Trans>
        </Button>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="gutters grid grow content-center justify-items-center gap-10 pb-28 focus-visible:outline-none"
      >
        {children}
      </main>
    </div>
  );
}
