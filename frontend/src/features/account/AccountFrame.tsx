import { Trans, useLingui } from "@lingui/react/macro";
import { Link, type LinkProps, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { ButtonLink } from "@/components/Button";
import { Icon, type IconName } from "@/components/Icon";
import { useViewer } from "@/lib/session";

/** The account's own pages, with their names beside them, or above them on a phone. */
export function AccountFrame() {
  const { t } = useLingui();
  const viewer = useViewer();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the names are wider than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another place in the row
  useEffect(() => {
    nav.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView?.({ inline: "center", block: "nearest" });
  }, [pathname]);
  if (!viewer) return null;
  if (viewer.activeProfile?.isKids) return <ChildStop />;
  const pages: { to: LinkProps["to"]; icon: IconName; name: string }[] = [
    { to: "/account", icon: "person", name: t`Account` },
    { to: "/account/watching", icon: "captions", name: t`Watching` },
    { to: "/account/devices", icon: "device", name: t`Devices` },
    { to: "/account/security", icon: "lock", name: t`Security` },
    { to: "/account/data", icon: "download", name: t`Your data` },
  ];
  return (
    <div className="page-top gutters mx-auto grid max-w-6xl items-start gap-x-12 gap-y-6 pb-28 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <nav
        ref={nav}
        aria-label={t`Account`}
        className="account-nav -mx-1 flex gap-1 overflow-x-auto p-1 lg:sticky lg:top-24 lg:mx-0 lg:flex-col lg:overflow-visible"
      >
        {pages.map(({ to, icon, name }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true }}
            className="flex min-h-11 shrink-0 items-center gap-3 rounded-full px-4 transition-colors duration-(--press) focus-visible:rounded-full"
            activeProps={{ className: "bg-float font-[620] text-paper" }}
            inactiveProps={{ className: "text-soft hover:text-paper" }}
          >
            <Icon name={icon} className="size-5" />
            {name}
          </Link>
        ))}
      </nav>
      <div className="grid min-w-0 gap-6">
        <Outlet />
      </div>
    </div>
  );
}

function ChildStop() {
  return (
    <div className="page-top gutters grid min-h-[70dvh] content-center justify-items-center gap-4 text-center">
      <Icon name="lock" className="size-10 text-amber" />
      <h1 className="text-title">
        <Trans>The account is for grown-ups</Trans>
      </h1>
      <p>
        <Trans>Switch to a profile that is not a child's first.</Trans>
      </p>
      <ButtonLink to="/profiles" search={{}} look="primary">
        <Trans>Switch profile</Trans>
      </ButtonLink>
    </div>
  );
}
