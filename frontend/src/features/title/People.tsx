import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { roleName } from "@/lib/roles";
import type { Title } from "./types";

interface Group {
  role: string;
  people: { id: string; name: string; character: string | null }[];
}

/** Credits by role, in the order in which the roles first come. */
function byRole(title: Title): Group[] {
  const groups = new Map<string, Group>();
  for (const { node } of title.credits.edges) {
    const { role, character, person } = node;
    const group = groups.get(role) ?? { role, people: [] };
    group.people.push({ ...person, character: character || null });
    groups.set(role, group);
  }
  return [...groups.values()];
}

/** The programme's list of those who made it; a name leads to what else they made. */
export function People({ title }: { title: Title }) {
  const groups = byRole(title);
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="people">
      <h2 id="people" className="sr-only">
        <Trans>People</Trans>
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-3">
        {groups.map(({ role, people }) => (
          <div key={role} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-faint">{roleName(role)}</dt>
            <dd className="grid gap-1">
              {people.map((person) => (
                <span key={`${person.id}/${person.character}`}>
                  <Link to="/person/$id" params={{ id: person.id }} className="text-link">
                    {person.name}
                  </Link>
                  {person.character && <span className="ms-2 text-faint">{person.character}</span>}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
