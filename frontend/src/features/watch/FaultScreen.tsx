import { Trans, useLingui } from "@lingui/react/macro";
import { Button, ButtonLink } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { clock } from "@/lib/format";
import { ApiError } from "@/lib/graphql/client";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import type { Watching } from "./keeper";
import type { Whose } from "./useWhose";

interface FaultScreenProps {
  store: PlayerStore;
  watching: Watching;
  whose: Whose | null;
  onAgain: () => void;
}

interface Words {
  what: string;
  now: string;
  again: boolean;
}

/** Why the film does not go on, in a sentence, and what can be done; it goes on where it stopped. */
export function FaultScreen({ store, watching, whose, onAgain }: FaultScreenProps) {
  const fault = usePlayerState(store, (state) => state.fault);
  const time = usePlayerState(store, (state) => Math.floor(state.time));
  const words = useWords(watching, fault?.kind ?? null);
  if (!words) return null;
  const reference =
    watching.stage === "failed" && watching.error instanceof ApiError ? watching.error.reference : null;
  const place = clock(time);
  return (
    <section role="alert" className="curtain">
      <div className="curtain-inner">
        <Icon name="warning" className="size-10 text-amber" />
        <h2 className="text-heading">{words.what}</h2>
        <p className="max-w-md text-soft">{words.now}</p>
        <div className="curtain-actions">
          {words.again && (
            <Button look="primary" size="large" icon="replay" onClick={onAgain}>
              {time > 0 ? <Trans>Try again at {place}</Trans> : <Trans>Try again</Trans>}
            </Button>
          )}
          {whose ? (
            <ButtonLink to="/title/$slug" params={{ slug: whose.title.slug }} size="large">
              <Trans>Back to the title</Trans>
            </ButtonLink>
          ) : (
            <ButtonLink to="/" size="large">
              <Trans>Go to the start</Trans>
            </ButtonLink>
          )}
        </div>
        <p className="tabular text-fine text-faint">
          {reference ? (
            <Trans>Number to quote: {reference}</Trans>
          ) : (
            fault && [fault.kind, fault.status].filter(Boolean).join(" ")
          )}
        </p>
      </div>
    </section>
  );
}

function useWords(watching: Watching, fault: string | null): Words | null {
  const { t } = useLingui();
  if (watching.stage === "refused") {
    if (watching.code === "NOT_PLAYABLE")
      return {
        what: t`This film is still being made ready`,
        now: t`It can be watched in a little while. Try again then.`,
        again: true,
      };
    return {
      what: t`This is not available on this profile`,
      now: t`The address may be old, or another profile may watch it.`,
      again: false,
    };
  }
  if (watching.stage === "failed") {
    if (watching.error instanceof ApiError && watching.error.code !== "NETWORK")
      return {
        what: t`The film could not be started`,
        now: t`It is not your doing. Try again, and if it stays, tell whoever runs this.`,
        again: true,
      };
    return {
      what: t`The server does not answer`,
      now: t`Check your connection and try again. Your place in the film is kept.`,
      again: true,
    };
  }
  if (fault === null || watching.stage !== "watching" || watching.renewing) return null;
  if (fault === "network")
    return {
      what: t`The connection was lost`,
      now: t`Check your connection and try again. Your place in the film is kept.`,
      again: true,
    };
  if (fault === "forbidden")
    return {
      what: t`This stream has ended`,
      now: t`It was stopped, or its time ran out. Try again to take it up where it was.`,
      again: true,
    };
  if (fault === "unsupported")
    return {
      what: t`This browser cannot play the film`,
      now: t`Bring it up to date, or use another one: Firefox, Chrome, Edge or Safari.`,
      again: false,
    };
  return {
    what: t`The film stopped at a part that cannot be played`,
    now: t`Try again, and if it stops here once more, tell whoever runs this.`,
    again: true,
  };
}
