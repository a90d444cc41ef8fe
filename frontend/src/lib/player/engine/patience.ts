import type { HlsConfig, Loader, LoaderCallbacks, LoaderConfiguration, LoaderContext } from "hls.js";

type Made = Loader<LoaderContext>;
type Maker = new (config: HlsConfig) => Made;

/** Seconds: who asks for a longer wait than this is taken to be away. */
const longestWait = 60;
/** How often one piece waits before its failure counts. */
const mostWaits = 5;

/**
 * The seconds that an answer asks to be left alone for (RFC 9110, 10.2.3: a number of seconds or a date), null where
 * it asks nothing of the kind. Only 429 and 503 ask.
 */
export function waitAsked(status: number, header: string | null, now: number = Date.now()): number | null {
  if ((status !== 429 && status !== 503) || header === null) return null;
  const text = header.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  if (!Number.isFinite(seconds) || seconds > longestWait) return null;
  return Math.max(0, seconds);
}

/** What stands before the names of pieces in an address: everything up to the last slash. */
export function folderOf(url: string, base: string): string {
  return new URL(".", new URL(url, base)).href;
}

/**
 * Whether two folders hold the same pieces: a stream's folder is `/stream/<token>/<asset version>/`, and only the token
 * is another one after a stream was taken up again.
 */
export function holdsTheSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((folder) => new URL(folder).pathname.split("/"));
  if (!first || !second || first.length !== second.length || first.length < 5) return false;
  return first.every((part, place) => place === 2 || part === second[place]);
}

interface Ways {
  /** Where a piece is to be had now: its address as the playlist has it, with the token of today. */
  address(url: string): string;
  /** Hears of each wait, in seconds, and null after it. */
  onWait(seconds: number | null): void;
  /** What lies at an address, where that is known already; null where it has to be asked for. */
  take(url: string): string | null;
}

/**
 * A loader that does what `Retry-After` says. hls.js knows nothing of that header: it would come back at once, or give
 * the rung up, when all rungs are behind the same busy server.
 */
export function patientLoader(Base: Maker, { address, onWait, take }: Ways): Maker {
  return class PatientLoader implements Made {
    #config: HlsConfig;
    #inner: Made;
    #timer: ReturnType<typeof setTimeout> | undefined;
    #waits = 0;
    #waiting = false;
    #abandon: (() => void) | null = null;

    constructor(config: HlsConfig) {
      this.#config = config;
      this.#inner = new Base(config);
    }

    get stats() {
      return this.#inner.stats;
    }
    get context() {
      return this.#inner.context;
    }

    load(context: LoaderContext, config: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>) {
      const text = take(context.url);
      if (text !== null) return this.#give(text, context, callbacks);
      context.url = address(context.url);
      this.#inner.load(context, config, {
        ...callbacks,
        onError: (error, given, details, stats) => {
          const header = details instanceof XMLHttpRequest ? details.getResponseHeader("Retry-After") : null;
          const wait = waitAsked(error.code, header);
          if (wait === null || this.#waits >= mostWaits)
            return callbacks.onError(error, given, details, stats);
          this.#waits += 1;
          onWait(wait);
          this.#waiting = true;
          const same = this.#inner.stats;
          this.#abandon = () => callbacks.onAbort?.(same, given, details);
          this.#timer = setTimeout(() => {
            this.#abandon = null;
            this.#waiting = false;
            onWait(null);
            this.#renew(same);
            this.load(context, config, callbacks);
          }, wait * 1000);
        },
      });
    }

    /** An answer without a request, and not before hls.js has done with asking. */
    #give(text: string, context: LoaderContext, callbacks: LoaderCallbacks<LoaderContext>) {
      const { stats } = this.#inner;
      const now = performance.now();
      Object.assign(stats.loading, { start: now, first: now, end: now });
      stats.loaded = text.length;
      stats.total = text.length;
      const abandon = () => callbacks.onAbort?.(stats, context, null);
      this.#abandon = abandon;
      queueMicrotask(() => {
        if (this.#abandon !== abandon) return;
        this.#abandon = null;
        callbacks.onSuccess({ url: context.url, data: text, code: 200 }, stats, context, null);
      });
    }

    /** A loader is good for one request; hls.js holds on to the figures of the first. */
    #renew(stats: Made["stats"]) {
      this.#inner.destroy();
      this.#inner = new Base(this.#config);
      stats.loading.start = 0;
      stats.loading.first = 0;
      stats.loading.end = 0;
      this.#inner.stats = stats;
    }

    #stopWaiting() {
      clearTimeout(this.#timer);
      if (this.#waiting) onWait(null);
      this.#waiting = false;
      this.#abandon = null;
    }

    abort() {
      const abandon = this.#abandon;
      this.#stopWaiting();
      if (abandon) abandon();
      else this.#inner.abort();
    }

    destroy() {
      this.#stopWaiting();
      this.#inner.destroy();
    }

    getCacheAge() {
      return this.#inner.getCacheAge?.() ?? null;
    }

    getResponseHeader(name: string) {
      return this.#inner.getResponseHeader?.(name) ?? null;
    }
  };
}
