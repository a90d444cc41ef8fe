import { Plural, useLingui } from "@lingui/react/macro";
import { useParams } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { CardGrid, CardPageSkeleton } from "@/components/CardGrid";
import { MoreBelow } from "@/components/MoreBelow";
import { NotFound } from "@/components/NotFound";
import { PageFault } from "@/components/PageFault";
import { PersonPageDocument, type TitleCardFragment } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { usePages } from "@/lib/pages";
import { roleName } from "@/lib/roles";
import { useProfileKey } from "@/lib/session";
import { usePageTitle } from "@/lib/title";

interface Credit {
  role: string;
  character: string | null;
  title: TitleCardFragment;
}

/** Each title once, in the order of its first credit, and all that the person did for it in one line. */
function worksOf(credits: readonly Credit[], as: (character: string) => string) {
  const lines = new Map<string, string[]>();
  const titles: TitleCardFragment[] = [];
  for (const { role, character, title } of credits) {
    let line = lines.get(title.id);
    if (!line) {
      line = [];
      lines.set(title.id, line);
      titles.push(title);
    }
    const did = character ? as(character) : roleName(role);
    if (!line.includes(did)) line.push(did);
  }
  return { titles, lines };
}

/** Somebody who made films or is in them, and which. */
export function PersonPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: "/shell/member/person/$id" });
  const who = useProfileKey();
  const { query, first, nodes, foot } = usePages({
    queryKey: [who, "person", id],
    ask: (after, signal) => execute(PersonPageDocument, { id, after }, signal),
    listOf: (answer) => (answer.node && "credits" in answer.node ? answer.node.credits : null),
  });
  const person = first?.node && "credits" in first.node ? first.node : null;
  usePageTitle(person?.name ?? null);
  const as = useCallback((character: string) => t`as ${character}`, [t]);
  const { titles, lines } = useMemo(() => worksOf(nodes, as), [nodes, as]);
  const lineOf = useCallback((title: TitleCardFragment) => lines.get(title.id)?.join(", ") ?? "", [lines]);

  if (query.isPending) return <CardPageSkeleton />;
  if (query.isError && !person) return <PageFault query={query} />;
  if (!person) return <NotFound />;
  const roles = [...new Set(nodes.map(({ role }) => roleName(role)))];
  return (
    <div className="page-top gutters grid gap-8 pb-28">
      <header className="grid gap-1.5">
        <h1 className="text-title">{person.name}</h1>
        <p className="tabular text-faint">
          {roles.join(" · ")}
          {roles.length > 0 && " · "}
          <Plural value={titles.length} one="# title" other="# titles" />
        </p>
      </header>
      <CardGrid titles={titles} lineOf={lineOf} />
      <MoreBelow {...foot} />
    </div>
  );
}
