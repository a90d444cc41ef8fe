import { useCallback, useEffect, useRef, useState } from "react";
import { type PlayerStore, usePlayerState } from "@/lib/player/store";

const patience = 2500;

/**
 * Whether the controls are seen: for 2.5 s after the last movement, and for as long as the film stands still, a menu
 * is open or the keyboard is on one of them.
 */
export function useAwake(store: PlayerStore, held: boolean) {
  const playing = usePlayerState(store, (state) => state.playing);
  const [moved, setMoved] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const wake = useCallback(() => {
    setMoved(true);
    clearTimeout(timer.current);
    const rest = () => {
      const focus = document.activeElement;
      const onControl =
        focus?.closest(".controls, .top-bar, .skip, .next-card") && focus.matches(":focus-visible");
      if (onControl) timer.current = setTimeout(rest, patience);
      else setMoved(false);
    };
    timer.current = setTimeout(rest, patience);
  }, []);

  const sleep = useCallback(() => {
    clearTimeout(timer.current);
    setMoved(false);
  }, []);

  useEffect(() => {
    // A film that begins, or stops, shows what can be done with it.
    if (playing || !playing) wake();
    return () => clearTimeout(timer.current);
  }, [playing, wake]);

  return { awake: moved || held || !playing, wake, sleep };
}
