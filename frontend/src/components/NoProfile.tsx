import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { ButtonLink } from "./Button";
import { EmptyState } from "./EmptyState";

/** In place of what belongs to a profile, where none is watching. */
export function NoProfile({ children }: { children: ReactNode }) {
  return (
    <EmptyState
      icon="person"
      heading={<Trans>No profile is watching</Trans>}
      action={
        <ButtonLink to="/profiles" search={{}} look="primary">
          <Trans>Choose a profile</Trans>
        </ButtonLink>
      }
    >
      {children}
    </EmptyState>
  );
}
