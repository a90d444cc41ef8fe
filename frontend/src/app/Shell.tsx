import { Trans } from "@lingui/react/macro";
import { Outlet } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useViewer } from "@/lib/session";
import { Header } from "./Header";

export function Shell({ children }: { children?: ReactNode }) {
  const viewer = useViewer();
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 rounded-full bg-amber-fill px-5 py-2.5 font-[620] text-on-amber focus:not-sr-only focus:fixed focus:start-4 focus:top-3"
      >
        <Trans>Skip to content</Trans>
      </a>
      {viewer && <Header viewer={viewer} />}
      <main id="main" tabIndex={-1} className="grow focus-visible:outline-none">
        {children ?? <Outlet />}
      </main>
    </div>
  );
}
