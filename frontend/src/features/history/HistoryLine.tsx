import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/components/Icon";
import { Picture } from "@/components/Picture";
import { ProgressBar } from "@/components/ProgressBar";
import { stillSizes } from "@/components/pictureSizes";
import type { HistoryQuery } from "@/gql/documents";
import { timeLeft, timeOfDay, watchedPart } from "@/lib/format";

type Profile = NonNullable<NonNullable<HistoryQuery["viewer"]>["activeProfile"]>;
export type Watched = NonNullable<Profile["history"]>["edges"][number]["node"];

/** One thing that was watched, how far, and when: its picture goes on with it, its name leads to its page. */
export function HistoryLine({ item: { video, title, watchedAt } }: { item: Watched }) {
  const { t } = useLingui();
  const { episode, progress } = video;
  const watched = watchedPart(progress, video.durationSeconds);
  const when = new Date(watchedAt);
  const which = episode ? t`S${episode.season.number} E${episode.number}` : null;
  const picture = (
    <>
      <Picture
        src={episode?.stillUrl ?? title.artwork.backdropUrl}
        srcSet={episode?.stillUrl ? episode.stillSrcset : title.artwork.backdropSrcset}
        sizes={stillSizes}
        blurhash={episode?.stillUrl ? episode.stillBlurhash : title.artwork.backdropBlurhash}
        className="absolute inset-0"
      />
      {watched !== null && <ProgressBar part={watched} className="absolute inset-x-2 bottom-2" />}
    </>
  );
  return (
    <li className="flex items-center gap-4 border-b border-line/50 py-4 sm:gap-6">
      {video.isPlayable ? (
        <Link
          to="/watch/$videoId"
          params={{ videoId: video.id }}
          aria-label={
            progress?.completed
              ? t`Watch ${title.name} again`
              : watched === null
                ? t`Play ${title.name}`
                : t`Resume ${title.name}`
          }
          className="card card-picture aspect-video w-32 shrink-0 sm:w-52"
        >
          {picture}
          <span aria-hidden="true" className="card-play">
            <Icon name={progress?.completed ? "replay" : "play"} className="size-7" />
          </span>
        </Link>
      ) : (
        <span className="card-picture aspect-video w-32 shrink-0 sm:w-52">{picture}</span>
      )}
      <div className="grid min-w-0 grow gap-1">
        <Link
          to="/title/$slug"
          params={{ slug: title.slug }}
          className="justify-self-start text-lead leading-snug font-[620] text-paper wrap-anywhere hover:text-amber"
        >
          {title.name}
        </Link>
        {episode && (
          <p className="truncate text-soft">
            {which}
            {episode.name && ` · ${episode.name}`}
          </p>
        )}
        <p className="tabular text-fine text-faint">
          <time dateTime={watchedAt}>{timeOfDay(when)}</time>
          {" · "}
          {progress?.completed ? (
            <Trans>Watched to the end</Trans>
          ) : progress && video.durationSeconds ? (
            timeLeft(progress.positionSeconds, video.durationSeconds)
          ) : (
            <Trans>Begun</Trans>
          )}
        </p>
      </div>
    </li>
  );
}

export function HistorySkeleton() {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`Loading`} className="skeletons grid max-w-4xl">
      {[0, 1, 2, 3, 4].map((line) => (
        <div key={line} className="flex items-center gap-4 py-4 sm:gap-6">
          <div className="skeleton aspect-video w-32 shrink-0 sm:w-52" />
          <div className="grid grow gap-2.5">
            <div className="skeleton h-5 w-2/3 max-w-72" />
            <div className="skeleton h-4 w-1/3 max-w-40" />
          </div>
        </div>
      ))}
    </div>
  );
}
