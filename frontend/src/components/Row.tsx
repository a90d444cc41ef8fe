import { useLingui } from "@lingui/react/macro";
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Icon } from "./Icon";
import { places } from "./rowPlaces";

interface RowProps<Item> {
  /** Under which the row's place is remembered while the app is open. */
  name: string;
  heading: ReactNode;
  items: readonly Item[];
  wide?: boolean;
  /** An order of merit: each card has room for its numeral beside it. */
  ranked?: boolean;
  /** Called when there is less than a width of the row left to scroll to: time to fetch more. */
  onNearEnd?: (() => void) | undefined;
  itemKey: (item: Item) => string;
  /** Draws one card and hands the row's focus on to it. */
  children: (item: Item, focus: { tabIndex: number }, index: number) => ReactNode;
}

/** The cards of a list: the first link of each item. */
function cardsOf(list: Element | null | undefined): HTMLElement[] {
  return [...(list?.children ?? [])].flatMap((item) => item.querySelector<HTMLElement>("a") ?? []);
}

function focusNearest(row: Element | undefined, x: number): boolean {
  const links = cardsOf(row?.querySelector("[data-cards]"));
  let best: HTMLElement | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const link of links) {
    const box = link.getBoundingClientRect();
    const away = Math.abs(box.left + box.width / 2 - x);
    if (away < least) [best, least] = [link, away];
  }
  best?.focus();
  return best !== undefined;
}

/**
 * A shelf: touch and wheel scroll it, buttons page it, left and right move between cards, up and down between
 * shelves. One stop for Tab; it remembers where it was, both the card and the scroll.
 */
export function Row<Item>({
  name,
  heading,
  items,
  wide = false,
  ranked = false,
  onNearEnd,
  itemKey,
  children,
}: RowProps<Item>) {
  const { t } = useLingui();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(() => Math.min(places.get(name)?.card ?? 0, items.length - 1));
  const [edges, setEdges] = useState({ start: true, end: true });

  const nearEnd = useRef(onNearEnd);
  useEffect(() => {
    nearEnd.current = onNearEnd;
  });

  const look = useCallback(() => {
    const element = list.current;
    if (!element) return;
    const left = Math.abs(element.scrollLeft);
    const toGo = element.scrollWidth - left - element.clientWidth;
    setEdges((was) => {
      const now = { start: left < 8, end: toGo < 8 };
      return was.start === now.start && was.end === now.end ? was : now;
    });
    if (left > 0 && toGo < element.clientWidth) nearEnd.current?.();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: more cards make the row longer and not larger
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    if (typeof ResizeObserver === "undefined") {
      look();
      return;
    }
    // It looks at once, and when the page has been laid out anyway.
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [look, items.length]);

  useLayoutEffect(() => {
    const left = places.get(name)?.left;
    if (left && list.current) list.current.scrollLeft = left;
  }, [name]);

  const page = (direction: 1 | -1) => {
    const element = list.current;
    const forward = getComputedStyle(document.documentElement).direction === "rtl" ? -1 : 1;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element?.scrollBy({
      left: direction * forward * element.clientWidth * 0.8,
      behavior: still ? "instant" : "smooth",
    });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const links = cardsOf(event.currentTarget);
    const at = links.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const rightwards = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    const step: Record<string, number> = { ArrowRight: rightwards, ArrowLeft: -rightwards };
    const toward = step[event.key];
    if (toward !== undefined) links[at + toward]?.focus();
    else if (event.key === "Home") links[0]?.focus();
    else if (event.key === "End") links.at(-1)?.focus();
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const rows = [...document.querySelectorAll("[data-row]")];
      const here = rows.indexOf(event.currentTarget.closest("[data-row]") as Element);
      const box = links[at]?.getBoundingClientRect();
      const x = box ? box.left + box.width / 2 : 0;
      if (!focusNearest(rows[here + (event.key === "ArrowDown" ? 1 : -1)], x)) return;
    } else return;
    event.preventDefault();
  };

  return (
    <section
      data-row
      aria-labelledby={id}
      className="row"
      data-wide={wide || undefined}
      data-ranked={ranked || undefined}
    >
      <h2 id={id} className="gutters text-heading">
        {heading}
      </h2>
      <div className="relative">
        <ul
          ref={list}
          data-cards
          className="row-cards"
          onScroll={() => {
            places.set(name, { left: list.current?.scrollLeft ?? 0, card: current });
            look();
          }}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const item = event.target.closest("li");
            const index = item ? [...event.currentTarget.children].indexOf(item) : -1;
            if (index < 0) return;
            setCurrent(index);
            places.set(name, { left: list.current?.scrollLeft ?? 0, card: index });
            item?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
          }}
        >
          {items.map((item, index) => (
            <li key={itemKey(item)}>{children(item, { tabIndex: index === current ? 0 : -1 }, index)}</li>
          ))}
        </ul>
        {!edges.start && (
          <button
            type="button"
            tabIndex={-1}
            className="row-page start-0"
            aria-label={t`Back`}
            onClick={() => page(-1)}
          >
            <Icon name="left" className="size-8 rtl:-scale-x-100" />
          </button>
        )}
        {!edges.end && (
          <button
            type="button"
            tabIndex={-1}
            className="row-page end-0"
            aria-label={t`Further`}
            onClick={() => page(1)}
          >
            <Icon name="right" className="size-8 rtl:-scale-x-100" />
          </button>
        )}
      </div>
    </section>
  );
}
