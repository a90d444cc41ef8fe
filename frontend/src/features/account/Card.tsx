import type { ReactNode } from "react";
import { useId } from "react";

interface CardProps {
  heading: ReactNode;
  /** What it is good for, in a sentence. */
  about?: ReactNode;
  /** What can be done with the whole of it. */
  action?: ReactNode;
  children?: ReactNode;
}

/** One matter of the account. */
export function Card({ heading, about, action, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-4 rounded-2xl border border-line/60 bg-raised p-5 sm:p-6"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1">
          <h2 id={id} className="text-heading wrap-anywhere">
            {heading}
          </h2>
          {about && <p className="max-w-prose text-pretty text-faint">{about}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}

/** Lines of a card, each with its name and what there is. */
export function Lines({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-line/60">{children}</dl>;
}

export function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-8 gap-y-1.5 py-4 first:pt-0 last:pb-0 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <dt className="pt-1.5 text-faint">{name}</dt>
      <dd className="flex min-h-9 min-w-0 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {children}
      </dd>
    </div>
  );
}
