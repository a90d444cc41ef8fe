import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { type FocusEvent, useRef, useState } from "react";
import { Avatar } from "@/components/Avatar";
import { Icon } from "@/components/Icon";
import type { Viewer } from "@/lib/graphql/queries";
import { useSignOut } from "@/lib/useSignOut";

const line =
  "flex min-h-11 w-full items-center gap-3 px-4 text-start text-soft transition-colors duration-(--press) hover:bg-float hover:text-paper";

/** A list of links that opens under the face: Esc, a press elsewhere and Tab out of it close it. */
export function AccountMenu({ viewer }: { viewer: Viewer }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const signOut = useSignOut();
  const profile = viewer.activeProfile;

  const close = () => setOpen(false);
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) close();
  };

  return (
    // Keys are heard here so that Esc works wherever in the menu one is.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className="relative"
      onBlur={onBlur}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        close();
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-label={profile ? t`Account menu, watching as ${profile.name}` : t`Account menu`}
        className="flex min-h-11 items-center gap-1.5 rounded-full p-1 text-soft hover:text-paper"
        onClick={() => setOpen(!open)}
      >
        {profile ? (
          <Avatar avatar={profile.avatar} />
        ) : (
          <span className="grid size-9 place-items-center rounded-[22%] bg-float text-paper">
            <Icon name="person" className="size-5" />
          </span>
        )}
        <Icon
          name="down"
          className={`size-4 transition-[rotate] duration-(--press) ${open ? "rotate-180" : ""}`}
        />
      </button>
      {open && (
        <div className="appear absolute end-0 top-full mt-2 w-64 overflow-hidden rounded-xl border border-line/70 bg-raised py-2 shadow-float">
          <p className="truncate px-4 pt-1 pb-2 text-fine text-faint">{viewer.email}</p>
          <Link to="/profiles" search={{}} className={line} onClick={close}>
            <Icon name="swap" className="size-5" />
            <Trans>Switch profile</Trans>
          </Link>
          {profile && (
            <Link to="/history" className={line} onClick={close}>
              <Icon name="clock" className="size-5" />
              <Trans>History</Trans>
            </Link>
          )}
          {!profile?.isKids && (
            <Link to="/account" className={line} onClick={close}>
              <Icon name="gear" className="size-5" />
              <Trans>Account</Trans>
            </Link>
          )}
          {viewer.isStaff && (
            <div className="my-2 border-y border-line/60 py-2">
              <Link to="/studio" className={line} onClick={close}>
                <Icon name="upload" className="size-5" />
                <Trans>Add a film</Trans>
              </Link>
              <a href="/admin/" className={line}>
                <Icon name="film" className="size-5" />
                <Trans>Operate</Trans>
              </a>
            </div>
          )}
          <button
            type="button"
            className={line}
            onClick={() => signOut.mutate()}
            disabled={signOut.isPending}
          >
            <Icon name="signOut" className="size-5" />
            <Trans>Sign out</Trans>
          </button>
        </div>
      )}
    </div>
  );
}
