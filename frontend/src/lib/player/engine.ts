import type HlsType from "hls.js";
import type { ErrorData, Level as HlsLevel, LevelDetails, MediaPlaylist } from "hls.js";
import { ignoreRefusal } from "./element";
import { nativeEngine } from "./nativeEngine";
import { choosable, firstGroup, foreignLevels, trackOf } from "./soundGroups";
import type { Engine, EngineEvents, EngineMaker, Level, PlayerFault, Track } from "./types";

/** Seconds before each new try after the network was away. Together a little over a minute. */
const pauses = [1, 2, 4, 8, 15, 30];

/**
 * hls.js where Media Source Extensions are, else the browser's own HLS.
 * Asked in that order because Chromium says that it plays HLS and shows neither rungs nor figures of it.
 */
export const makeEngine: EngineMaker = async (video, events) => {
  const { default: Hls } = await import("hls.js");
  if (Hls.isSupported()) return hlsEngine(Hls, video, events);
  if (video.canPlayType("application/vnd.apple.mpegurl")) return nativeEngine(video, events);
  events.fault({ kind: "unsupported", status: null });
  return nativeEngine(video, events);
};

function hlsEngine(Hls: typeof HlsType, video: HTMLVideoElement, events: EngineEvents): Engine {
  let hls: HlsType | null = null;
  let url = "";
  let tries = 0;
  let mediaTries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // One group of sound at a time: else each change of rung could change the sound as well.
  let group = firstGroup;
  let wanted: MediaPlaylist | null = null;

  const fail = (fault: PlayerFault) => {
    hls?.stopLoad();
    events.fault(fault);
  };

  const again = () => {
    if (!hls || timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    if (hls.levels.length === 0) hls.loadSource(url);
    else hls.startLoad(video.currentTime);
  };

  const onError = (data: ErrorData) => {
    const status = data.response?.code ?? null;
    // hls.js holds a refusal of one segment for a reason to try another rung; the token covers them all.
    if (status === 403) return fail({ kind: "forbidden", status });
    if (!data.fatal) return;
    if (status === 404 || status === 410) return fail({ kind: "missing", status });
    if (data.type === Hls.ErrorTypes.NETWORK_ERROR) {
      const pause = pauses[tries];
      if (pause === undefined) return fail({ kind: "network", status });
      tries += 1;
      clearTimeout(timer);
      timer = setTimeout(again, pause * 1000);
      return;
    }
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && mediaTries < 2) {
      mediaTries += 1;
      hls?.recoverMediaError();
      return;
    }
    fail({ kind: "media", status });
  };

  const start = (startSeconds: number) => {
    const made = new Hls({
      // A playlist that still grows would else begin at its newest end.
      startPosition: startSeconds,
      backBufferLength: 60,
      maxBufferLength: 40,
      capLevelToPlayerSize: false,
      // The first guess decides how sharp the first seconds are; it is measured from then on.
      abrEwmaDefaultEstimate: 3_000_000,
      enableWorker: true,
    });
    made.on(Hls.Events.MANIFEST_PARSED, () => {
      for (const index of foreignLevels(made.levels, group)) made.removeLevel(index);
      events.levels(made.levels.map(toLevel));
      events.level(made.currentLevel);
    });
    made.on(Hls.Events.LEVEL_SWITCHED, (_, data) => events.level(data.level));
    made.on(Hls.Events.LEVEL_UPDATED, (_, data) => reportEdge(data.details, events));
    made.on(Hls.Events.AUDIO_TRACKS_UPDATED, () => {
      const same = made.audioTracks.findIndex(({ name }) => name === wanted?.name);
      if (same >= 0 && same !== made.audioTrack) made.audioTrack = same;
      reportSound(made, events);
    });
    made.on(Hls.Events.AUDIO_TRACK_SWITCHED, () => reportSound(made, events));
    made.on(Hls.Events.SUBTITLE_TRACKS_UPDATED, () =>
      events.subtitleTracks(made.subtitleTracks.map(toTrack), made.subtitleTrack),
    );
    made.on(Hls.Events.SUBTITLE_TRACK_SWITCH, () =>
      events.subtitleTracks(made.subtitleTracks.map(toTrack), made.subtitleTrack),
    );
    made.on(Hls.Events.FRAG_LOADED, () => {
      tries = 0;
    });
    made.on(Hls.Events.ERROR, (_, data) => onError(data));
    made.loadSource(url);
    made.attachMedia(video);
    return made;
  };

  window.addEventListener("online", again);

  return {
    load(source, startSeconds) {
      clearTimeout(timer);
      tries = 0;
      mediaTries = 0;
      url = source;
      hls?.destroy();
      hls = start(startSeconds);
    },
    chooseLevel(index) {
      if (hls) hls.nextLevel = index;
    },
    chooseAudio(index) {
      if (!hls) return;
      wanted = choosable(hls.allAudioTracks)[index] ?? null;
      if (!wanted) return;
      const here = hls.audioTracks.findIndex(({ name }) => name === wanted?.name);
      if (wanted.groupId === group && here >= 0) {
        hls.audioTrack = here;
        return;
      }
      // The rungs with this sound were left out; the film is taken up again with them, where it stands.
      group = wanted.groupId;
      const { currentTime, paused } = video;
      hls.destroy();
      hls = start(currentTime);
      if (!paused) void video.play().catch(ignoreRefusal);
    },
    chooseSubtitles(index) {
      if (!hls) return;
      hls.subtitleDisplay = index >= 0;
      hls.subtitleTrack = index;
    },
    figures() {
      const level = hls?.levels[hls.currentLevel];
      return {
        codec: level ? [level.videoCodec, level.audioCodec].filter(Boolean).join(", ") : null,
        bitrate: level ? level.bitrate : null,
        bandwidth: hls ? hls.bandwidthEstimate : null,
        engine: `hls.js ${Hls.version}`,
      };
    },
    destroy() {
      clearTimeout(timer);
      window.removeEventListener("online", again);
      hls?.destroy();
      hls = null;
    },
  };
}

function reportEdge(details: LevelDetails, events: EngineEvents): void {
  events.edge(details.edge, details.live);
}

function reportSound(hls: HlsType, events: EngineEvents): void {
  const all = choosable(hls.allAudioTracks);
  const playing = hls.audioTracks[hls.audioTrack];
  const current = all.findIndex(({ name, groupId }) => name === playing?.name && groupId === playing.groupId);
  // A stereo track that a surround group names again is the first group's.
  const same = current >= 0 ? current : all.findIndex(({ name }) => name === playing?.name);
  events.audioTracks(all.map(trackOf), same);
}

function toLevel(level: HlsLevel, index: number): Level {
  return {
    index,
    width: level.width,
    height: level.height,
    bitrate: level.bitrate,
    codec: level.videoCodec ?? "",
  };
}

function toTrack(track: { name: string; lang?: string | undefined }, index: number): Track {
  return { index, label: track.name, language: track.lang ?? null };
}
