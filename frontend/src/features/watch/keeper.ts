import {
  HeartbeatDocument,
  type PlaybackErrorCode,
  type PlaybackState,
  StartPlaybackDocument,
  type StartPlaybackMutation,
  StopPlaybackDocument,
} from "@/gql/documents";
import { execute } from "@/lib/graphql/client";
import { deviceId, deviceName } from "@/lib/player/device";
import type { PlayerStore } from "@/lib/player/store";

type Answer = NonNullable<StartPlaybackMutation["startPlayback"]>;
export type Session = NonNullable<Answer["session"]>;
export type Conflict = Answer["conflicts"][number];

export type Watching =
  | { stage: "starting" }
  | { stage: "watching"; session: Session }
  | { stage: "limited"; conflicts: readonly Conflict[] }
  | { stage: "refused"; code: PlaybackErrorCode; message: string }
  | { stage: "failed"; error: unknown };

/** What a beat hears when its stream is no more. */
const lostCodes: ReadonlySet<string> = new Set(["SESSION_ENDED", "NOT_FOUND"]);

/** A stream taken up again and refused again within this time (ms) will not be better the third time. */
const renewalPause = 10_000;

/**
 * Keeps one place in the plan while a film is watched: takes it, says every so often where the film stands,
 * takes it again when it was lost, and gives it back.
 */
export class Keeper {
  #watching: Watching = { stage: "starting" };
  #listeners = new Set<() => void>();
  #session: Session | null = null;
  #beat: ReturnType<typeof setInterval> | undefined;
  #starting: ReturnType<typeof setTimeout> | undefined;
  #unfollow: (() => void) | null = null;
  /** Answers of an earlier turn are for somebody who is not here any more. */
  #turn = 0;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #wasPlaying = false;

  private readonly videoId: string;
  private readonly store: PlayerStore;
  private readonly send: typeof execute;

  constructor(videoId: string, store: PlayerStore, send: typeof execute = execute) {
    this.videoId = videoId;
    this.store = store;
    this.send = send;
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
    this.#unfollow = this.store.subscribe(() => this.#follow());
    window.addEventListener("pagehide", this.#onHide);
    window.addEventListener("pageshow", this.#onShow);
    document.addEventListener("visibilitychange", this.#onVisibility);
    // Put off by one turn, so that a page that is drawn twice at once takes one place and not two.
    this.#starting = setTimeout(() => void this.#start(null, true), 0);
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
    if (!this.#session) this.#say({ stage: "starting" });
    try {
      const { startPlayback } = await this.send(StartPlaybackDocument, {
        input: { videoId: this.videoId, deviceName: deviceName(navigator.userAgent), deviceId: deviceId() },
      });
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
      this.#beat = setInterval(() => void this.#tell(), session.heartbeatSeconds * 1000);
      this.#say({ stage: "watching", session });
      await this.store.load({
        url: session.manifestUrl,
        originalUrl: session.originalUrl,
        gainOf: (name, channels) =>
          session.video.audioTracks.find((track) => track.label === name && track.channels === channels)
            ?.gainDb ?? 0,
        startSeconds: position ?? session.resumeSeconds,
        durationSeconds: session.video.durationSeconds ?? 0,
        play,
      });
    } catch (error) {
      if (turn !== this.#turn) return;
      this.store.pause();
      this.#say({ stage: "failed", error });
    }
  }

  #refused(answer: StartPlaybackMutation["startPlayback"]): void {
    this.store.pause();
    const error = answer?.errors[0];
    if (error?.code === "STREAM_LIMIT") this.#say({ stage: "limited", conflicts: answer?.conflicts ?? [] });
    else this.#say({ stage: "refused", code: error?.code ?? "NOT_PLAYABLE", message: error?.message ?? "" });
  }

  /** A place that ran out (sleep, a long stop, another device) is taken again once, without a word. */
  #renew(): void {
    const now = performance.now();
    if (now - this.#renewedAt < renewalPause) return;
    this.#renewedAt = now;
    const { time, playing } = this.store.state();
    void this.#start(time, playing || this.#wasPlaying);
  }

  #follow(): void {
    const { playing, fault } = this.store.state();
    const stopped = this.#wasPlaying && !playing;
    if (fault?.kind === "forbidden" && this.#watching.stage === "watching") this.#renew();
    else if (stopped) void this.#tell();
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
  };

  #leave(): void {
    this.#turn += 1;
    clearTimeout(this.#starting);
    clearInterval(this.#beat);
    this.#unfollow?.();
    window.removeEventListener("pagehide", this.#onHide);
    window.removeEventListener("pageshow", this.#onShow);
    document.removeEventListener("visibilitychange", this.#onVisibility);
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
