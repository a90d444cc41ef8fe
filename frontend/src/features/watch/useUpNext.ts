import { useEffect, useState } from "react";
import type { VideoFactsFragment } from "@/gql/documents";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";
import type { Attendance } from "./attendance";

/** Seconds from the credits, or from the end, until the next episode begins. */
export const countdown = 8;

/** What is said of the next episode: nothing yet, that it is there, that it begins in so many seconds, or a question. */
export type UpNext =
  | { stage: "none" }
  | { stage: "offered" }
  | { stage: "counting"; left: number }
  | { stage: "asking" };

interface Given {
  store: PlayerStore;
  markers: VideoFactsFragment["markers"];
  /** Goes to the next episode; null where there is none. */
  onNext: (() => void) | null;
  autoplay: boolean;
  attendance: Attendance;
}

/** Where the last credits begin, in seconds; Infinity for a film whose credits nobody has marked. */
export function creditsFrom(markers: VideoFactsFragment["markers"], duration: number): number {
  const last = markers.findLast(
    ({ kind, startSeconds }) => kind === "CREDITS" && startSeconds >= duration / 2,
  );
  return last?.startSeconds ?? Number.POSITIVE_INFINITY;
}

/**
 * The next episode, from the credits on: it counts down while the film runs, stands still with it, and can be told not
 * to. After a few episodes that nobody asked for it asks whether anybody is there.
 */
export function useUpNext({ store, markers, onNext, autoplay, attendance }: Given) {
  const due = usePlayerState(
    store,
    ({ status, time, duration }) =>
      status === "ended" || (status === "ready" && duration > 0 && time >= creditsFrom(markers, duration)),
  );
  const running = usePlayerState(store, ({ status, playing, waiting }) =>
    status === "ended" ? true : playing && !waiting,
  );
  const [left, setLeft] = useState(countdown);
  const [declined, setDeclined] = useState(false);
  const [asking, setAsking] = useState(false);
  const counts = due && onNext !== null && autoplay && !declined && !asking;

  useEffect(() => {
    if (due) return;
    // Whoever goes back into the film is asked anew when they come here again.
    setLeft(countdown);
    setDeclined(false);
  }, [due]);

  useEffect(() => {
    if (!counts || !running) return;
    const timer = setTimeout(() => {
      if (left > 1) return setLeft(left - 1);
      if (attendance.isDoubtful) {
        store.pause();
        return setAsking(true);
      }
      attendance.wentOn();
      onNext?.();
    }, 1000);
    return () => clearTimeout(timer);
  }, [counts, running, left, attendance, onNext, store]);

  const upNext: UpNext = asking
    ? { stage: "asking" }
    : !due || !onNext
      ? { stage: "none" }
      : counts
        ? { stage: "counting", left }
        : { stage: "offered" };
  return {
    upNext,
    decline: () => setDeclined(true),
    /** Somebody is there, and does not want the next one. */
    stay: () => {
      setAsking(false);
      setDeclined(true);
    },
  };
}
