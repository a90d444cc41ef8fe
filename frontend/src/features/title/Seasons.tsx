import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Icon } from "@/components/Icon";
import { EpisodeLine } from "./EpisodeLine";
import type { SeriesTitle } from "./types";

/** A menu of seasons and the chosen one's episodes; it opens where one is in the series. */
export function Seasons({ title }: { title: SeriesTitle }) {
  const { t } = useLingui();
  const seasons = title.seasons;
  const here = seasons.findIndex((season) => season.number === title.nextEpisode?.season.number);
  const [chosen, setChosen] = useState(Math.max(0, here));
  const season = seasons[chosen];
  if (!season) return null;

  const nameOf = (number: number, name: string | null) => name || t`Season ${number}`;
  const episodes = season.episodes.edges.flatMap((edge) => (edge?.node ? [edge.node] : []));
  return (
    <section aria-labelledby="episodes" className="gutters">
      <div className="flex flex-wrap items-center justify-between gap-4 border-b border-line/70 pb-4">
        <h2 id="episodes" className="text-heading">
          <Trans>Episodes</Trans>
        </h2>
        {seasons.length > 1 ? (
          <span className="relative">
            <select
              aria-label={t`Season`}
              value={chosen}
              onChange={(event) => setChosen(Number(event.target.value))}
              className="min-h-11 appearance-none rounded-full border border-control bg-raised ps-5 pe-11 font-[620] text-paper transition-colors duration-(--press) hover:border-faint focus-visible:rounded-full"
            >
              {seasons.map(({ id, number, name }, index) => (
                <option key={id} value={index}>
                  {nameOf(number, name)}
                </option>
              ))}
            </select>
            <Icon name="down" className="pointer-events-none absolute end-4 top-3.5 size-4" />
          </span>
        ) : (
          <span className="text-faint">{nameOf(season.number, season.name)}</span>
        )}
      </div>
      <ol>
        {episodes.map((episode) => (
          <EpisodeLine key={episode.id} episode={episode} picture={title.artwork?.backdropUrl ?? null} />
        ))}
      </ol>
    </section>
  );
}
