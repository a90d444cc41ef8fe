import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Icon, type IconName } from "@/components/Icon";
import { Wordmark } from "@/components/Wordmark";
import type { Viewer } from "@/lib/graphql/queries";
import { siteName } from "@/lib/site";
import { AccountMenu } from "./AccountMenu";

function useScrolled(): boolean {
  const [scrolled, setScrolled] = useState(false);
  useEffect(() => {
    const look = () => setScrolled(window.scrollY > 24);
    // Not asked at once, which would have the page laid out for it: whatever scrolls a page says so.
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);
  return scrolled;
}

/** Over the picture while one is at the top of a page, a pane of dark glass once one has gone on. */
export function Header({ viewer }: { viewer: Viewer }) {
  const { t } = useLingui();
  const scrolled = useScrolled();
  const pages: { to: "/" | "/browse" | "/search" | "/my-list"; icon: IconName; name: string }[] = [
    { to: "/", icon: "home", name: t`Home` },
    { to: "/browse", icon: "grid", name: t`Browse` },
    { to: "/my-list", icon: "list", name: t`My list` },
    { to: "/search", icon: "search", name: t`Search` },
  ];
  return (
    <>
      <header
        className={`gutters fixed inset-x-0 top-0 z-40 flex h-(--header) items-center gap-6 transition-[background-color,backdrop-filter] duration-(--open) ${
          scrolled ? "bg-veil backdrop-blur-xl" : "header-veil"
        }`}
      >
        <Link to="/" aria-label={t`${siteName}, home`} className="inline-flex rounded-full">
          <Wordmark />
        </Link>
        {viewer.activeProfile?.isKids && (
          <span className="-ms-3 rounded-full bg-amber-fill px-2.5 py-0.5 text-fine font-[620] text-on-amber">{t`Kids`}</span>
        )}
        <nav aria-label={t`Main`} className="ms-2 hidden grow items-center gap-1 sm:flex">
          {pages.map(({ to, name }) => (
            <Link
              key={to}
              to={to}
              className="rounded-full px-3.5 py-2 transition-colors duration-(--press) hover:text-paper focus-visible:rounded-full"
              activeOptions={{ exact: to === "/" }}
              activeProps={{ className: "font-[620] text-paper" }}
              inactiveProps={{ className: "text-soft" }}
            >
              {name}
            </Link>
          ))}
        </nav>
        <div className="ms-auto">
          <AccountMenu viewer={viewer} />
        </div>
      </header>
      <nav
        aria-label={t`Main`}
        className="fixed inset-x-0 bottom-0 z-40 flex justify-around border-t border-line/60 bg-veil pb-[env(safe-area-inset-bottom)] backdrop-blur-xl sm:hidden"
      >
        {pages.map(({ to, icon, name }) => (
          <Link
            key={to}
            to={to}
            className="flex min-h-14 min-w-20 flex-col items-center justify-center gap-0.5 text-fine"
            activeOptions={{ exact: to === "/" }}
            activeProps={{ className: "font-[620] text-amber" }}
            inactiveProps={{ className: "text-faint" }}
          >
            <Icon name={icon} />
            {name}
          </Link>
        ))}
      </nav>
    </>
  );
}
