import type { HlsConfig, LoaderCallbacks, LoaderConfiguration, LoaderContext } from "hls.js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { folderOf, holdsTheSame, patientLoader, waitAsked } from "./patience";

const noon = Date.UTC(2026, 0, 1, 12);

test.each([
  [503, "7", 7],
  [429, " 0 ", 0],
  [503, new Date(noon + 12_000).toUTCString(), 12],
  [503, new Date(noon - 12_000).toUTCString(), 0],
  [503, "3600", null],
  [503, "soon", null],
  [503, null, null],
  [500, "7", null],
])("an answer %i with Retry-After %j asks for %j seconds", (status, header, seconds) => {
  expect(waitAsked(status, header, noon)).toBe(seconds);
});

test("folders of one stream under two tokens hold the same pieces, those of another version do not", () => {
  const one = folderOf("/stream/aaa/v1/master.m3u8", "https://lantern.example/watch/x");
  expect(one).toBe("https://lantern.example/stream/aaa/v1/");
  expect(holdsTheSame(one, "https://lantern.example/stream/bbb/v1/")).toBe(true);
  expect(holdsTheSame(one, "https://lantern.example/stream/bbb/v2/")).toBe(false);
  expect(holdsTheSame(one, "https://lantern.example/media/bbb/v1/")).toBe(false);
});

/** A loader whose answers are given by hand; each of them is good for one request. */
class Inner {
  static made: Inner[] = [];
  stats = { loading: { start: 0, first: 0, end: 0 } } as never;
  context: LoaderContext | null = null;
  callbacks?: LoaderCallbacks<LoaderContext>;
  abort = vi.fn();
  destroy = vi.fn();
  constructor(_: HlsConfig) {
    Inner.made.push(this);
  }
  load(context: LoaderContext, _: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>) {
    this.context = context;
    this.callbacks = callbacks;
  }
  fail(code: number, retryAfter: string | null) {
    const xhr = Object.assign(new XMLHttpRequest(), { getResponseHeader: () => retryAfter });
    this.callbacks?.onError({ code, text: "" }, this.context as LoaderContext, xhr, this.stats);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  Inner.made = [];
});
afterEach(() => {
  vi.useRealTimers();
});

function stand(known: string | null = null) {
  const onWait = vi.fn();
  const address = vi.fn((url: string) => url);
  const Patient = patientLoader(Inner as never, { address, onWait, take: () => known });
  const callbacks = { onSuccess: vi.fn(), onError: vi.fn(), onTimeout: vi.fn(), onAbort: vi.fn() };
  const loader = new Patient({} as HlsConfig);
  loader.load({ url: "/a", responseType: "" } as LoaderContext, {} as LoaderConfiguration, callbacks);
  return { loader, callbacks, onWait, address };
}

test("it comes back when the server asked it to, at the address of that time, and no error is heard of", () => {
  const { callbacks, onWait, address } = stand();

  Inner.made[0]?.fail(503, "5");
  expect(onWait).toHaveBeenLastCalledWith(5);
  address.mockReturnValue("/b");
  vi.advanceTimersByTime(4_900);
  expect(Inner.made).toHaveLength(1);
  vi.advanceTimersByTime(200);

  expect(Inner.made[1]?.context?.url).toBe("/b");
  expect(onWait).toHaveBeenLastCalledWith(null);
  expect(callbacks.onError).not.toHaveBeenCalled();
});

test("a server that asks for ever is not believed for ever", () => {
  const { callbacks } = stand();

  for (let time = 0; time < 6; time += 1) {
    Inner.made.at(-1)?.fail(503, "1");
    vi.advanceTimersByTime(1_100);
  }

  expect(callbacks.onError).toHaveBeenCalledOnce();
});

test("whoever leaves while it waits leaves nothing behind", () => {
  const { loader, callbacks, onWait } = stand();
  Inner.made[0]?.fail(429, "5");

  loader.abort();
  loader.destroy();
  vi.advanceTimersByTime(60_000);

  expect(callbacks.onAbort).toHaveBeenCalledOnce();
  expect(onWait).toHaveBeenLastCalledWith(null);
  expect(Inner.made).toHaveLength(1);
});

test("what is known already is not asked for, and comes when hls.js has done with asking", async () => {
  const { callbacks, onWait } = stand("#EXTM3U");
  expect(callbacks.onSuccess).not.toHaveBeenCalled();

  await Promise.resolve();

  expect(callbacks.onSuccess).toHaveBeenCalledOnce();
  expect(callbacks.onSuccess.mock.lastCall?.[0]).toEqual({ url: "/a", data: "#EXTM3U", code: 200 });
  expect(Inner.made[0]?.context).toBeNull();
  expect(onWait).not.toHaveBeenCalled();
});

test("whoever leaves before that hears no answer", async () => {
  const { loader, callbacks, onWait } = stand("#EXTM3U");

  loader.abort();
  await Promise.resolve();

  expect(callbacks.onAbort).toHaveBeenCalledOnce();
  expect(callbacks.onSuccess).not.toHaveBeenCalled();
  expect(onWait).not.toHaveBeenCalled();
});
