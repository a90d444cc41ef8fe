import { Trans, useLingui } from "@lingui/react/macro";
import { ButtonLink } from "@/components/Button";
import { Clip } from "@/components/Clip";
import { Facts } from "@/components/Facts";
import { Picture } from "@/components/Picture";
import { PlayButton } from "@/components/PlayButton";
import { fullSizes } from "@/components/pictureSizes";
import { Readiness } from "@/components/Readiness";
import { ListButton } from "@/components/ShelfButtons";
import { useGrowing } from "@/components/useGrowing";
import type { HomeQuery } from "@/gql/documents";
import { duration, seasons } from "@/lib/format";

type HeroTitle = NonNullable<HomeQuery["home"]["hero"]>;

/** The film of the evening, over the first two thirds of the window. */
export function Hero({ title }: { title: HeroTitle }) {
  const { t } = useLingui();
  const grow = useGrowing(title);
  const video = title.__typename === "Series" ? title.nextEpisode?.video : title.video;
  const length =
    title.__typename === "Series"
      ? seasons(title.seasonCount)
      : video?.durationSeconds
        ? duration(video.durationSeconds)
        : null;
  return (
    <section aria-label={t`Tonight`} className="hero-box">
      <Picture
        src={title.artwork.backdropUrl}
        srcSet={title.artwork.backdropSrcset}
        sizes={fullSizes}
        blurhash={title.artwork.backdropBlurhash}
        first
        className="absolute inset-0"
        imageClassName="object-[50%_25%]"
      />
      {video?.previewUrl && <Clip key={video.id} src={video.previewUrl} />}
      <div className="hero-scrim" />
      <div className="gutters absolute inset-x-0 bottom-16 grid max-w-3xl gap-3 sm:bottom-28 sm:gap-4">
        <h1 className="text-display leading-[0.98] tracking-[-0.035em] wrap-anywhere">{title.name}</h1>
        <Facts
          title={title}
          more={[
            length,
            title.genres
              .map((genre) => genre.name)
              .slice(0, 2)
              .join(", "),
          ]}
          className="text-soft"
        />
        <p className="line-clamp-2 max-w-xl text-lead text-soft">{title.synopsis}</p>
        <div className="mt-1 flex flex-wrap items-center gap-3">
          <PlayButton
            video={video ?? null}
            episode={
              title.__typename === "Series" && title.nextEpisode
                ? t`S${title.nextEpisode.season.number} E${title.nextEpisode.number}`
                : null
            }
          />
          <ButtonLink
            to="/title/$slug"
            params={{ slug: title.slug }}
            viewTransition
            size="large"
            icon="info"
            onClick={grow}
          >
            <Trans>More</Trans>
          </ButtonLink>
          <ListButton title={title} />
          <Readiness of={title} />
        </div>
      </div>
    </section>
  );
}
