import type { PlayerStore } from "./store";
import type { PlayerFault, PlayerState } from "./types";

/** One thing that happened, as `POST /api/playback/<session id>/quality` takes it. Seconds; pixels; bits a second. */
export type QualityEvent = { position?: number } & (
  | { type: "START"; seconds: number }
  | { type: "PLAYED"; seconds: number }
  | { type: "STALL"; seconds: number }
  | { type: "SWITCH"; height: number; bitrate?: number }
  | { type: "ERROR"; code: ErrorCode; fatal?: boolean; status?: number }
);
type ErrorCode = "FORBIDDEN" | "MISSING" | "NETWORK" | "MEDIA" | "UNSUPPORTED" | "OTHER";

/** What a batch may hold at most; what is older than that is given up. */
const mostEvents = 100;
/** Waiting that begins so soon (ms) after somebody went to another place is theirs. */
const afterSeek = 1500;
/** The same error again within this time (ms) is the same trouble. */
const sameTrouble = 5000;

const rounded = (milliseconds: number) => Math.round(milliseconds) / 1000;

/**
 * Notes how a film runs for who watches it: how long until its first picture, how long it played, where it stalled,
 * which rungs it took, what went wrong.
 */
export class Experience {
  #events: { at: number; event: QualityEvent }[] = [];
  #pressedAt: number | null = null;
  #playedSince: number | null = null;
  #played = 0;
  #stalledAt: number | null = null;
  #soughtAt = Number.NEGATIVE_INFINITY;
  #lastError = { code: "" as string, at: Number.NEGATIVE_INFINITY };
  #before: PlayerState;
  readonly #store: PlayerStore;
  readonly #now: () => number;

  /** `now` answers milliseconds, from any zero. */
  constructor(store: PlayerStore, now: () => number = () => performance.now()) {
    this.#store = store;
    this.#now = now;
    this.#before = store.state();
  }

  /** Somebody pressed play: from here on it is counted how long they wait. */
  pressed(): void {
    this.#pressedAt = this.#now();
  }

  follow(): () => void {
    this.#before = this.#store.state();
    return this.#store.subscribe(() => this.#read());
  }

  #read(): void {
    const before = this.#before;
    const state = this.#store.state();
    this.#before = state;
    const now = this.#now();
    if (state.seeks !== before.seeks) this.#soughtAt = now;
    // A browser that wants a press first makes nobody wait but itself.
    if (before.needsPress && !state.needsPress && this.#pressedAt !== null) this.#pressedAt = now;

    const moves = (one: PlayerState) => one.status === "ready" && one.playing && !one.waiting;
    if (moves(state) && this.#playedSince === null) {
      this.#playedSince = now;
      if (this.#pressedAt !== null) this.#note({ type: "START", seconds: rounded(now - this.#pressedAt) });
      this.#pressedAt = null;
    }
    if (!moves(state)) this.#stopCounting(now);

    const stalls = state.status === "ready" && state.playing && state.waiting;
    if (stalls && this.#stalledAt === null && moves(before) && now - this.#soughtAt > afterSeek)
      this.#stalledAt = now;
    if (!stalls && this.#stalledAt !== null) {
      this.#note({ type: "STALL", seconds: rounded(now - this.#stalledAt), position: state.time });
      this.#stalledAt = null;
    }

    const level = state.levels[state.currentLevel];
    if (level && (state.currentLevel !== before.currentLevel || state.levels !== before.levels))
      this.#switched(level);
    if (state.mishap !== before.mishap && state.mishap) this.#mishap(state.mishap, now);
    if (state.fault !== before.fault && state.fault) this.#broke(state.fault);
  }

  #height = 0;

  #switched({ height, bitrate }: { height: number; bitrate: number }): void {
    if (height === this.#height || height <= 0) return;
    this.#height = height;
    this.#note({
      type: "SWITCH",
      height: Math.round(height),
      ...(bitrate > 0 && { bitrate: Math.round(bitrate) }),
      position: this.#store.state().time,
    });
  }

  #stopCounting(now: number): void {
    if (this.#playedSince !== null) this.#played += now - this.#playedSince;
    this.#playedSince = null;
  }

  #mishap({ name, status }: NonNullable<PlayerState["mishap"]>, now: number): void {
    const code = codeOf(name, status);
    const isSame = code === this.#lastError.code && now - this.#lastError.at < sameTrouble;
    this.#lastError = { code, at: now };
    if (!isSame) this.#note({ type: "ERROR", code, fatal: false, ...(status !== null && { status }) });
  }

  #broke({ kind, status }: PlayerFault): void {
    const code = kind.toUpperCase() as ErrorCode;
    this.#note({ type: "ERROR", code, fatal: true, ...(status !== null && { status }) });
  }

  #note(event: QualityEvent): void {
    this.#events.push({ at: this.#now(), event });
    if (this.#events.length >= mostEvents) this.#events.shift();
  }

  /** How many events wait to be told. */
  get waiting(): number {
    return this.#events.length;
  }

  /** All that has not been told yet, with how long ago it was; what was played comes last. Null for nothing. */
  take(): (QualityEvent & { ago: number })[] | null {
    const now = this.#now();
    const counts = this.#playedSince !== null;
    this.#stopCounting(now);
    if (counts) this.#playedSince = now;
    if (this.#played > 0) this.#note({ type: "PLAYED", seconds: rounded(this.#played) });
    this.#played = 0;
    const taken = this.#events.map(({ at, event }) => ({ ...event, ago: rounded(now - at) }));
    this.#events = [];
    return taken.length > 0 ? taken : null;
  }

  /** Another stream begins: it has its own first rung. */
  startAfresh(): void {
    this.#height = 0;
  }
}

function codeOf(name: string, status: number | null): ErrorCode {
  if (status === 403) return "FORBIDDEN";
  if (status === 404 || status === 410) return "MISSING";
  if (/buffer|decode|media|parsing|append/i.test(name)) return "MEDIA";
  if (status !== null || /load|timeout|network/i.test(name)) return "NETWORK";
  return "OTHER";
}
