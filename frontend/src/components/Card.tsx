import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Ref } from "react";
import type { TitleCardFragment } from "@/gql/documents";
import { cardKey } from "@/lib/cards";
import { percent } from "@/lib/format";
import { useProfileKey } from "@/lib/session";
import { Facts } from "./Facts";
import { Picture } from "./Picture";
import { isGettingReady, isStillToCome, ReadinessStrip } from "./Readiness";

interface CardProps {
  title: TitleCardFragment;
  /** Its place, where the row is an order of merit. */
  rank?: number;
  tabIndex?: number;
  ref?: Ref<HTMLAnchorElement>;
}

/** A poster that leads to its title's page; on a dwell or with the keyboard on it, it lifts and says its facts. */
export function Card({ title, rank, tabIndex, ref }: CardProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const who = useProfileKey();
  const words = [rank ? t`Number ${rank}` : "", title.name];
  if (isGettingReady(title)) words.push(t`Getting ready, ${percent(title.readiness)} %`);
  if (isStillToCome(title)) words.push(t`Coming soon`);

  return (
    <Link
      to="/title/$slug"
      params={{ slug: title.slug }}
      viewTransition
      ref={ref}
      tabIndex={tabIndex}
      aria-label={words.filter(Boolean).join(", ")}
      className="card"
      data-ranked={rank ? true : undefined}
      onClick={(event) => {
        // The title's page begins with what the card already knows, and its picture grows out of this one.
        client.setQueryData(cardKey(who, title.slug), title);
        // Two of that name on one page would stop both: a title's own page gives it up for the card pressed on it.
        document.querySelector<HTMLElement>(".film")?.style.setProperty("view-transition-name", "none");
        event.currentTarget
          .querySelector<HTMLElement>("[data-picture]")
          ?.style.setProperty("view-transition-name", "film");
      }}
    >
      {rank && (
        <span aria-hidden="true" className="card-rank tabular">
          {rank}
        </span>
      )}
      <span className="card-body">
        <span data-picture className="card-picture aspect-[2/3]">
          <Picture
            src={title.artwork.posterUrl}
            blurhash={title.artwork.blurhash}
            className="absolute inset-0"
          />
          {!title.artwork.posterUrl && <span className="card-name">{title.name}</span>}
          <ReadinessStrip of={title} />
          <span aria-hidden="true" className="card-facts">
            <span className="line-clamp-2 leading-tight font-[620]">{title.name}</span>
            <Facts title={title} className="text-fine opacity-85" />
          </span>
        </span>
      </span>
    </Link>
  );
}
