import { Icon } from "./Icon";

/** What is wrong with a form as a whole, said at once to those who do not see it. */
export function FormFault({ children }: { children: string | null }) {
  return (
    <div role="alert" className="empty:hidden">
      {children && (
        <p className="flex items-start gap-2.5 rounded-card border border-red/50 bg-red/10 px-3.5 py-2.5 text-paper">
          <Icon name="warning" className="mt-0.5 size-5 text-red" />
          {children}
        </p>
      )}
    </div>
  );
}
