import { Trans } from "@lingui/react/macro";
import { Button, ButtonLink } from "@/components/Button";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import { EpisodeName, NextPicture } from "./NextCard";
import type { UpNext } from "./useUpNext";
import type { Whose } from "./useWhose";

interface EndScreenProps {
  store: PlayerStore;
  whose: Whose | null;
  upNext: UpNext;
  next: Whose | null;
  onNext: (() => void) | null;
  onDecline: () => void;
}

/** The film is over: the next one by itself, if one lets it, or a way on. */
export function EndScreen({ store, whose, upNext, next, onNext, onDecline }: EndScreenProps) {
  const ended = usePlayerState(store, (state) => state.status === "ended");
  if (!ended) return null;
  const left = upNext.stage === "counting" ? upNext.left : null;
  return (
    <section className="curtain" aria-label={whose?.title.name}>
      <div className="curtain-inner">
        {onNext && next?.episode && (
          <>
            <NextPicture next={next} />
            <EpisodeName episode={next.episode} />
          </>
        )}
        {onNext && left !== null ? (
          <>
            <p className="curtain-words tabular">
              <Trans>Next episode in {left} s</Trans>
            </p>
            <div className="curtain-actions">
              <Button look="primary" size="large" icon="play" onClick={onNext}>
                <Trans>Play now</Trans>
              </Button>
              <Button size="large" onClick={onDecline}>
                <Trans>Stay here</Trans>
              </Button>
            </div>
          </>
        ) : (
          <div className="curtain-actions">
            {onNext && (
              <Button look="primary" size="large" icon="next" onClick={onNext}>
                <Trans>Next episode</Trans>
              </Button>
            )}
            <Button
              look={onNext ? "quiet" : "primary"}
              size="large"
              icon="replay"
              onClick={() => store.play()}
            >
              <Trans>Watch again</Trans>
            </Button>
            {whose && (
              <ButtonLink to="/title/$slug" params={{ slug: whose.title.slug }} size="large">
                <Trans>Back to the title</Trans>
              </ButtonLink>
            )}
          </div>
        )}
      </div>
    </section>
  );
}
