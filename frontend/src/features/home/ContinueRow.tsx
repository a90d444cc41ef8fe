import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Row } from "@/components/Row";
import { WideCard } from "@/components/WideCard";
import { ContinueDocument } from "@/gql/documents";
import { timeLeft, watchedPart } from "@/lib/format";
import { execute } from "@/lib/graphql/client";
import { useProfileKey, useViewer } from "@/lib/session";

/** What this profile began and has not finished; no row at all when there is nothing. */
export function ContinueRow() {
  const { t } = useLingui();
  const who = useProfileKey();
  const viewer = useViewer();
  const query = useQuery({
    queryKey: [who, "continue"],
    queryFn: ({ signal }) => execute(ContinueDocument, {}, signal),
    enabled: !!viewer?.activeProfile,
    // One comes back here from watching: what is left is never older than that.
    staleTime: 0,
  });
  const items =
    query.data?.viewer?.activeProfile?.continueWatching?.edges.flatMap((edge) =>
      edge?.node?.video && edge.node.title ? [edge.node] : [],
    ) ?? [];
  if (items.length === 0) return null;

  return (
    <Row
      name={`${who}/continue`}
      heading={<Trans>Continue watching</Trans>}
      items={items}
      wide
      itemKey={({ video }) => video.id}
    >
      {({ video, title }, focus) => {
        const left =
          video.progress && video.durationSeconds
            ? timeLeft(video.progress.positionSeconds, video.durationSeconds)
            : "";
        return (
          <WideCard
            videoId={video.id}
            name={title.name}
            label={left ? t`Resume ${title.name}, ${left}` : t`Resume ${title.name}`}
            line={left}
            picture={title.artwork?.backdropUrl ?? null}
            blurhash={title.artwork?.blurhash ?? null}
            watched={watchedPart(video.progress, video.durationSeconds)}
            {...focus}
          />
        );
      }}
    </Row>
  );
}
