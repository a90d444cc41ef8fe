import type { ReactNode } from "react";
import { Icon } from "@/components/Icon";

/** That something was done, said to everybody once it is. */
export function Done({ when, children }: { when: boolean; children: ReactNode }) {
  return (
    <p role="status" className="flex items-center gap-1.5 text-paper empty:hidden">
      {when && (
        <>
          <Icon name="check" className="size-5 text-green" />
          {children}
        </>
      )}
    </p>
  );
}
