import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { SubtitleKind } from "@/gql/documents";
import { countryName, languageName } from "@/lib/languages";
import type { Title } from "./types";

/** What stands in the small print of a programme: where it is from, what is spoken and what can be read along. */
export function Programme({ title }: { title: Title }) {
  const { t } = useLingui();
  const video = title.__typename === "Series" ? title.nextEpisode?.video : title.video;
  const kinds: Record<SubtitleKind, string> = {
    SUBTITLES: "",
    CAPTIONS: t`for those who do not hear`,
    FORCED: t`what is foreign`,
  };
  const sound = [...new Set(video?.audioTracks.map((track) => track.label) ?? [])];
  const read = [
    ...new Set(
      video?.subtitleTracks.map(({ label, kind }) => (kinds[kind] ? `${label} (${kinds[kind]})` : label)) ??
        [],
    ),
  ];
  const spoken =
    title.languages.length > 0 ? title.languages : title.originalLanguage ? [title.originalLanguage] : [];
  const lines: [ReactNode, ReactNode][] = [];
  if (title.countries.length > 0)
    lines.push([<Trans key="countries">Made in</Trans>, title.countries.map(countryName).join(", ")]);
  if (spoken.length > 0)
    lines.push([<Trans key="spoken">Spoken</Trans>, spoken.map(languageName).join(", ")]);
  if (sound.length > 0) lines.push([<Trans key="sound">Sound</Trans>, sound.join(", ")]);
  if (read.length > 0) lines.push([<Trans key="read">Subtitles</Trans>, read.join(", ")]);
  if (title.collections.length > 0)
    lines.push([
      <Trans key="part">Part of</Trans>,
      title.collections.map(({ slug, name }, index) => (
        <span key={slug}>
          {index > 0 && ", "}
          <Link to="/collection/$slug" params={{ slug }} className="text-link">
            {name}
          </Link>
        </span>
      )),
    ]);
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="programme">
      <h2 id="programme" className="sr-only">
        <Trans>Details</Trans>
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-fine">
        {lines.map(([name, value], index) => (
          // The lines are made anew as a whole.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <div key={index} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-faint">{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
