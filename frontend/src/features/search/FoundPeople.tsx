import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/components/Icon";
import { roleName } from "@/lib/roles";
import type { Found } from "./people";

/** People whose name was typed; each leads to all that they made. */
export function FoundPeople({ people }: { people: readonly Found[] }) {
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="found-people" className="grid gap-4">
      <h2 id="found-people" className="text-heading">
        <Trans>People</Trans>
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-3">
        {people.map(({ id, name, roles }) => (
          <li key={id}>
            <Link
              to="/person/$id"
              params={{ id }}
              className="flex min-h-16 items-center gap-4 rounded-xl bg-raised px-4 py-2.5 transition-colors duration-(--press) hover:bg-float"
            >
              <span className="grid size-10 shrink-0 place-items-center rounded-full bg-(--glow) text-amber">
                <Icon name="person" className="size-5" />
              </span>
              <span className="grid min-w-0">
                <span className="truncate font-[620] text-paper">{name}</span>
                <span className="truncate text-fine text-faint">{roles.map(roleName).join(", ")}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
