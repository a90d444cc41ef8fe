import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { Icon, type IconName } from "@/components/Icon";
import { Wordmark } from "@/components/Wordmark";
import { Beam } from "./Beam";

export const linkLook = "font-[620] text-amber underline-offset-4 hover:underline";

/** A lantern's beam on the wall, and in it the one thing to do. */
export function AuthFrame({ heading, children }: { heading: ReactNode; children: ReactNode }) {
  return (
    <div className="relative isolate flex min-h-dvh flex-col overflow-hidden">
      <Beam />
      <header className="gutters flex h-20 items-center">
        <Link to="/" className="inline-flex rounded-full">
          <Wordmark />
        </Link>
      </header>
      <main id="main" tabIndex={-1} className="grid grow place-items-center px-4 pb-20">
        <div className="w-full max-w-md rounded-2xl border border-line/60 bg-raised/85 p-6 shadow-float backdrop-blur-xl sm:p-9">
          <h1 className="mb-6 text-title wrap-anywhere hyphens-auto">{heading}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}

/** What has happened, in place of the form that was there; said at once, for the form had the keyboard. */
export function Notice({ icon = "check", children }: { icon?: IconName; children: ReactNode }) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.focus(), []);
  return (
    <div ref={notice} tabIndex={-1} role="status" className="flex gap-3 focus-visible:outline-none">
      <Icon name={icon} className={`mt-0.5 size-6 ${icon === "check" ? "text-green" : "text-amber"}`} />
      <div className="grid min-w-0 gap-4 wrap-anywhere">{children}</div>
    </div>
  );
}
