import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

interface EmptyStateProps {
  icon: IconName;
  heading: ReactNode;
  /** What will be here and how it comes. */
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon, heading, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-6 py-20 text-center">
      <span className="mb-1 grid size-20 place-items-center rounded-full bg-(--glow) text-amber">
        <Icon name={icon} className="size-9" />
      </span>
      <h2 className="text-heading">{heading}</h2>
      <p>{children}</p>
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
