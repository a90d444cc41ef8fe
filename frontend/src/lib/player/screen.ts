import { bufferedEndAt, ignoreRefusal } from "./element";
import type { Engine, Figures } from "./types";

/** The whole screen for the room that the film stands in, or back into the page. */
export function toggleFullscreen(video: HTMLVideoElement, room: HTMLElement): void {
  const apple = video as HTMLVideoElement & { webkitEnterFullscreen?: () => void };
  if (document.fullscreenElement) void document.exitFullscreen().catch(ignoreRefusal);
  else if (room.requestFullscreen) void room.requestFullscreen().catch(ignoreRefusal);
  // An iPhone shows nothing but a video on its whole screen.
  else apple.webkitEnterFullscreen?.();
}

export function togglePictureInPicture(video: HTMLVideoElement): void {
  if (document.pictureInPictureElement) void document.exitPictureInPicture().catch(ignoreRefusal);
  else void video.requestPictureInPicture?.().catch(ignoreRefusal);
}

/** What the element and the engine say of themselves at this moment. */
export function readFigures(video: HTMLVideoElement, engine: Engine): Figures {
  const quality = video.getVideoPlaybackQuality?.();
  return {
    ...engine.figures(),
    width: video.videoWidth,
    height: video.videoHeight,
    bufferedAhead: Math.max(0, bufferedEndAt(video, video.currentTime) - video.currentTime),
    framesShown: quality?.totalVideoFrames ?? null,
    framesDropped: quality?.droppedVideoFrames ?? null,
  };
}
