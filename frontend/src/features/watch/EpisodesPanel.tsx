import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Icon } from "@/components/Icon";
import { Picture } from "@/components/Picture";
import { ProgressBar } from "@/components/ProgressBar";
import { Readiness } from "@/components/Readiness";
import { Spinner } from "@/components/Spinner";
import { WatchEpisodesDocument, type WatchEpisodesQuery } from "@/gql/documents";
import { duration, timeLeft, watchedPart } from "@/lib/format";
import { execute } from "@/lib/graphql/client";
import { useProfileKey } from "@/lib/session";

type Series = Extract<NonNullable<WatchEpisodesQuery["title"]>, { seasons: unknown }>;
type Season = Series["seasons"][number];
type Episode = NonNullable<NonNullable<Season["episodes"]["edges"][number]>["node"]>;

interface EpisodesPanelProps {
  slug: string;
  videoId: string;
  onChoose: (videoId: string) => void;
  onClose: () => void;
}

/** The series beside the film that is on: every episode, how far one is in it, and a press to watch it. */
export function EpisodesPanel({ slug, videoId, onChoose, onClose }: EpisodesPanelProps) {
  const { t } = useLingui();
  const who = useProfileKey();
  const { data, isPending, refetch } = useQuery({
    queryKey: [who, "episodes", slug],
    queryFn: ({ signal }) => execute(WatchEpisodesDocument, { slug }, signal),
  });
  const series = data?.title && "seasons" in data.title ? data.title : null;
  return (
    <Dialog heading={<Trans>Episodes</Trans>} className="drawer" onClose={onClose}>
      {series ? (
        <Seasons series={series} videoId={videoId} onChoose={onChoose} />
      ) : isPending ? (
        <div className="drawer-empty" role="img" aria-label={t`Loading`}>
          <Spinner className="size-10 text-amber" />
        </div>
      ) : (
        <div className="drawer-empty">
          <p>
            <Trans>The episodes could not be fetched.</Trans>
          </p>
          <Button icon="replay" onClick={() => void refetch()}>
            <Trans>Try again</Trans>
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function episodesOf(season: Season): Episode[] {
  return season.episodes.edges.flatMap((edge) => (edge?.node ? [edge.node] : []));
}

function Seasons({
  series,
  videoId,
  onChoose,
}: { series: Series } & Omit<EpisodesPanelProps, "slug" | "onClose">) {
  const { t } = useLingui();
  const here = series.seasons.findIndex((season) =>
    episodesOf(season).some(({ video }) => video?.id === videoId),
  );
  const [chosen, setChosen] = useState(Math.max(0, here));
  const season = series.seasons[chosen];
  if (!season) return null;
  return (
    <>
      {series.seasons.length > 1 && (
        <select
          aria-label={t`Season`}
          className="drawer-seasons"
          value={chosen}
          onChange={(event) => setChosen(Number(event.target.value))}
        >
          {series.seasons.map(({ id, number, name }, index) => (
            <option key={id} value={index}>
              {name || t`Season ${number}`}
            </option>
          ))}
        </select>
      )}
      <ol className="drawer-list">
        {episodesOf(season).map((episode) => (
          <EpisodeChoice
            key={episode.id}
            episode={episode}
            picture={series.artwork.backdropUrl}
            current={episode.video?.id === videoId}
            onChoose={onChoose}
          />
        ))}
      </ol>
    </>
  );
}

interface EpisodeChoiceProps {
  episode: Episode;
  picture: string | null;
  current: boolean;
  onChoose: (videoId: string) => void;
}

function EpisodeChoice({ episode, picture, current, onChoose }: EpisodeChoiceProps) {
  const { video, number, name } = episode;
  const watched = watchedPart(video?.progress, video?.durationSeconds);
  return (
    <li>
      <button
        type="button"
        className="drawer-episode"
        disabled={!video?.isPlayable}
        aria-current={current || undefined}
        data-first={current || undefined}
        onClick={() => video && onChoose(video.id)}
      >
        <span className="drawer-still">
          <Picture src={episode.stillUrl ?? picture} className="absolute inset-0" />
          {watched !== null && <ProgressBar part={watched} className="absolute inset-x-1.5 bottom-1.5" />}
        </span>
        <span className="grid min-w-0 content-start gap-0.5">
          <span className="drawer-name">
            {number}. {name}
          </span>
          <span className="tabular text-fine text-faint">
            {current ? (
              <Trans>On now</Trans>
            ) : watched !== null && video?.progress && video.durationSeconds ? (
              timeLeft(video.progress.positionSeconds, video.durationSeconds)
            ) : video?.durationSeconds ? (
              duration(video.durationSeconds)
            ) : null}
            {video?.progress?.completed && (
              <span className="drawer-seen">
                <Icon name="check" className="size-4" />
                <Trans>Watched</Trans>
              </span>
            )}
          </span>
          {video && <Readiness of={video} className="justify-self-start" />}
          <span className="drawer-synopsis">{episode.synopsis}</span>
        </span>
      </button>
    </li>
  );
}
