import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/components/Icon";
import { Picture } from "@/components/Picture";
import { ProgressBar } from "@/components/ProgressBar";
import { stillSizes } from "@/components/pictureSizes";
import { Readiness } from "@/components/Readiness";
import { duration, timeLeft, watchedPart } from "@/lib/format";
import type { Episode, SeriesTitle } from "./types";

interface EpisodeLineProps {
  episode: Episode;
  title: SeriesTitle;
  /** Whether it is what one would watch next. */
  next: boolean;
}

/** One episode: its still, its name, what it is about, and how far one is in it. */
export function EpisodeLine({ episode, title, next }: EpisodeLineProps) {
  const { video } = episode;
  const watched = watchedPart(video.progress, video.durationSeconds);
  const body = (
    <>
      <span className="tabular w-7 shrink-0 text-center text-heading text-faint max-sm:hidden">
        {episode.number}
      </span>
      <span className="card-picture aspect-video w-32 shrink-0 self-start sm:w-52">
        <Picture
          src={episode.stillUrl ?? title.artwork.backdropUrl}
          srcSet={episode.stillUrl ? episode.stillSrcset : title.artwork.backdropSrcset}
          sizes={stillSizes}
          blurhash={episode.stillUrl ? episode.stillBlurhash : title.artwork.backdropBlurhash}
          className="absolute inset-0"
        />
        {video.isPlayable && (
          <span aria-hidden="true" className="card-play">
            <Icon name="play" className="size-7" />
          </span>
        )}
        {watched !== null && <ProgressBar part={watched} className="absolute inset-x-2 bottom-2" />}
      </span>
      <span className="grid min-w-0 grow content-start gap-1">
        <span className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="text-lead leading-snug font-[620] text-paper">
            <span className="sm:sr-only">{episode.number}. </span>
            {episode.name}
          </span>
          <span className="tabular text-fine text-faint">
            {watched !== null && video.progress && video.durationSeconds
              ? timeLeft(video.progress.positionSeconds, video.durationSeconds)
              : video.durationSeconds
                ? duration(video.durationSeconds)
                : null}
          </span>
        </span>
        {next && !video.progress && (
          <span className="text-fine font-[620] text-amber">
            <Trans>Up next</Trans>
          </span>
        )}
        {video.progress?.completed && (
          <span className="flex items-center gap-1.5 text-fine text-green">
            <Icon name="check" className="size-4" />
            <Trans>Watched</Trans>
          </span>
        )}
        <Readiness of={video} className="justify-self-start" />
        <span className="line-clamp-3 text-soft max-sm:hidden">{episode.synopsis}</span>
      </span>
    </>
  );
  const shape = "flex items-center gap-4 py-4 sm:gap-6 sm:py-5";
  return (
    <li className="border-b border-line/50">
      {video.isPlayable ? (
        <Link to="/watch/$videoId" params={{ videoId: video.id }} className={`card ${shape}`}>
          {body}
        </Link>
      ) : (
        <div className={`card ${shape}`}>{body}</div>
      )}
    </li>
  );
}
