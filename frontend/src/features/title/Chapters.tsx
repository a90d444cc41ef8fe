import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { VideoFactsFragment } from "@/gql/documents";
import { clock } from "@/lib/format";

/** The parts of a film by name, each a way to begin there. */
export function Chapters({ video }: { video: VideoFactsFragment }) {
  if (video.chapters.length < 2 || !video.isPlayable) return null;
  return (
    <section aria-labelledby="chapters" className="gutters grid gap-4">
      <h2 id="chapters" className="text-heading">
        <Trans>Chapters</Trans>
      </h2>
      <ol className="grid grid-cols-[repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-x-6">
        {video.chapters.map(({ title, startSeconds }) => (
          <li key={startSeconds} className="border-b border-line/50">
            <Link
              to="/watch/$videoId"
              params={{ videoId: video.id }}
              search={{ t: Math.floor(startSeconds) }}
              className="flex min-h-11 items-center justify-between gap-4 py-1.5 text-soft transition-colors duration-(--press) hover:text-paper"
            >
              <span className="wrap-anywhere">{title}</span>
              <span className="tabular text-fine text-faint">{clock(startSeconds)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
