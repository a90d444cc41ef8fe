import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useRef } from "react";
import type { TitleCardFragment } from "@/gql/documents";
import { Card } from "./Card";

/** Cards in lines that break where the window ends; arrow keys go to the neighbour on each side. */
export function CardGrid({ titles }: { titles: readonly TitleCardFragment[] }) {
  const list = useRef<HTMLUListElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("li > a") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const top = links[0]?.offsetTop;
    const across = Math.max(1, links.filter((link) => link.offsetTop === top).length);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    const there = step === undefined ? undefined : links[at + step];
    if (!there) return;
    there.focus();
    event.preventDefault();
  };

  return (
    <ul ref={list} className="card-grid" onKeyDown={onKeyDown}>
      {titles.map((title) => (
        <li key={title.id}>
          <Card title={title} />
        </li>
      ))}
    </ul>
  );
}

const places = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

export function CardGridSkeleton() {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`Loading`} className="skeletons card-grid">
      {places.map((place) => (
        <div key={place} className="skeleton aspect-[2/3]" />
      ))}
    </div>
  );
}
