import { Trans } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import type { Whose } from "./useWhose";

const countdown = 8;

interface EndScreenProps {
  store: PlayerStore;
  whose: Whose | null;
  onNext: (() => void) | null;
}

/** The film is over: the next one by itself, if one lets it, or a way on. */
export function EndScreen({ store, whose, onNext }: EndScreenProps) {
  const ended = usePlayerState(store, (state) => state.status === "ended");
  if (!ended) return null;
  return <Ended store={store} whose={whose} onNext={onNext} />;
}

function Ended({ store, whose, onNext }: EndScreenProps) {
  const [left, setLeft] = useState<number | null>(onNext ? countdown : null);

  useEffect(() => {
    if (left === null) return;
    const timer = setTimeout(() => (left <= 1 ? onNext?.() : setLeft(left - 1)), 1000);
    return () => clearTimeout(timer);
  }, [left, onNext]);

  return (
    <section className="curtain" aria-label={whose?.title.name}>
      <div className="curtain-inner">
        {onNext && left !== null ? (
          <>
            <p className="curtain-words tabular">
              <Trans>Next episode in {left} s</Trans>
            </p>
            <div className="curtain-actions">
              <Button look="primary" size="large" icon="play" onClick={onNext}>
                <Trans>Play now</Trans>
              </Button>
              <Button size="large" onClick={() => setLeft(null)}>
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
