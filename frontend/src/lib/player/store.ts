import { useSyncExternalStore } from "react";
import { chooseScreen, watchScreens } from "./casting";
import { Chooser } from "./chooser";
import { bufferedEndAt, ignoreRefusal } from "./element";
import { makeEngine } from "./engine/make";
import { Leveller } from "./leveller";
import { readFigures, toggleFullscreen, togglePictureInPicture } from "./screen";
import { keepSound, keptSound } from "./sound";
import {
  type Engine,
  type EngineEvents,
  type EngineMaker,
  type Figures,
  type Film,
  originalLevel,
  type PlayerFault,
  type PlayerState,
  rates,
  restState,
} from "./types";
import type { Wishes } from "./wishes";

/** How near to the newest end of a growing film one may stand: one segment. */
const edgeMargin = 4;

/**
 * The state of one player. Controls send it requests; it alone touches the video element, through which the
 * answers come back. One store lives as long as one watch page.
 */
export class PlayerStore {
  #state: PlayerState;
  #listeners = new Set<() => void>();
  #video: HTMLVideoElement | null = null;
  #room: HTMLElement | null = null;
  #engine: Engine | null = null;
  #engineMaking: Promise<Engine> | null = null;
  #detach: (() => void) | null = null;
  #film: Film | null = null;
  #growing = false;
  #edge = 0;
  readonly #chooser = new Chooser({
    state: () => this.#state,
    engine: () => this.#engine,
    reading: (subtitleTrack) => this.#set({ subtitleTrack }),
  });
  readonly #make: EngineMaker;
  readonly #leveller = new Leveller();

  constructor(make: EngineMaker = makeEngine) {
    this.#make = make;
    this.#state = { ...restState, ...keptSound() };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): PlayerState => this.#state;

  #set(change: Partial<PlayerState>): void {
    const keys = Object.keys(change) as (keyof PlayerState)[];
    if (keys.every((key) => Object.is(this.#state[key], change[key]))) return;
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** Takes charge of a video element and of the room it stands in (what full screen shows). */
  attach(video: HTMLVideoElement, room: HTMLElement): () => void {
    this.#video = video;
    this.#room = room;
    video.volume = this.#state.volume;
    video.muted = this.#state.muted;

    const follow: Partial<
      Record<keyof HTMLMediaElementEventMap | "enterpictureinpicture" | "leavepictureinpicture", () => void>
    > = {
      play: () => this.#set({ playing: true, needsPress: false }),
      pause: () => this.#set({ playing: false }),
      playing: () => {
        this.#set({ playing: true, waiting: false, status: "ready", needsPress: false });
        this.#level();
        void this.#leveller.join(video);
      },
      waiting: () => this.#set({ waiting: true }),
      seeking: () => this.#readTime(),
      seeked: () => this.#set({ waiting: false, ...(this.#state.status === "ended" && { status: "ready" }) }),
      canplay: () => {
        this.#set({ waiting: false });
        if (this.#state.status !== "loading") return;
        this.#set({ status: "ready" });
        // What was asked of the element before it had a source is forgotten when it gets one.
        if (this.#film?.play && video.paused) this.play();
      },
      timeupdate: () => this.#readTime(),
      progress: () => this.#readTime(),
      durationchange: () => this.#readLength(),
      ended: () => this.#set({ status: "ended", playing: false, waiting: false }),
      ratechange: () => this.#set({ rate: video.playbackRate }),
      volumechange: () => {
        this.#set({ volume: video.volume, muted: video.muted });
        keepSound(video);
      },
      enterpictureinpicture: () => this.#set({ pictureInPicture: true }),
      leavepictureinpicture: () => this.#set({ pictureInPicture: false }),
    };
    for (const [name, handler] of Object.entries(follow)) video.addEventListener(name, handler);
    const onFullscreen = () => this.#set({ fullscreen: document.fullscreenElement === room });
    document.addEventListener("fullscreenchange", onFullscreen);
    this.#set({
      canFullscreen: Boolean(document.fullscreenEnabled) || "webkitEnterFullscreen" in video,
      canPictureInPicture: Boolean(document.pictureInPictureEnabled),
    });
    const unwatch = watchScreens(video, {
      available: (canCast) => this.#set({ canCast }),
      casting: (casting) => this.#set({ casting }),
    });

    this.#detach = () => {
      for (const [name, handler] of Object.entries(follow)) video.removeEventListener(name, handler);
      document.removeEventListener("fullscreenchange", onFullscreen);
      unwatch();
    };
    return () => this.#leave();
  }

  #leave(): void {
    this.#detach?.();
    this.#detach = null;
    this.#engine?.destroy();
    this.#engine = null;
    this.#engineMaking = null;
    this.#leveller.leave();
    this.#video = null;
    this.#room = null;
    if (document.pictureInPictureElement) void document.exitPictureInPicture().catch(ignoreRefusal);
  }

  /** Begins a film, or goes on with it from another address at the place that `startSeconds` says. */
  async load(film: Film): Promise<void> {
    const video = this.#video;
    if (!video) return;
    this.#film = film;
    this.#growing = false;
    this.#edge = 0;
    this.#chooser.startAfresh();
    this.#set({
      status: "loading",
      waiting: false,
      fault: null,
      trouble: null,
      time: film.startSeconds,
      duration: film.durationSeconds,
      available: film.durationSeconds,
      bufferedEnd: film.startSeconds,
      currentLevel: -1,
      hasOriginal: film.originalUrl !== null,
    });
    this.#engineMaking ??= this.#make(video, this.#engineEvents());
    const engine = await this.#engineMaking;
    // Somebody left, or wanted another film, while the engine was on its way.
    if (this.#video !== video) return engine.destroy();
    this.#engine = engine;
    if (this.#film?.url !== film.url) return;
    const address = this.#addressOf(film);
    engine.load(address, film.startSeconds, film.id, address === film.url ? film.manifest : null);
    // What it said is true once: the next time that it is wanted, a growing film has grown.
    this.#film = { ...this.#film, manifest: null };
    if (this.#film.play) this.play();
  }

  /** Goes on with the film from a new address: without a break where that can be, else from where it stands. */
  async renew(film: Film): Promise<void> {
    const { status } = this.#state;
    const isSame = this.#film?.id === film.id && (status === "ready" || status === "ended");
    if (!isSame || !this.#engine?.renew(this.#addressOf(film))) return this.load(film);
    // The source's own picture may be there no longer; then the next choice finds the ladder.
    this.#film = film;
    this.#set({ hasOriginal: film.originalUrl !== null, trouble: null });
    if (film.play && this.#video?.paused) this.play();
  }

  /** The film cannot go on. */
  fail(fault: PlayerFault): void {
    this.#video?.pause();
    this.#set({ status: "failed", fault, playing: false, waiting: false, trouble: null });
  }

  /** The same film from a new address keeps what was chosen by hand. */
  #addressOf(film: Film): string {
    return this.#state.chosenLevel === originalLevel && film.originalUrl ? film.originalUrl : film.url;
  }

  #engineEvents(): EngineEvents {
    return {
      levels: (levels) => {
        this.#set({ levels });
        if (this.#state.chosenLevel === originalLevel) return;
        // The same film from a new address keeps the rung that was chosen by hand.
        if (this.#state.chosenLevel < levels.length) this.#engine?.chooseLevel(this.#state.chosenLevel);
        else this.#set({ chosenLevel: -1 });
      },
      level: (currentLevel) => this.#set({ currentLevel }),
      audioTracks: (audioTracks, audioTrack) => {
        this.#set({ audioTracks, audioTrack });
        this.#level();
        this.#chooser.hear(audioTracks, audioTrack);
      },
      subtitleTracks: (subtitleTracks, subtitleTrack) => {
        this.#set({ subtitleTracks, subtitleTrack });
        this.#chooser.read(subtitleTracks, subtitleTrack);
      },
      edge: (seconds, growing) => {
        this.#edge = seconds;
        this.#growing = growing;
        this.#readLength();
      },
      fault: (fault) => this.fail(fault),
      refused: () => this.#set({ refusals: this.#state.refusals + 1 }),
      trouble: (trouble) => this.#set({ trouble }),
      mishap: (name, status) => this.#set({ mishap: { name, status } }),
    };
  }

  #readTime(): void {
    const video = this.#video;
    // Before the first picture the element stands at 0, whatever place was asked for.
    if (!video || this.#state.status === "idle" || this.#state.status === "failed") return;
    if (video.readyState === 0) return;
    this.#set({ time: video.currentTime, bufferedEnd: bufferedEndAt(video, video.currentTime) });
  }

  #readLength(): void {
    const known = this.#film?.durationSeconds ?? 0;
    const element = this.#video?.duration ?? 0;
    const told = Math.max(this.#edge, Number.isFinite(element) ? element : 0);
    if (this.#growing) this.#set({ duration: Math.max(known, told), available: this.#edge });
    // A finished film is as long as its picture and sound are, to the frame.
    else if (told > 0) this.#set({ duration: told, available: told });
  }

  play(): void {
    const video = this.#video;
    if (!video) return;
    if (this.#state.status === "ended") this.seek(0);
    video.play().catch((refusal: unknown) => {
      if (refusal instanceof DOMException && refusal.name === "NotAllowedError")
        this.#set({ needsPress: true, playing: false });
      else ignoreRefusal(refusal);
    });
  }

  pause(): void {
    if (this.#film && this.#state.status === "loading") this.#film = { ...this.#film, play: false };
    this.#video?.pause();
  }

  toggle(): void {
    if (this.#video?.paused) this.play();
    else this.pause();
  }

  /** Goes to a place, or as near to it as the film is made; `clamped` then says that it fell short. */
  seek(seconds: number): void {
    const video = this.#video;
    if (!video) return;
    const { available, duration } = this.#state;
    const last = this.#growing && available < duration - 1 ? Math.max(0, available - edgeMargin) : available;
    const wanted = Math.max(0, seconds);
    const target = last > 0 ? Math.min(wanted, last) : wanted;
    if (this.#growing && wanted > target + 1) this.#set({ clamped: this.#state.clamped + 1 });
    video.currentTime = target;
    this.#set({
      time: target,
      seeks: this.#state.seeks + 1,
      ...(this.#state.status === "ended" && { status: "ready" }),
    });
  }

  seekBy(seconds: number): void {
    this.seek(this.#state.time + seconds);
  }

  /** 0 is silent and 1 the loudest. Moving it is also asking to hear it. */
  setVolume(volume: number): void {
    const video = this.#video;
    if (!video) return;
    video.volume = Math.min(1, Math.max(0, Math.round(volume * 100) / 100));
    video.muted = video.volume === 0;
  }

  toggleMuted(): void {
    const video = this.#video;
    if (!video) return;
    if (video.muted && video.volume === 0) video.volume = 0.5;
    video.muted = !video.muted;
  }

  setRate(rate: number): void {
    const video = this.#video;
    if (!video) return;
    video.playbackRate = rate;
    // A new source, as after a stream is taken up again, goes back to the default.
    video.defaultPlaybackRate = rate;
  }

  /** One step faster (1) or slower (-1) in the list of rates. */
  stepRate(step: 1 | -1): void {
    const place = rates.indexOf(this.#state.rate);
    const next = rates[(place === -1 ? rates.indexOf(1) : place) + step];
    if (next !== undefined) this.setRate(next);
  }

  /** -1 lets the engine choose by bandwidth, `originalLevel` shows the source's own picture. */
  chooseLevel(index: number): void {
    const before = this.#state.chosenLevel;
    this.#set({ chosenLevel: index });
    if ((before === originalLevel) === (index === originalLevel)) this.#engine?.chooseLevel(index);
    else if (this.#film && this.#video) {
      const play = this.#state.playing;
      // The ladder's rungs are known again once its playlist is; until then a place in their list says nothing.
      if (before === originalLevel) this.#set({ chosenLevel: -1 });
      void this.load({ ...this.#film, startSeconds: this.#state.time, play });
    }
  }

  /** Films are equally loud: the track that plays is raised or lowered by what was measured when it was made. */
  #level(): void {
    const track = this.#state.audioTracks[this.#state.audioTrack] ?? this.#state.audioTracks[0];
    const gain = this.#film?.gainOf(track?.name ?? track?.label ?? "", track?.channels ?? 2) ?? 0;
    this.#leveller.set(gain);
  }

  /** What is wanted of this film, as long as nobody chose by hand, and of those after it. */
  wish(wishes: Wishes): void {
    this.#chooser.wish(wishes);
  }

  /** A choice by hand holds for what is watched after this too; the answer says what it was. */
  chooseAudio(index: number): Partial<Wishes> {
    return this.#chooser.chooseAudio(index);
  }

  /** -1 turns them off. */
  chooseSubtitles(index: number): Partial<Wishes> {
    return this.#chooser.chooseSubtitles(index);
  }

  toggleSubtitles(): Partial<Wishes> {
    return this.#chooser.toggleSubtitles();
  }

  /** Lets somebody choose another screen of the house, or take the film back from it. */
  cast(): void {
    if (this.#video) chooseScreen(this.#video);
  }

  toggleFullscreen(): void {
    if (this.#video && this.#room) toggleFullscreen(this.#video, this.#room);
  }

  togglePictureInPicture(): void {
    if (this.#video) togglePictureInPicture(this.#video);
  }

  figures(): Figures | null {
    return this.#video && this.#engine ? readFigures(this.#video, this.#engine) : null;
  }
}

/** A part of the player's state; it draws again only when that part changes. */
export function usePlayerState<Part>(store: PlayerStore, choose: (state: PlayerState) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => choose(store.state()));
}
