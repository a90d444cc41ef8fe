import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { memo, useRef } from "react";
import type { TitleCardFragment } from "@/gql/documents";
import { percent } from "@/lib/format";
import { CardPreview } from "./CardPreview";
import { Picture } from "./Picture";
import { posterSizes } from "./pictureSizes";
import { isGettingReady, isStillToCome, ReadinessStrip } from "./Readiness";
import { useDwell } from "./useDwell";
import { useGrowing } from "./useGrowing";

interface CardProps {
  title: TitleCardFragment;
  /** Its place, where the row is an order of merit. */
  rank?: number;
  tabIndex?: number;
  /** A line under the picture, where there is more to say than the poster does. */
  line?: string | null;
}

/** A poster that leads to its title's page; on a dwell or with the keyboard on it, it opens into a preview. */
export const Card = memo(function Card({ title, rank, tabIndex, line }: CardProps) {
  const { t } = useLingui();
  const picture = useRef<HTMLSpanElement>(null);
  const { open, close, handlers } = useDwell();
  const grow = useGrowing(title);
  const words = [rank ? t`Number ${rank}` : "", title.name, line ?? ""];
  if (isGettingReady(title)) words.push(t`Getting ready, ${percent(title.readiness)} %`);
  if (isStillToCome(title)) words.push(t`Coming soon`);

  return (
    <div className="card-place" {...handlers}>
      <Link
        to="/title/$slug"
        params={{ slug: title.slug }}
        viewTransition
        preloadDelay={150}
        tabIndex={tabIndex}
        aria-label={words.filter(Boolean).join(", ")}
        className="card"
        data-ranked={rank ? true : undefined}
        onClick={grow}
      >
        {rank && (
          <span aria-hidden="true" className="card-rank tabular">
            {rank}
          </span>
        )}
        <span className="card-body">
          <span ref={picture} data-picture className="card-picture aspect-[2/3]">
            <Picture
              src={title.artwork.posterUrl}
              srcSet={title.artwork.posterSrcset}
              sizes={posterSizes}
              blurhash={title.artwork.blurhash}
              className="absolute inset-0"
            />
            {!title.artwork.posterUrl && <span className="card-name">{title.name}</span>}
            <ReadinessStrip of={title} />
          </span>
        </span>
        {line && <span className="mt-1.5 block truncate text-fine text-faint">{line}</span>}
      </Link>
      {open && <CardPreview title={title} over={picture} onClose={close} />}
    </div>
  );
});
