import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/Wordmark";
import { Beam } from "./Beam";

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
          <h1 className="mb-6 text-title">{heading}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}
