import { useRef } from "react";
import type { PlayerStore } from "@/lib/player/store";

/** From edge to edge a finger goes over so much of a film (seconds), or over all of a shorter one. */
const reach = 180;

/** A finger that looks for a place: the bar shows where it is, and the film goes there when it is lifted. */
export function useScrub(
  store: PlayerStore,
  show: (time: number | null) => void,
  seek: (time: number) => void,
) {
  const from = useRef<number | null>(null);
  const at = useRef(0);

  const onDrag = (part: number) => {
    const { time, duration } = store.state();
    from.current ??= time;
    at.current = Math.min(duration, Math.max(0, from.current + part * Math.min(reach, duration)));
    show(at.current);
  };
  const onDrop = (go: boolean) => {
    from.current = null;
    if (go) seek(at.current);
    else show(null);
  };
  return { onDrag, onDrop };
}
