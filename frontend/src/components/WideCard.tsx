import { Link } from "@tanstack/react-router";
import type { ReactNode, Ref } from "react";
import { Icon } from "./Icon";
import { Picture } from "./Picture";
import { ProgressBar } from "./ProgressBar";
import { wideSizes } from "./pictureSizes";

interface WideCardProps {
  videoId: string;
  name: string;
  /** What a screen reader hears: the name and how much is left. */
  label: string;
  /** The line under the name. */
  line: ReactNode;
  picture: string | null;
  srcSet?: string | null;
  blurhash?: string | null;
  watched: number | null;
  tabIndex?: number;
  ref?: Ref<HTMLAnchorElement>;
}

/** A still that goes straight on with what was begun. */
export function WideCard({
  videoId,
  name,
  label,
  line,
  picture,
  srcSet,
  blurhash,
  watched,
  tabIndex,
  ref,
}: WideCardProps) {
  return (
    <Link
      to="/watch/$videoId"
      params={{ videoId }}
      ref={ref}
      tabIndex={tabIndex}
      aria-label={label}
      className="card"
    >
      <span className="card-body">
        <span className="card-picture aspect-video">
          <Picture
            src={picture}
            srcSet={srcSet}
            sizes={wideSizes}
            blurhash={blurhash}
            className="absolute inset-0"
          />
          {!picture && <span className="card-name">{name}</span>}
          <span aria-hidden="true" className="card-play">
            <Icon name="play" className="size-7" />
          </span>
          {watched !== null && <ProgressBar part={watched} className="absolute inset-x-2.5 bottom-2.5" />}
        </span>
        <span className="mt-2 flex items-baseline justify-between gap-3 px-0.5">
          <span className="truncate font-[620] text-paper">{name}</span>
          <span className="tabular shrink-0 text-fine text-faint">{line}</span>
        </span>
      </span>
    </Link>
  );
}
