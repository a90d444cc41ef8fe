import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Clip } from "@/components/Clip";
import { Facts } from "@/components/Facts";
import { Picture } from "@/components/Picture";
import { PlayButton } from "@/components/PlayButton";
import { fullSizes } from "@/components/pictureSizes";
import { isGettingReady, Readiness } from "@/components/Readiness";
import { ListButton, ThumbButtons } from "@/components/ShelfButtons";
import type { TitleCardFragment } from "@/gql/documents";
import { duration, goesOn, seasons } from "@/lib/format";
import type { Title } from "./types";

interface MastheadProps {
  /** What is known at once. */
  card: TitleCardFragment;
  /** What comes with the page's own answer. */
  title?: Title;
}

/** The head of a title's page: its picture, its name, its facts, and Play. */
export function Masthead({ card, title }: MastheadProps) {
  const { t } = useLingui();
  const next = title?.__typename === "Series" ? title.nextEpisode : null;
  const video = title?.__typename === "Series" ? next?.video : title?.video;
  const length =
    title?.__typename === "Series"
      ? seasons(title.seasonCount)
      : video?.durationSeconds
        ? duration(video.durationSeconds)
        : null;
  const goes = goesOn(title?.availableUntil, new Date());
  const original = title?.originalName && title.originalName !== title.name ? title.originalName : null;
  return (
    <header className="hero-box title-box">
      <div className="film absolute inset-0">
        <Picture
          // Its sizes come with the page's answer: before, only the blur, or two sizes would be fetched.
          src={title?.artwork.backdropUrl}
          srcSet={title?.artwork.backdropSrcset}
          sizes={fullSizes}
          blurhash={title?.artwork.backdropBlurhash ?? card.artwork.blurhash}
          first
          className="absolute inset-0"
          imageClassName="object-[50%_25%]"
        />
        {video?.previewUrl && <Clip key={video.id} src={video.previewUrl} />}
        <div className="hero-scrim" />
      </div>
      <div className="gutters absolute inset-x-0 bottom-6 grid max-w-4xl gap-3 sm:bottom-10 sm:gap-4">
        {original && <p className="text-soft italic">{original}</p>}
        <h1 className="text-display leading-[0.98] tracking-[-0.035em] wrap-anywhere">{card.name}</h1>
        <Facts title={card} more={[length, goes && t`Here until ${goes}`]} className="text-soft" />
        {title && title.genres.length > 0 && (
          <ul aria-label={t`Genres`} className="flex flex-wrap gap-2">
            {title.genres.map((genre) => (
              <li key={genre.slug}>
                <Link
                  to="/browse"
                  search={{ genre: genre.slug }}
                  className="inline-flex min-h-8 items-center rounded-full border border-control/60 bg-ink/40 px-3 text-fine text-soft transition-colors duration-(--press) hover:border-amber hover:text-paper focus-visible:rounded-full"
                >
                  {genre.name}
                </Link>
              </li>
            ))}
          </ul>
        )}
        <div className="mt-1 flex min-h-12 flex-wrap items-center gap-3">
          <PlayButton
            video={video ?? null}
            episode={next ? t`S${next.season.number} E${next.number}` : null}
          />
          <ListButton title={card} />
          <ThumbButtons title={card} />
          <Readiness of={card} className="min-h-10 px-4 text-body" />
          {title && !video?.isPlayable && !isGettingReady(card) && (
            <p className="text-paper">
              <Trans>Its film is on the way and shows up here by itself.</Trans>
            </p>
          )}
        </div>
      </div>
    </header>
  );
}
