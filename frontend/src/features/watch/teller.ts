import type { Experience } from "@/lib/player/experience";

/** What there is to say is said at least so often (ms), and at once when there is so much of it. */
const often = 30_000;
const much = 10;
const glance = 5000;

/** Tells the server how its stream runs, in batches; the last of it when the page is hidden or left. */
export class Teller {
  #sessionId: string | null = null;
  #toldAt = 0;
  readonly #experience: Experience;

  constructor(experience: Experience) {
    this.#experience = experience;
  }

  begin(): () => void {
    const timer = setInterval(() => {
      if (this.#experience.waiting >= much || Date.now() - this.#toldAt >= often) this.#tell();
    }, glance);
    document.addEventListener("visibilitychange", this.#onVisibility);
    window.addEventListener("pagehide", this.#onHide);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", this.#onVisibility);
      window.removeEventListener("pagehide", this.#onHide);
      this.#tell();
    };
  }

  /** From here on it is this stream that runs; what was left to say is of the one before. */
  tellOf(sessionId: string): void {
    if (this.#sessionId !== null) {
      this.#tell();
      this.#experience.startAfresh();
    }
    this.#sessionId = sessionId;
    this.#toldAt = Date.now();
  }

  readonly #onVisibility = (): void => {
    if (document.visibilityState === "hidden") this.#tell();
  };

  readonly #onHide = (): void => this.#tell();

  #tell(): void {
    if (this.#sessionId === null) return;
    this.#toldAt = Date.now();
    const events = this.#experience.take();
    if (!events) return;
    // A beacon outlives the page. What it cannot deliver is lost, as a look at a film is no account of money.
    navigator.sendBeacon?.(
      `/api/playback/${encodeURIComponent(this.#sessionId)}/quality`,
      JSON.stringify({ events }),
    );
  }
}
