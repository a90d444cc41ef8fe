import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Choice } from "@/components/Choice";
import { MoreBelow } from "@/components/MoreBelow";
import { SeasonEpisodesDocument } from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { useRest } from "@/lib/pages";
import { useProfileKey } from "@/lib/session";
import { EpisodeLine } from "./EpisodeLine";
import type { Season, SeriesTitle } from "./types";

/** A menu of seasons and the chosen one's episodes; it opens where one is in the series. */
export function Seasons({ title }: { title: SeriesTitle }) {
  const { t } = useLingui();
  const seasons = title.seasons;
  const here = seasons.findIndex((season) => season.number === title.nextEpisode?.season.number);
  const [chosen, setChosen] = useState(Math.max(0, here));
  const season = seasons[chosen];
  if (!season) return null;

  const nameOf = ({ number, name }: Season) => name || (number === 0 ? t`Specials` : t`Season ${number}`);
  return (
    <section aria-labelledby="episodes" className="gutters">
      <div className="flex flex-wrap items-center justify-between gap-4 border-b border-line/70 pb-4">
        <h2 id="episodes" className="text-heading">
          <Trans>Episodes</Trans>
        </h2>
        {seasons.length > 1 ? (
          <Choice label={t`Season`} value={String(chosen)} onChange={(value) => setChosen(Number(value))}>
            {seasons.map((one, index) => (
              <option key={one.id} value={index}>
                {nameOf(one)}
              </option>
            ))}
          </Choice>
        ) : (
          <span className="text-faint">{nameOf(season)}</span>
        )}
      </div>
      <Episodes key={season.id} season={season} title={title} />
    </section>
  );
}

/** The episodes that came with the page, and, of a long season, those after them as one gets there. */
function Episodes({ season, title }: { season: Season; title: SeriesTitle }) {
  const who = useProfileKey();
  const { nodes: episodes, foot } = useRest(season.episodes, {
    queryKey: [who, "season", season.id, season.episodes.pageInfo.endCursor],
    ask: (after, signal) => execute(SeasonEpisodesDocument, { id: season.id, after }, signal),
    listOf: (answer) => (answer.node && "episodes" in answer.node ? answer.node.episodes : null),
    fresh: true,
  });
  return (
    <>
      <ol>
        {episodes.map((episode) => (
          <EpisodeLine
            key={episode.id}
            episode={episode}
            title={title}
            next={episode.id === title.nextEpisode?.id}
          />
        ))}
      </ol>
      {season.episodes.pageInfo.hasNextPage && (
        <div className="pt-6">
          <MoreBelow {...foot} />
        </div>
      )}
    </>
  );
}
