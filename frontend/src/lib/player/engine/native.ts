import type { Engine, EngineEvents } from "../types";

/** The browser's own HLS: it chooses the rung itself and tells nobody, so there is none to choose here. */
export function nativeEngine(video: HTMLVideoElement, events: EngineEvents): Engine {
  const onError = () => {
    const code = video.error?.code;
    if (code === undefined) return;
    if (code === MediaError.MEDIA_ERR_NETWORK) events.fault({ kind: "network", status: null });
    else if (code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED)
      // Safari names a refused playlist the same way as one that it cannot read.
      events.refused();
    else events.fault({ kind: "media", status: null });
  };
  const onTracks = () => {
    const tracks = [...video.textTracks].filter(({ kind }) => kind === "subtitles" || kind === "captions");
    events.subtitleTracks(
      tracks.map(({ label, language }, index) => ({ index, label: label || language, language })),
      tracks.findIndex(({ mode }) => mode === "showing"),
    );
  };
  video.addEventListener("error", onError);
  video.textTracks.addEventListener("addtrack", onTracks);
  video.textTracks.addEventListener("change", onTracks);

  return {
    load(url, startSeconds) {
      video.src = url;
      video.addEventListener(
        "loadedmetadata",
        () => {
          if (startSeconds > 0) video.currentTime = startSeconds;
        },
        { once: true },
      );
    },
    renew() {
      return false;
    },
    chooseLevel() {},
    chooseAudio() {},
    chooseSubtitles(index) {
      const tracks = [...video.textTracks].filter(({ kind }) => kind === "subtitles" || kind === "captions");
      tracks.forEach((track, place) => {
        track.mode = place === index ? "showing" : "disabled";
      });
    },
    figures() {
      return { codec: null, bitrate: null, bandwidth: null, engine: "native" };
    },
    destroy() {
      video.removeEventListener("error", onError);
      video.textTracks.removeEventListener("addtrack", onTracks);
      video.textTracks.removeEventListener("change", onTracks);
      video.removeAttribute("src");
      video.load();
    },
  };
}
