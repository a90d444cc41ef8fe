import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/components/Icon";
import type { Whose } from "./useWhose";

/** What is on, and the way back. */
export function TopBar({ whose }: { whose: Whose | null }) {
  const { t } = useLingui();
  const name = whose?.title.name;
  const inner = <Icon name="back" className="size-7" />;
  return (
    <div className="top-bar">
      {whose ? (
        <Link
          to="/title/$slug"
          params={{ slug: whose.title.slug }}
          className="control"
          aria-label={t`Back to ${name}`}
          title={t`Back to ${name}`}
        >
          {inner}
        </Link>
      ) : (
        <Link to="/" className="control" aria-label={t`Go to the start`}>
          {inner}
        </Link>
      )}
      <h1 className="top-title">
        <span className="top-name">{name}</span>
        {whose?.episode && (
          <span className="top-episode">
            <Trans>
              S{whose.episode.season.number} E{whose.episode.number}
            </Trans>{" "}
            · {whose.episode.name}
          </span>
        )}
      </h1>
    </div>
  );
}
