import { Trans, useLingui } from "@lingui/react/macro";
import { Card } from "@/components/Card";
import { Row } from "@/components/Row";
import { WideCard } from "@/components/WideCard";
import { duration } from "@/lib/format";
import { useProfileKey } from "@/lib/session";
import { Chapters } from "./Chapters";
import { People } from "./People";
import { Programme } from "./Programme";
import { Seasons } from "./Seasons";
import type { Title } from "./types";

export function TitleBody({ title }: { title: Title }) {
  const { t } = useLingui();
  const who = useProfileKey();
  const similar = title.similar.edges.map((edge) => edge.node);
  const trailers = title.trailers.filter((video) => video.isPlayable);
  return (
    <div className="grid gap-10 pt-6 sm:gap-14 sm:pt-8">
      <div className="gutters grid gap-x-16 gap-y-8 lg:grid-cols-[minmax(0,1.5fr)_minmax(16rem,1fr)]">
        <Synopsis text={title.synopsis} />
        <div className="grid content-start gap-8">
          <People title={title} />
          <Programme title={title} />
        </div>
      </div>
      {title.__typename === "Series" && <Seasons title={title} />}
      {title.__typename === "Movie" && <Chapters video={title.video} />}
      {trailers.length > 0 && (
        <Row
          name={`${who}/trailers/${title.id}`}
          heading={<Trans>Trailers and extras</Trans>}
          items={trailers}
          wide
          itemKey={(video) => video.id}
        >
          {(video, focus) => {
            const length = video.durationSeconds ? duration(video.durationSeconds) : "";
            const kind = video.kind === "TRAILER" ? t`Trailer` : t`Extra`;
            const name = video.name || kind;
            return (
              <WideCard
                videoId={video.id}
                name={name}
                label={[name, length].filter(Boolean).join(", ")}
                line={length}
                picture={title.artwork.backdropUrl}
                srcSet={title.artwork.backdropSrcset}
                blurhash={title.artwork.backdropBlurhash}
                watched={null}
                {...focus}
              />
            );
          }}
        </Row>
      )}
      {similar.length > 0 && (
        <Row
          name={`${who}/similar/${title.id}`}
          heading={<Trans>More like this</Trans>}
          items={similar}
          itemKey={(card) => card.id}
        >
          {(card, focus) => <Card title={card} {...focus} />}
        </Row>
      )}
    </div>
  );
}

/** Paragraphs as they were written; the line that starts with © stands apart, as a credit does. */
function Synopsis({ text }: { text: string }) {
  const [story = "", credit] = text.split(/\n*(?=©|\(c\) )/u, 2);
  return (
    <div className="grid max-w-[65ch] content-start gap-4">
      {story
        .split(/\n+/)
        .filter(Boolean)
        .map((paragraph) => (
          <p key={paragraph} className="text-lead leading-relaxed">
            {paragraph}
          </p>
        ))}
      {credit && <p className="text-fine text-faint">{credit}</p>}
    </div>
  );
}
