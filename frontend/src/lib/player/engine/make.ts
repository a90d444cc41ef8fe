import type { EngineMaker } from "../types";
import { hlsEngine } from "./hls";
import { nativeEngine } from "./native";

/** Brings the code of the engine while a place in the plan is asked for, so that neither waits for the other. */
export const prepareEngine = () => void import("hls.js").catch(() => undefined);

/**
 * hls.js where Media Source Extensions are, else the browser's own HLS.
 * Asked in that order because Chromium says that it plays HLS and shows neither rungs nor figures of it.
 */
export const makeEngine: EngineMaker = async (video, events) => {
  const { default: Hls } = await import("hls.js");
  if (Hls.isSupported()) return hlsEngine(Hls, video, events);
  if (!video.canPlayType("application/vnd.apple.mpegurl"))
    events.fault({ kind: "unsupported", status: null });
  return nativeEngine(video, events);
};
