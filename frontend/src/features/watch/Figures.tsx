import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { number } from "@/lib/format";
import { bitrateLabel, levelLabel } from "@/lib/player/labels";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";

/** Figures for the curious, read twice a second while they are seen. */
export function Figures({ store }: { store: PlayerStore }) {
  const { t } = useLingui();
  const [figures, setFigures] = useState(() => store.figures());
  const levels = usePlayerState(store, (state) => state.levels);
  const level = levels[usePlayerState(store, (state) => state.currentLevel)];

  useEffect(() => {
    const timer = setInterval(() => setFigures(store.figures()), 500);
    return () => clearInterval(timer);
  }, [store]);

  if (!figures) return null;
  const rows: [string, string][] = [
    [t`Rung`, level ? `${levelLabel(level, levels)} · ${level.width}×${level.height}` : "–"],
    [t`Picture`, `${figures.width}×${figures.height}`],
    [t`Codec`, figures.codec || "–"],
    [t`Bit rate`, figures.bitrate ? bitrateLabel(figures.bitrate) : "–"],
    [t`Bandwidth`, figures.bandwidth ? bitrateLabel(figures.bandwidth) : "–"],
    [t`Buffer`, t`${number(figures.bufferedAhead, 1)} s`],
    [
      t`Frames dropped`,
      figures.framesShown === null ? "–" : t`${figures.framesDropped ?? 0} of ${figures.framesShown}`,
    ],
    [t`Engine`, figures.engine],
  ];
  return (
    <section className="figures" aria-labelledby="figures-heading" data-testid="figures">
      <h2 id="figures-heading" className="figures-heading">
        <Trans>Figures</Trans>
      </h2>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name} className="figures-row">
            <dt>{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
