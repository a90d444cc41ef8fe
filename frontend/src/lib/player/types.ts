/** What the player can say of itself, and what it can be told. Times are seconds, rates are bits a second. */

export interface Level {
  /** Its place in the engine's list: what `chooseLevel` takes. */
  index: number;
  width: number;
  height: number;
  bitrate: number;
  codec: string;
}

export interface Track {
  index: number;
  label: string;
  language: string | null;
  /** Of sound: the name that its stereo and its surround version share, and how many channels it has. */
  name?: string;
  channels?: number;
  /** Sound that tells what is seen, or subtitles that tell what is heard. */
  describes?: boolean;
}

/** Why a film does not go on. `status` is the last HTTP status, where there was one. */
export interface PlayerFault {
  kind: "forbidden" | "missing" | "network" | "media" | "unsupported";
  status: number | null;
}

/**
 * Why the film waits though nobody stopped it, while the engine goes on trying: "network" where no answer comes, "busy"
 * where the server asked to be left alone for a while.
 */
export type Trouble = "network" | "busy";

/** Whether the film is shown on another screen of the house. */
export type Casting = "off" | "connecting" | "on";

/** Figures for the curious; null where the browser or the engine does not say. */
export interface Figures {
  width: number;
  height: number;
  codec: string | null;
  bitrate: number | null;
  bandwidth: number | null;
  bufferedAhead: number;
  framesShown: number | null;
  framesDropped: number | null;
  engine: string;
}

export interface PlayerState {
  /** "idle" before a film is loaded, "loading" until its first picture, then "ready", "ended" or "failed". */
  status: "idle" | "loading" | "ready" | "ended" | "failed";
  playing: boolean;
  /** It wants to go on and cannot yet. */
  waiting: boolean;
  /** The browser wants a press before it plays with sound. */
  needsPress: boolean;
  time: number;
  duration: number;
  /** The end of what has been made so far; equal to `duration` for a finished film. */
  available: number;
  /** The end of the buffered stretch that holds `time`. */
  bufferedEnd: number;
  volume: number;
  muted: boolean;
  rate: number;
  levels: readonly Level[];
  /** The rung that is playing, -1 while none is. */
  currentLevel: number;
  /** The rung chosen by hand, -1 while the engine chooses by bandwidth, `originalLevel` for the source's own picture. */
  chosenLevel: number;
  /** Whether the source's own picture can be chosen. */
  hasOriginal: boolean;
  audioTracks: readonly Track[];
  audioTrack: number;
  subtitleTracks: readonly Track[];
  /** -1 is off. */
  subtitleTrack: number;
  fullscreen: boolean;
  canFullscreen: boolean;
  pictureInPicture: boolean;
  canPictureInPicture: boolean;
  /** Whether there is another screen that it could be shown on. */
  canCast: boolean;
  casting: Casting;
  fault: PlayerFault | null;
  trouble: Trouble | null;
  /** The last thing that went wrong, got over or not; `status` is the HTTP status, where there was one. */
  mishap: { name: string; status: number | null } | null;
  /** Grows each time the server refused to give more of the stream. */
  refusals: number;
  /** Grows each time somebody went to another place. */
  seeks: number;
  /** Grows each time somebody asked for a place that is not made yet. */
  clamped: number;
}

export const restState: PlayerState = {
  status: "idle",
  playing: false,
  waiting: false,
  needsPress: false,
  time: 0,
  duration: 0,
  available: 0,
  bufferedEnd: 0,
  volume: 1,
  muted: false,
  rate: 1,
  levels: [],
  currentLevel: -1,
  chosenLevel: -1,
  hasOriginal: false,
  audioTracks: [],
  audioTrack: -1,
  subtitleTracks: [],
  subtitleTrack: -1,
  fullscreen: false,
  canFullscreen: false,
  pictureInPicture: false,
  canPictureInPicture: false,
  canCast: false,
  casting: "off",
  fault: null,
  trouble: null,
  mishap: null,
  refusals: 0,
  seeks: 0,
  clamped: 0,
};

/** In place of a rung: the source's own picture, which stands beside the ladder in a playlist of its own. */
export const originalLevel = -2;

export const rates: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** What a player is given to play. */
export interface Film {
  /** The video's id. */
  id: string;
  url: string;
  /** What `url` said when the place was taken: a request spared. */
  manifest: string | null;
  /** The source's own picture, where it is kept beside the ladder. */
  originalUrl: string | null;
  /** By how many decibels a track of this name and number of channels is raised or lowered. */
  gainOf: (name: string, channels: number) => number;
  startSeconds: number;
  /** The whole film's length, known before all of it is made; 0 when it is not known. */
  durationSeconds: number;
  /** Whether it begins by itself; after a pause it does not. */
  play: boolean;
}

/** What an engine reports to the store. */
export interface EngineEvents {
  levels(levels: readonly Level[]): void;
  level(index: number): void;
  audioTracks(tracks: readonly Track[], current: number): void;
  subtitleTracks(tracks: readonly Track[], current: number): void;
  /** The end of the playlist as it stands, and whether it still grows. */
  edge(seconds: number, growing: boolean): void;
  fault(fault: PlayerFault): void;
  /** The server gives no more of this stream; what is buffered plays on. */
  refused(): void;
  /** It waits, and goes on by itself when the trouble is over; null when it is. */
  trouble(trouble: Trouble | null): void;
  /** Something went wrong that it may get over; `status` is the HTTP status, where there was one. */
  mishap(name: string, status: number | null): void;
}

/** One streaming engine on one video element. */
export interface Engine {
  /**
   * `contentId` names the film in what is said of its delivery: at most 64 letters. `manifest` is what `url` would answer,
   * where that is known; it counts for the first time that it is wanted.
   */
  load(url: string, startSeconds: number, contentId: string, manifest: string | null): void;
  /**
   * Goes on with the same film from another address without losing what is there; false where it cannot, and has to be
   * loaded again.
   */
  renew(url: string): boolean;
  chooseLevel(index: number): void;
  chooseAudio(index: number): void;
  chooseSubtitles(index: number): void;
  figures(): Pick<Figures, "codec" | "bitrate" | "bandwidth" | "engine">;
  destroy(): void;
}

export type EngineMaker = (video: HTMLVideoElement, events: EngineEvents) => Promise<Engine>;
