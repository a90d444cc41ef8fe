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

interface WaitingProps {
  store: PlayerStore;
  starting: boolean;
  /** A place that was lost is being taken again. */
  renewing: boolean;
}

/** The one spinner of the app: the film is on its way. */
export function Waiting({ store, starting, renewing }: WaitingProps) {
  const { t } = useLingui();
  const waiting = usePlayerState(
    store,
    (state) =>
      (state.status === "loading" && !state.needsPress) ||
      (state.status === "failed" && renewing) ||
      (state.waiting && state.playing),
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
}

/** Bottom right and large, within an intro or a recap and nowhere else. */
export function Skip({ store, facts }: SkipProps) {
  const here = usePlayerState(store, ({ time, status }) =>
    status === "ended"
      ? undefined
      : facts.markers.find(
          ({ kind, startSeconds, endSeconds }) =>
            kind !== "CREDITS" && time >= startSeconds && time < endSeconds - 1,
        ),
  );
  if (!here) return null;
  return (
    <button type="button" className="skip" onClick={() => store.seek(here.endSeconds)}>
      {here.kind === "INTRO" ? <Trans>Skip intro</Trans> : <Trans>Skip recap</Trans>}
      <Icon name="right" />
    </button>
  );
}

/** Why the film waits though nobody stopped it. It goes on by itself. */
export function TroubleNotice({ store }: { store: PlayerStore }) {
  const trouble = usePlayerState(store, (state) => state.trouble);
  const stands = usePlayerState(store, (state) => state.waiting || state.status === "loading");
  const shown = stands ? trouble : null;
  return (
    <p role="status" className="notice notice-low" data-shown={shown ? true : undefined}>
      {shown === "network" && <Trans>The connection is gone. The film goes on when it is back.</Trans>}
      {shown === "busy" && <Trans>The server is busy. The film goes on in a moment.</Trans>}
    </p>
  );
}

/** In place of the picture, while it is on another screen. */
export function Elsewhere({ store }: { store: PlayerStore }) {
  const casting = usePlayerState(store, (state) => state.casting);
  if (casting === "off") return null;
  return (
    <div role="status" className="elsewhere">
      <Icon name="cast" className="size-10" />
      <p>
        {casting === "on" ? (
          <Trans>The film is on another screen</Trans>
        ) : (
          <Trans>Looking for the other screen</Trans>
        )}
      </p>
    </div>
  );
}
