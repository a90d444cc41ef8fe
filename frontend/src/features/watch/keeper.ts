import {
  HeartbeatDocument,
  type PlaybackErrorCode,
  type PlaybackState,
  StartPlaybackDocument,
  type StartPlaybackMutation,
  StopPlaybackDocument,
} from "@/gql/documents";
import { ApiError, execute } from "@/lib/graphql/client";
import { deviceId, deviceName } from "@/lib/player/device";
import { Experience } from "@/lib/player/experience";
import type { PlayerStore } from "@/lib/player/store";
import { Teller } from "./teller";

type Answer = NonNullable<StartPlaybackMutation["startPlayback"]>;
export type Session = NonNullable<Answer["session"]>;
export type Conflict = Answer["conflicts"][number];

export type Watching =
  | { stage: "starting" }
  /** `renewing`: the place was lost and is being taken again; what is buffered plays on meanwhile. */
  | { stage: "watching"; session: Session; renewing?: boolean }
  | { stage: "limited"; conflicts: readonly Conflict[] }
  | { stage: "refused"; code: PlaybackErrorCode; message: string }
  | { stage: "failed"; error: unknown };

/** What a beat hears when its stream is no more. */
const lostCodes: ReadonlySet<string> = new Set(["SESSION_ENDED", "NOT_FOUND"]);

/** A stream taken up again and refused again within this time (ms) will not be better the third time. */
const renewalPause = 10_000;

/** Seconds before each new try to reach the server: at the beginning, and when a place is taken again. */
const firstPauses = [1, 2, 4];
const renewalPauses = [1, 2, 4, 8, 15, 30];

/** What a place that was left says (ms after a seek): who looks for a scene goes to many places at once. */
const afterSeek = 1500;

/**
 * Keeps one place in the plan while a film is watched: takes it, says every so often where the film stands,
 * takes it again when it was lost, and gives it back.
 */
export class Keeper {
  #watching: Watching = { stage: "starting" };
  #listeners = new Set<() => void>();
  #session: Session | null = null;
  #beat: ReturnType<typeof setInterval> | undefined;
  #unfollow: (() => void) | null = null;
  /** Answers of an earlier turn are for somebody who is not here any more. */
  #turn = 0;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #wasPlaying = false;
  #refusals = 0;
  #seeks = 0;
  #sought: ReturnType<typeof setTimeout> | undefined;
  #toldAt = 0;
  #retry: (() => void) | null = null;
  readonly #experience: Experience;
  readonly #teller: Teller;

  private readonly videoId: string;
  private readonly store: PlayerStore;
  private readonly send: typeof execute;

  constructor(videoId: string, store: PlayerStore, send: typeof execute = execute) {
    this.videoId = videoId;
    this.store = store;
    this.send = send;
    this.#experience = new Experience(store);
    this.#teller = new Teller(this.#experience);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly watching = (): Watching => this.#watching;

  #say(watching: Watching): void {
    this.#watching = watching;
    for (const listener of this.#listeners) listener();
  }

  /** Starts where the profile stopped; the answer is `leave`. */
  begin(): () => void {
    const unfollow = [
      this.store.subscribe(() => this.#follow()),
      this.#experience.follow(),
      this.#teller.begin(),
    ];
    this.#unfollow = () => {
      for (const each of unfollow) each();
    };
    const { refusals, seeks } = this.store.state();
    this.#refusals = refusals;
    this.#seeks = seeks;
    this.#experience.pressed();
    window.addEventListener("pagehide", this.#onHide);
    window.addEventListener("pageshow", this.#onShow);
    document.addEventListener("visibilitychange", this.#onVisibility);
    window.addEventListener("online", this.#onOnline);
    // Put off until the page is drawn, so that one that is drawn twice at once takes one place and not two. No longer than
    // that: a timer would wait for all that is drawn next.
    const turn = this.#turn;
    queueMicrotask(() => turn === this.#turn && void this.#start(null, true));
    return () => this.#leave();
  }

  /** Takes the place again and goes on where the film stands. */
  again(): void {
    const { status, time } = this.store.state();
    const begun = this.#session !== null && status !== "idle";
    void this.#start(begun ? time : null, true);
  }

  /** Ends a stream on another device and takes its place. */
  async takeFrom(conflict: Conflict): Promise<void> {
    this.#say({ stage: "starting" });
    try {
      await this.send(StopPlaybackDocument, { input: { sessionId: conflict.id } });
      this.again();
    } catch (error) {
      this.#say({ stage: "failed", error });
    }
  }

  /** `position` null: where the server says. */
  async #start(position: number | null, play: boolean): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    clearInterval(this.#beat);
    const before = this.#session;
    if (!before) this.#say({ stage: "starting" });
    else this.#say({ stage: "watching", session: before, renewing: true });
    try {
      const { startPlayback } = await this.#persist(turn, before ? renewalPauses : firstPauses);
      const session = startPlayback?.session ?? null;
      if (turn !== this.#turn) {
        if (session) await this.#giveBack(session, null);
        return;
      }
      if (!session) {
        this.#refused(startPlayback);
        return;
      }
      this.#session = session;
      this.#teller.tellOf(session.id);
      this.#beat = setInterval(() => void this.#tell(), session.heartbeatSeconds * 1000);
      this.#toldAt = Date.now();
      this.#say({ stage: "watching", session });
      const film = {
        id: this.videoId,
        url: session.manifestUrl,
        manifest: session.manifest,
        originalUrl: session.originalUrl,
        gainOf: (name: string, channels: number) =>
          session.video.audioTracks.find((track) => track.label === name && track.channels === channels)
            ?.gainDb ?? 0,
        startSeconds: position ?? session.resumeSeconds,
        durationSeconds: session.video.durationSeconds ?? 0,
        play,
      };
      if (before && position !== null)
        await this.store.renew({ ...film, startSeconds: this.#place(position) });
      else await this.store.load(film);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.store.pause();
      if (
        error instanceof ApiError &&
        (error.code === "UNAUTHENTICATED" || error.code === "PROFILE_REQUIRED")
      )
        this.#say({ stage: "refused", code: error.code, message: error.message });
      else this.#say({ stage: "failed", error });
    }
  }

  /** What is buffered has played on while the place was taken again. */
  #place(position: number): number {
    const { status, time } = this.store.state();
    return status === "ready" ? time : position;
  }

  /** Asks for a place, and again after each of the pauses (s) while the server cannot be reached. */
  async #persist(turn: number, pauses: readonly number[]): Promise<StartPlaybackMutation> {
    const input = {
      videoId: this.videoId,
      deviceName: deviceName(navigator.userAgent),
      deviceId: deviceId(),
    };
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.send(StartPlaybackDocument, { input });
      } catch (error) {
        const pause = pauses[tries];
        const isAway = error instanceof ApiError && error.code === "NETWORK";
        if (!isAway || pause === undefined || turn !== this.#turn) throw error;
        await this.#pause(pause * 1000);
        if (turn !== this.#turn) throw error;
      }
    }
  }

  /** Waits so long (ms), or until the browser says that it is online again, or somebody has left. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(() => this.#retry?.(), milliseconds);
      this.#retry = () => {
        clearTimeout(timer);
        this.#retry = null;
        done();
      };
    });
  }

  #refused(answer: StartPlaybackMutation["startPlayback"]): void {
    this.store.pause();
    const error = answer?.errors[0];
    if (error?.code === "STREAM_LIMIT") this.#say({ stage: "limited", conflicts: answer?.conflicts ?? [] });
    else this.#say({ stage: "refused", code: error?.code ?? "NOT_PLAYABLE", message: error?.message ?? "" });
  }

  /** A place that ran out (sleep, a long stop, another device) is taken again once, without a word. */
  #renew(): void {
    if (this.#watching.stage !== "watching" || this.#watching.renewing) return;
    const now = performance.now();
    if (now - this.#renewedAt < renewalPause) {
      this.store.fail({ kind: "forbidden", status: 403 });
      return;
    }
    this.#renewedAt = now;
    const { time, playing } = this.store.state();
    void this.#start(time, playing || this.#wasPlaying);
  }

  #follow(): void {
    const { playing, refusals, seeks, status } = this.store.state();
    const stopped = this.#wasPlaying && !playing;
    const isRefused = refusals !== this.#refusals;
    this.#refusals = refusals;
    if (isRefused) this.#renew();
    else if (stopped) void this.#tell();
    if (seeks !== this.#seeks && status === "ready") {
      clearTimeout(this.#sought);
      this.#sought = setTimeout(() => void this.#tell(), afterSeek);
    }
    this.#seeks = seeks;
    this.#wasPlaying = playing;
  }

  #state(): PlaybackState {
    const { playing, waiting } = this.store.state();
    if (!playing) return "PAUSED";
    return waiting ? "BUFFERING" : "PLAYING";
  }

  async #tell(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    this.#toldAt = Date.now();
    try {
      const { heartbeat } = await this.send(HeartbeatDocument, {
        input: { sessionId: session.id, positionSeconds: this.store.state().time, state: this.#state() },
      });
      const lost = heartbeat?.errors.some(({ code }) => lostCodes.has(code)) ?? false;
      // Somebody who paused needs no place; it is taken again by the first segment that is refused.
      if (lost && session === this.#session && this.store.state().playing) this.#renew();
    } catch {
      // One beat that was not heard is nothing: the lease lasts for three, and the next says more.
    }
  }

  #beacon(ended: boolean): void {
    if (!this.#session) return;
    const body = JSON.stringify({ positionSeconds: this.store.state().time, ended });
    navigator.sendBeacon(
      `/api/playback/${encodeURIComponent(this.#session.id)}/position`,
      new Blob([body], { type: "application/json" }),
    );
  }

  readonly #onHide = (event: PageTransitionEvent): void => {
    this.#beacon(!event.persisted);
    // The page is told once more that it is hidden, when there is nothing left to say.
    if (!event.persisted) this.#session = null;
  };

  readonly #onShow = (event: PageTransitionEvent): void => {
    if (event.persisted) void this.#tell();
  };

  readonly #onVisibility = (): void => {
    // On a phone this is the last that is heard of a page before it is thrown away.
    if (document.visibilityState === "hidden") this.#beacon(false);
    // A machine that slept, or a tab that was put to rest, has missed its beats.
    else if (Date.now() - this.#toldAt > (this.#session?.heartbeatSeconds ?? 0) * 1000) void this.#tell();
  };

  readonly #onOnline = (): void => {
    this.#retry?.();
  };

  #leave(): void {
    this.#turn += 1;
    clearTimeout(this.#sought);
    clearInterval(this.#beat);
    this.#retry?.();
    this.#unfollow?.();
    window.removeEventListener("pagehide", this.#onHide);
    window.removeEventListener("pageshow", this.#onShow);
    document.removeEventListener("visibilitychange", this.#onVisibility);
    window.removeEventListener("online", this.#onOnline);
    const session = this.#session;
    this.#session = null;
    if (session) this.left = this.#giveBack(session, this.store.state().time);
  }

  /** Settles when the place has been given back, and with it the position that other pages show. */
  left: Promise<void> = Promise.resolve();

  async #giveBack(session: Session, positionSeconds: number | null): Promise<void> {
    try {
      await this.send(StopPlaybackDocument, {
        input: { sessionId: session.id, ...(positionSeconds !== null && { positionSeconds }) },
      });
    } catch {
      // Nobody is here to be told; the lease ends by itself.
    }
  }
}
