import { useEffect } from "react";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import { siteName } from "@/lib/site";
import type { Whose } from "./useWhose";

/** Lets the keys of a keyboard, headphones and a lock screen reach the player, and says what is on. */
export function useMediaSession(store: PlayerStore, whose: Whose | null, onNext: (() => void) | null): void {
  const playing = usePlayerState(store, (state) => state.playing);
  const duration = usePlayerState(store, (state) => Math.floor(state.duration));
  const rate = usePlayerState(store, (state) => state.rate);
  const seeks = usePlayerState(store, (state) => state.seeks);

  useEffect(() => {
    if (!("mediaSession" in navigator)) return;
    const { mediaSession } = navigator;
    const actions: [MediaSessionAction, MediaSessionActionHandler | null][] = [
      ["play", () => store.play()],
      ["pause", () => store.pause()],
      ["seekbackward", ({ seekOffset }) => store.seekBy(-(seekOffset ?? 10))],
      ["seekforward", ({ seekOffset }) => store.seekBy(seekOffset ?? 10)],
      ["seekto", ({ seekTime }) => seekTime !== undefined && store.seek(seekTime)],
      ["previoustrack", () => store.seek(0)],
      ["nexttrack", onNext],
      ["stop", () => store.pause()],
    ];
    for (const [action, handler] of actions) mediaSession.setActionHandler(action, handler);
    return () => {
      for (const [action] of actions) mediaSession.setActionHandler(action, null);
    };
  }, [store, onNext]);

  useEffect(() => {
    if (!("mediaSession" in navigator) || !whose) return;
    const { title, episode } = whose;
    const picture = title.artwork.posterUrl ?? title.artwork.backdropUrl;
    navigator.mediaSession.metadata = new MediaMetadata({
      title: episode?.name ?? title.name,
      artist: episode ? title.name : siteName,
      artwork: picture ? [{ src: picture }] : [],
    });
    return () => {
      navigator.mediaSession.metadata = null;
    };
  }, [whose]);

  useEffect(() => {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.playbackState = playing ? "playing" : "paused";
    // A lock screen counts on by itself from what it was told last; after a jump it has to be told again.
    if (duration > 0 && seeks >= 0)
      navigator.mediaSession.setPositionState?.({
        duration,
        playbackRate: rate,
        position: Math.min(duration, store.state().time),
      });
  }, [store, playing, duration, rate, seeks]);
}
