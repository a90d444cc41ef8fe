import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Row } from "@/components/Row";
import { WideCard } from "@/components/WideCard";
import { timeLeft, watchedPart } from "@/lib/format";
import { useProfileKey, useViewer } from "@/lib/session";
import { RowSkeleton } from "./HomeSkeleton";
import { continueQuery } from "./query";

/**
 * What this profile began and has not finished; no row at all when there is nothing. Where the page's own answer says that
 * there is something, the row's place is kept until it comes, so that nothing moves.
 */
export function ContinueRow({ expected }: { expected: boolean }) {
  const { t } = useLingui();
  const who = useProfileKey();
  const viewer = useViewer();
  const query = useQuery({ ...continueQuery(who), enabled: !!viewer?.activeProfile });
  const items =
    query.data?.viewer?.activeProfile?.continueWatching?.edges.flatMap((edge) =>
      edge?.node?.video && edge.node.title ? [edge.node] : [],
    ) ?? [];
  if (items.length === 0) return expected && query.isPending ? <RowSkeleton wide /> : null;

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
        const { episode } = video;
        const which = episode ? t`S${episode.season.number} E${episode.number}` : "";
        const still = episode?.stillUrl ? episode : null;
        return (
          <WideCard
            videoId={video.id}
            name={title.name}
            label={[t`Resume ${title.name}`, which, left].filter(Boolean).join(", ")}
            line={[which, left].filter(Boolean).join(" · ")}
            picture={still ? still.stillUrl : title.artwork.backdropUrl}
            srcSet={still ? still.stillSrcset : title.artwork.backdropSrcset}
            blurhash={still ? still.stillBlurhash : title.artwork.backdropBlurhash}
            watched={watchedPart(video.progress, video.durationSeconds)}
            {...focus}
          />
        );
      }}
    </Row>
  );
}
