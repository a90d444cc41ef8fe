import type { DetailedError, Upload as TusUpload } from "tus-js-client";
import { cookie } from "@/lib/graphql/client";

export interface UploadState {
  status: "waiting" | "sending" | "paused" | "done" | "failed";
  sentBytes: number;
  totalBytes: number;
  /** Bytes a second, smoothed; null before it is known. */
  speed: number | null;
  assetId: string | null;
  /** The HTTP status that ended it, null where no answer came. */
  failedWith: number | null;
}

const pauses = [0, 1000, 3000, 5000, 10_000, 20_000];

/**
 * One film on its way in, by tus: what has arrived survives a pause, a lost connection, and a closed tab when the
 * same file is dropped again.
 */
export class FilmUpload {
  #state: UploadState;
  #listeners = new Set<() => void>();
  #tus: TusUpload | null = null;
  #mark = { at: 0, bytes: 0 };
  readonly file: File;

  constructor(file: File) {
    this.file = file;
    this.#state = {
      status: "waiting",
      sentBytes: 0,
      totalBytes: file.size,
      speed: null,
      assetId: null,
      failedWith: null,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): UploadState => this.#state;

  #set(change: Partial<UploadState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** Begins, or goes on after a pause or a failure. */
  async start(): Promise<void> {
    this.#set({ status: "sending", failedWith: null, speed: null });
    this.#mark = { at: performance.now(), bytes: this.#state.sentBytes };
    if (!this.#tus) {
      const { Upload } = await import("tus-js-client");
      this.#tus = new Upload(this.file, {
        endpoint: "/api/uploads/",
        retryDelays: pauses,
        removeFingerprintOnSuccess: true,
        metadata: { filename: this.file.name, kind: "film" },
        onBeforeRequest: (request) => request.setHeader("X-CSRFToken", cookie("csrftoken") ?? ""),
        onAfterResponse: (_, response) => {
          const assetId = response.getHeader("Asset-Id");
          if (assetId) this.#set({ assetId });
        },
        onProgress: (sent) => this.#onProgress(sent),
        onSuccess: () => this.#set({ status: "done", sentBytes: this.file.size }),
        onError: (error) => this.#onError(error),
      });
      const [earlier] = await this.#tus.findPreviousUploads();
      if (earlier) this.#tus.resumeFromPreviousUpload(earlier);
    }
    if (this.#state.status === "sending") this.#tus.start();
  }

  async pause(): Promise<void> {
    this.#set({ status: "paused", speed: null });
    await this.#tus?.abort();
  }

  /** Ends it and lets the server forget what it has of it. */
  async cancel(): Promise<void> {
    if (this.#state.status === "done") return;
    this.#set({ status: "paused" });
    await this.#tus?.abort(true).catch((fault: unknown) => console.error(fault));
  }

  #onProgress(sent: number): void {
    const now = performance.now();
    const seconds = (now - this.#mark.at) / 1000;
    let { speed } = this.#state;
    if (seconds >= 0.5) {
      const latest = Math.max(0, sent - this.#mark.bytes) / seconds;
      speed = speed === null ? latest : speed * 0.7 + latest * 0.3;
      this.#mark = { at: now, bytes: sent };
    }
    this.#set({ sentBytes: sent, speed });
  }

  #onError(error: Error | DetailedError): void {
    const response = "originalResponse" in error ? error.originalResponse : null;
    this.#set({ status: "failed", failedWith: response?.getStatus() ?? null, speed: null });
  }
}

/** Seconds until it is all there at this speed, null when nobody can say. */
export function secondsLeft({ sentBytes, totalBytes, speed }: UploadState): number | null {
  return speed && speed > 0 ? (totalBytes - sentBytes) / speed : null;
}
