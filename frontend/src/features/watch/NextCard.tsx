import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Picture } from "@/components/Picture";
import { countdown, type UpNext } from "./useUpNext";
import type { Whose } from "./useWhose";

interface NextCardProps {
  upNext: UpNext;
  next: Whose | null;
  onNext: () => void;
  onDecline: () => void;
}

/** At the credits: what comes next and when, and a way to hear the music to its end. */
export function NextCard({ upNext, next, onNext, onDecline }: NextCardProps) {
  const { t } = useLingui();
  if (upNext.stage === "offered")
    return (
      <button type="button" className="skip" onClick={onNext}>
        <Icon name="next" />
        <Trans>Next episode</Trans>
      </button>
    );
  if (upNext.stage !== "counting") return null;
  const { left: remaining } = upNext;
  return (
    <section className="next-card" aria-label={t`Next episode`} data-testid="next-card">
      {next && <NextPicture next={next} />}
      <div className="next-words">
        <p className="next-when tabular">
          <Trans>Next episode in {remaining} s</Trans>
        </p>
        {next?.episode && <EpisodeName episode={next.episode} />}
        <div aria-hidden="true" className="next-bar">
          <div style={{ width: `${((countdown - remaining) / countdown) * 100}%` }} />
        </div>
        <div className="next-actions">
          <Button look="primary" icon="play" onClick={onNext}>
            <Trans>Play now</Trans>
          </Button>
          <Button onClick={onDecline}>
            <Trans>Watch the credits</Trans>
          </Button>
        </div>
      </div>
    </section>
  );
}

export function NextPicture({ next }: { next: Whose }) {
  const { artwork } = next.title;
  return (
    <div className="next-picture">
      <Picture
        src={next.episode?.stillUrl ?? artwork.backdropUrl ?? null}
        blurhash={artwork.blurhash}
        className="absolute inset-0"
      />
    </div>
  );
}

export function EpisodeName({ episode }: { episode: NonNullable<Whose["episode"]> }) {
  return (
    <p className="next-name">
      <Trans>
        S{episode.season.number} E{episode.number}
      </Trans>{" "}
      · {episode.name}
    </p>
  );
}
