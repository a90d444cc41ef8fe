import type HlsType from "hls.js";
import type { ErrorData, Level as HlsLevel, LevelDetails, MediaPlaylist } from "hls.js";
import { connection } from "@/lib/connection";
import { ignoreRefusal } from "../element";
import type { Engine, EngineEvents, Level, PlayerFault, Track, Trouble } from "../types";
import { folderOf, holdsTheSame, patientLoader } from "./patience";
import { choosable, firstGroup, foreignLevels, trackOf } from "./soundGroups";

/** Seconds before each new try after the network was away. Together a little over a minute. */
const pauses = [1, 2, 4, 8, 15, 30];

/**
 * Bits a second for the first picture; null where the browser does not say what it has loaded lately (Firefox, Safari).
 * Half of it: sound comes on the same line, and a first piece that is too large is waited for.
 */
function guess(): number | null {
  const { downlink } = connection();
  return downlink ? (downlink * 1_000_000) / 2 : null;
}

/** A playlist that need not be asked for. */
interface Known {
  url: string;
  text: string;
}

/** hls.js on one video element. */
export function hlsEngine(Hls: typeof HlsType, video: HTMLVideoElement, events: EngineEvents): Engine {
  let hls: HlsType | null = null;
  let url = "";
  let content = "";
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
    if (!hls || troubled !== "network") return;
    clearTimeout(timer);
    timer = undefined;
    if (hls.levels.length === 0) hls.loadSource(url);
    else hls.startLoad(video.currentTime);
  };

  let troubled: Trouble | null = null;
  const trouble = (now: Trouble | null) => {
    if (now !== troubled) events.trouble(now);
    troubled = now;
  };
  // A server that asks to be left alone is busy until the last of those who wait has been answered.
  let busy = 0;
  const onWait = (seconds: number | null) => {
    busy = Math.max(0, busy + (seconds === null ? -1 : 1));
    trouble(busy > 0 ? "busy" : null);
  };

  // The stream's folder as its playlists have it, and where the same pieces are after it was taken up again.
  let folder = "";
  let today = "";
  let refused = false;
  let known: Known | null = null;
  const take = (asked: string) => {
    if (known === null || asked !== new URL(known.url, location.href).href) return null;
    const { text } = known;
    known = null;
    return text;
  };
  const address = (wanted: string) =>
    folder !== today && wanted.startsWith(folder) ? today + wanted.slice(folder.length) : wanted;

  const onError = (data: ErrorData) => {
    const status = data.response?.code || null;
    // Stalls are seen in the picture itself; a hole that was stepped over, and what was called off, are none.
    if (!/^(aborted|buffer(Stalled|Nudge|SeekOverHole))/.test(data.details))
      events.mishap(data.details, status);
    if (data.type === Hls.ErrorTypes.NETWORK_ERROR && status === null && busy === 0) trouble("network");
    // hls.js holds a refusal of one segment for a reason to try another rung; the token covers them all.
    if (status === 403) {
      const asked = data.networkDetails instanceof XMLHttpRequest ? data.networkDetails.responseURL : "";
      // An answer to a token of yesterday: the piece is asked for anew, once hls.js has done with its error.
      if (asked && !asked.startsWith(today)) {
        setTimeout(() => hls?.startLoad(video.currentTime), 0);
        return;
      }
      hls?.stopLoad();
      if (!refused) events.refused();
      refused = true;
      return;
    }
    if (!data.fatal) return;
    if (status === 404 || status === 410) return fail({ kind: "missing", status });
    if (data.type === Hls.ErrorTypes.NETWORK_ERROR) {
      const pause = pauses[tries];
      if (pause === undefined) return fail({ kind: "network", status });
      tries += 1;
      trouble("network");
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
    // hls.js says which tracks there are, and then takes its own: what is chosen on hearing of them has to come after.
    const afterwards = (report: () => void) => queueMicrotask(() => made === hls && report());
    const bandwidth = guess();
    const made = new Hls({
      // A playlist that still grows would else begin at its newest end.
      startPosition: startSeconds,
      backBufferLength: 60,
      maxBufferLength: 40,
      // A network that goes away for a minute is not noticed, and who leaves has not been sent half a film.
      maxMaxBufferLength: 90,
      capLevelToPlayerSize: false,
      // The first guess decides how sharp the first seconds are; it is measured from then on. Where nobody has one, a
      // piece of the lowest rung is loaded only to measure it.
      abrEwmaDefaultEstimate: bandwidth ?? 3_000_000,
      testBandwidth: bandwidth === null,
      enableWorker: true,
      // CTA-5004: what a player knows of its buffer and its rung, for whoever reads the delivery's logs. In headers,
      // since the address of a piece is the key that it is kept by.
      cmcd: { contentId: content, useHeaders: true },
      loader: patientLoader(Hls.DefaultConfig.loader, { address, onWait, take }),
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
      afterwards(() => reportSound(made, events));
    });
    made.on(Hls.Events.AUDIO_TRACK_SWITCHED, () => reportSound(made, events));
    const reportWords = () => events.subtitleTracks(made.subtitleTracks.map(toTrack), made.subtitleTrack);
    made.on(Hls.Events.SUBTITLE_TRACKS_UPDATED, () => afterwards(reportWords));
    made.on(Hls.Events.SUBTITLE_TRACK_SWITCH, reportWords);
    made.on(Hls.Events.FRAG_LOADED, () => {
      tries = 0;
      if (busy === 0) trouble(null);
    });
    made.on(Hls.Events.ERROR, (_, data) => onError(data));
    made.loadSource(url);
    made.attachMedia(video);
    return made;
  };

  window.addEventListener("online", again);

  return {
    load(source, startSeconds, contentId, manifest) {
      clearTimeout(timer);
      tries = 0;
      mediaTries = 0;
      busy = 0;
      refused = false;
      content = contentId;
      url = source;
      known = manifest === null ? null : { url: source, text: manifest };
      folder = folderOf(source, location.href);
      today = folder;
      hls?.destroy();
      hls = start(startSeconds);
    },
    renew(source) {
      const next = folderOf(source, location.href);
      if (!hls || hls.levels.length === 0 || !holdsTheSame(folder, next)) return false;
      url = source;
      today = next;
      refused = false;
      hls.startLoad(video.currentTime);
      return true;
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

function toTrack(track: MediaPlaylist, index: number): Track {
  return {
    index,
    label: track.name,
    language: track.lang ?? null,
    // RFC 8216bis, 4.4.6.1: what the tag CHARACTERISTICS says of subtitles for those who do not hear.
    describes: /describes-music-and-sound/.test(track.characteristics ?? ""),
  };
}
