import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { TitleCardFragment } from "@/gql/documents";
import { duration, seasons } from "@/lib/format";
import { useProfileKey } from "@/lib/session";
import { titleQuery } from "@/lib/titles";
import { Clip } from "./Clip";
import { Facts } from "./Facts";
import { Icon } from "./Icon";
import { Picture } from "./Picture";
import { PlayCircle } from "./PlayButton";
import { previewSizes } from "./pictureSizes";
import { Readiness } from "./Readiness";
import { ListButton, ThumbButtons } from "./ShelfButtons";
import { useGrowing } from "./useGrowing";

interface CardPreviewProps {
  title: TitleCardFragment;
  /** The card that it opens over. */
  over: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Puts a box over the middle of another, inside the window, in the page's own coordinates, so that it scrolls along. */
function place(box: HTMLElement, over: HTMLElement): void {
  const card = over.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const margin = 12;
  const width = Math.min(room - 2 * margin, Math.max(320, Math.min(430, card.width * 1.55)));
  box.style.width = `${width}px`;
  const height = box.offsetHeight;
  const left = card.left + card.width / 2 - width / 2;
  const top = card.top + card.height / 2 - height / 2;
  const within = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
  box.style.left = `${within(left, margin, room - width - margin) + window.scrollX}px`;
  box.style.top = `${within(top, 70, Math.max(70, window.innerHeight - height - margin)) + window.scrollY}px`;
}

/**
 * What a card opens into: its moving picture, what can be done with it, and its facts. It stands in the browser's top layer,
 * where no row cuts it off, and right behind its card for whoever goes by Tab.
 */
export function CardPreview({ title: card, over, onClose }: CardPreviewProps) {
  const { t } = useLingui();
  const who = useProfileKey();
  const box = useRef<HTMLDivElement>(null);
  const grow = useGrowing(card);
  const title = useQuery(titleQuery(who, card.slug)).data?.title;
  const next = title?.__typename === "Series" ? title.nextEpisode : null;
  const video = title?.__typename === "Series" ? next?.video : title?.video;
  const length =
    title?.__typename === "Series"
      ? seasons(title.seasonCount)
      : video?.durationSeconds
        ? duration(video.durationSeconds)
        : null;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !over.current) return;
    element.showPopover?.();
    place(element, over.current);
  }, [over]);

  // The row it stands in has gone on beneath it, or the window is another.
  useEffect(() => {
    const onScroll = (event: Event) => {
      if (event.target instanceof Element && over.current && event.target.contains(over.current)) onClose();
    };
    document.addEventListener("scroll", onScroll, { capture: true, passive: true });
    window.addEventListener("resize", onClose);
    return () => {
      document.removeEventListener("scroll", onScroll, { capture: true });
      window.removeEventListener("resize", onClose);
    };
  }, [over, onClose]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form
    <div ref={box} popover="manual" role="group" aria-label={card.name} className="preview">
      {/* The card under it is the same link, for those who go by keyboard or ear. */}
      <Link
        to="/title/$slug"
        params={{ slug: card.slug }}
        viewTransition
        tabIndex={-1}
        aria-hidden="true"
        className="preview-picture"
        onClick={grow}
      >
        <span data-picture className="absolute inset-0 block">
          <Picture
            src={card.artwork.backdropUrl ?? card.artwork.posterUrl}
            srcSet={title?.artwork.backdropSrcset}
            sizes={previewSizes}
            blurhash={title?.artwork.backdropBlurhash ?? card.artwork.blurhash}
            className="absolute inset-0"
          />
        </span>
        <span className="preview-name">{card.name}</span>
      </Link>
      <div className="grid gap-3 p-4">
        <div className="flex items-center gap-2">
          <PlayCircle video={video ?? null} name={card.name} />
          <ListButton title={card} small />
          <ThumbButtons title={card} small />
          <Link
            to="/title/$slug"
            params={{ slug: card.slug }}
            viewTransition
            aria-label={t`More about ${card.name}`}
            title={t`More`}
            className="ms-auto inline-grid size-10 place-items-center rounded-full border border-control/70 text-paper transition-colors duration-(--press) hover:border-faint hover:bg-line focus-visible:rounded-full"
            onClick={grow}
          >
            <Icon name="down" className="size-5" />
          </Link>
        </div>
        <Facts title={card} more={[length]} className="text-fine text-soft" />
        <Readiness of={card} className="justify-self-start" />
        <p className="line-clamp-2 min-h-[2lh] text-fine text-soft">{title?.synopsis}</p>
        <p className="truncate text-fine text-faint">
          {title?.genres.map((genre) => genre.name).join(" · ") || "\u00a0"}
        </p>
      </div>
      {/* Over the picture; last, so that Play comes before its stop for whoever goes by Tab. */}
      {video?.previewUrl && <Clip key={video.id} src={video.previewUrl} afterSeconds={0} within="preview" />}
    </div>
  );
}
