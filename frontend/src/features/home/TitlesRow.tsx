import { Card } from "@/components/Card";
import { Row } from "@/components/Row";
import { type HomeQuery, RowTitlesDocument, type TitleCardFragment } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { useRest } from "@/lib/pages";
import { useProfileKey } from "@/lib/session";

type HomeRow = NonNullable<HomeQuery["home"]>["rows"]["edges"][number]["node"];

/** A shelf of the home page: what came with the page first, and what follows as one gets there. */
export function TitlesRow({ row }: { row: HomeRow }) {
  const who = useProfileKey();
  const { nodes, foot } = useRest(row.titles, {
    queryKey: [who, "row", row.id, row.titles.pageInfo.endCursor],
    ask: (after, signal) => execute(RowTitlesDocument, { id: row.id, after }, signal),
    listOf: (answer) => (answer.node && "titles" in answer.node ? answer.node.titles : null),
  });
  // A row that has changed since may bring again what stands here already.
  const cards = [...new Map<string, TitleCardFragment>(nodes.map((title) => [title.id, title])).values()];
  const onNearEnd = () => {
    if (!foot.failed) foot.onMore();
  };
  return (
    <Row
      name={`${who}/${row.id}`}
      heading={row.heading}
      items={cards}
      ranked={row.kind === "TOP_TEN"}
      itemKey={(card) => card.id}
      onNearEnd={foot.more ? onNearEnd : undefined}
    >
      {(card, focus, index) => (
        <Card title={card} {...focus} {...(row.kind === "TOP_TEN" && { rank: index + 1 })} />
      )}
    </Row>
  );
}
