import { ignoreRefusal } from "./element";
import type { Casting } from "./types";

/** Safari's own way, older than the standard and still the only one on some of its devices. */
interface AirPlayVideo extends HTMLVideoElement {
  webkitShowPlaybackTargetPicker?: () => void;
  webkitCurrentPlaybackTargetIsWireless?: boolean;
}

interface Told {
  available(yes: boolean): void;
  casting(state: Casting): void;
}

/**
 * Watches for other screens that a video could be shown on: by the Remote Playback API (W3C), or by AirPlay. Answers a
 * function that stops watching.
 */
export function watchScreens(video: HTMLVideoElement, told: Told): () => void {
  const apple = video as AirPlayVideo;
  if (apple.webkitShowPlaybackTargetPicker) {
    const onAvailability = (event: Event) =>
      told.available((event as Event & { availability?: string }).availability === "available");
    const onTarget = () => told.casting(apple.webkitCurrentPlaybackTargetIsWireless ? "on" : "off");
    video.addEventListener("webkitplaybacktargetavailabilitychanged", onAvailability);
    video.addEventListener("webkitcurrentplaybacktargetiswirelesschanged", onTarget);
    return () => {
      video.removeEventListener("webkitplaybacktargetavailabilitychanged", onAvailability);
      video.removeEventListener("webkitcurrentplaybacktargetiswirelesschanged", onTarget);
    };
  }
  const { remote } = video;
  if (!remote) return () => undefined;
  let watching: number | null = null;
  let left = false;
  const follow = () =>
    told.casting(remote.state === "connected" ? "on" : remote.state === "connecting" ? "connecting" : "off");
  const kinds = ["connecting", "connect", "disconnect"] as const;
  for (const kind of kinds) remote.addEventListener(kind, follow);
  remote
    .watchAvailability((yes) => told.available(yes))
    .then((id) => {
      watching = id;
      if (left) stop();
    })
    .catch(ignoreRefusal);
  const stop = () => {
    if (watching !== null) void remote.cancelWatchAvailability(watching).catch(ignoreRefusal);
  };
  return () => {
    left = true;
    for (const kind of kinds) remote.removeEventListener(kind, follow);
    stop();
  };
}

/** Lets somebody choose the screen, or take the film back from it. It has to come from a press. */
export function chooseScreen(video: HTMLVideoElement): void {
  const apple = video as AirPlayVideo;
  if (apple.webkitShowPlaybackTargetPicker) apple.webkitShowPlaybackTargetPicker();
  else void video.remote?.prompt().catch(ignoreRefusal);
}
