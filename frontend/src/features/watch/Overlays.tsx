import { Trans, useLingui } from "@lingui/react/macro";
import { Icon } from "@/components/Icon";
import { Spinner } from "@/components/Spinner";
import type { VideoFactsFragment } from "@/gql/documents";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import { JumpButton, PlayButton } from "./Controls";
import { JumpIcon } from "./JumpIcon";

/** What a press did, shown for a moment where one looks. `id` makes the same press twice two moments. */
export interface Flash {
  id: number;
  kind: "play" | "pause" | "back" | "on";
}

export function FlashMark({ flash }: { flash: Flash | null }) {
  if (!flash) return null;
  const jump = flash.kind === "back" || flash.kind === "on";
  return (
    <div key={flash.id} aria-hidden="true" className={`flash flash-${flash.kind}`}>
      {jump ? (
        <JumpIcon forward={flash.kind === "on"} className="size-9" />
      ) : (
        <Icon name={flash.kind === "play" ? "play" : "pause"} className="size-9" />
      )}
    </div>
  );
}

/** A word on what just changed: said, and shown at the top for a moment. */
export function Notice({ text }: { text: string }) {
  return (
    <p role="status" className="notice" data-shown={text ? true : undefined}>
      {text}
    </p>
  );
}

/** The one spinner of the app: the film is on its way. */
export function Waiting({ store, starting }: { store: PlayerStore; starting: boolean }) {
  const { t } = useLingui();
  const waiting = usePlayerState(
    store,
    (state) => (state.status === "loading" && !state.needsPress) || (state.waiting && state.playing),
  );
  if (!waiting && !starting) return null;
  return (
    <div className="waiting" role="img" aria-label={t`Loading`}>
      <Spinner className="size-16" />
    </div>
  );
}

/** Where a browser wants a press before it plays with sound. */
export function PressToPlay({ store }: { store: PlayerStore }) {
  const { t } = useLingui();
  const needed = usePlayerState(store, (state) => state.needsPress && state.status !== "failed");
  if (!needed) return null;
  return (
    <button type="button" className="press-to-play" aria-label={t`Play`} onClick={() => store.play()}>
      <Icon name="play" className="size-10" />
    </button>
  );
}

/** The large three in the middle of a small screen, under two thumbs. */
export function MiddleControls({ store }: { store: PlayerStore }) {
  const busy = usePlayerState(
    store,
    (state) => state.status === "loading" || state.needsPress || (state.waiting && state.playing),
  );
  return (
    <div className="middle narrow-only">
      <JumpButton store={store} seconds={-10} iconClass="size-9" />
      {busy ? <span className="control" /> : <PlayButton store={store} iconClass="size-12" />}
      <JumpButton store={store} seconds={10} iconClass="size-9" />
    </div>
  );
}

interface SkipProps {
  store: PlayerStore;
  facts: Pick<VideoFactsFragment, "markers">;
  onNext: (() => void) | null;
}

/** Bottom right and large: what one wants at this moment of a film and at no other. */
export function Skip({ store, facts, onNext }: SkipProps) {
  const second = usePlayerState(store, (state) => Math.floor(state.time));
  const duration = usePlayerState(store, (state) => state.duration);
  const ended = usePlayerState(store, (state) => state.status === "ended");
  const here = facts.markers.find(
    ({ startSeconds, endSeconds }) => second >= Math.floor(startSeconds) && second < endSeconds - 1,
  );
  if (ended) return null;
  const credits = facts.markers.some(({ kind }) => kind === "CREDITS");
  const atCredits = here?.kind === "CREDITS" || (!credits && duration > 60 && second > duration - 15);
  if (onNext && atCredits)
    return (
      <button type="button" className="skip" onClick={onNext}>
        <Icon name="next" />
        <Trans>Next episode</Trans>
      </button>
    );
  if (here?.kind !== "INTRO" && here?.kind !== "RECAP") return null;
  return (
    <button type="button" className="skip" onClick={() => store.seek(here.endSeconds)}>
      {here.kind === "INTRO" ? <Trans>Skip intro</Trans> : <Trans>Skip recap</Trans>}
      <Icon name="right" />
    </button>
  );
}
