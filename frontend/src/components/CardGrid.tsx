import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, memo, useRef } from "react";
import type { TitleCardFragment } from "@/gql/documents";
import { Card } from "./Card";

/** Cards of a block: a multiple of every number of columns (tokens.css), so that a block is whole lines. */
const blockSize = 24;

interface CardGridProps {
  titles: readonly TitleCardFragment[];
  /** A line under a title's picture; every card has one then. */
  lineOf?: (title: TitleCardFragment) => string;
}

/**
 * Cards in lines that break where the window ends; arrow keys go to the neighbour on each side. A thousand of them scroll
 * like ten: they stand in blocks, and the browser skips the blocks that are not near (cards.css).
 */
export function CardGrid({ titles, lineOf }: CardGridProps) {
  const list = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const cards = [...(list.current?.querySelectorAll<HTMLElement>(".card") ?? [])];
    const at = cards.indexOf(document.activeElement as HTMLElement);
    if (at < 0 || !list.current) return;
    const style = getComputedStyle(list.current);
    const across = Number(style.getPropertyValue("--columns")) || 1;
    const forward = style.direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: across, ArrowUp: -across }[event.key];
    const there = step === undefined ? undefined : cards[at + step];
    if (!there) return;
    there.focus();
    event.preventDefault();
  };

  const blocks: TitleCardFragment[][] = [];
  for (let at = 0; at < titles.length; at += blockSize) blocks.push(titles.slice(at, at + blockSize));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a ul takes nothing but li, and the blocks stand between
    <div
      ref={list}
      role="list"
      className="card-grid"
      data-lines={lineOf ? true : undefined}
      onKeyDown={onKeyDown}
    >
      {blocks.map((block) => (
        <Block key={block[0]?.id} titles={block} lineOf={lineOf} />
      ))}
    </div>
  );
}

interface BlockProps {
  titles: readonly TitleCardFragment[];
  lineOf: ((title: TitleCardFragment) => string) | undefined;
}

const Block = memo(
  function Block({ titles, lineOf }: BlockProps) {
    return (
      <div role="presentation" className="card-block" style={{ "--items": titles.length }}>
        {titles.map((title) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          <div key={title.id} role="listitem">
            <Card title={title} line={lineOf ? lineOf(title) : null} />
          </div>
        ))}
      </div>
    );
  },
  // More at the end of a long page leaves all that stood there as it was.
  (before, after) =>
    before.lineOf === after.lineOf &&
    before.titles.length === after.titles.length &&
    before.titles.every((title, index) => title === after.titles[index]),
);

const places = Array.from({ length: blockSize }, (_, place) => place);

export function CardGridSkeleton() {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`Loading`} className="skeletons card-grid">
      <div className="card-block" style={{ "--items": blockSize }}>
        {places.map((place) => (
          <div key={place} className="skeleton aspect-[2/3]" />
        ))}
      </div>
    </div>
  );
}

/** A page of cards below its name. */
export function CardPageSkeleton() {
  return (
    <div className="page-top gutters grid gap-8 pb-28">
      <div className="skeleton h-[1lh] w-72 text-title" />
      <CardGridSkeleton />
    </div>
  );
}
