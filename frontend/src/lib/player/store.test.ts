import { beforeEach, expect, test, vi } from "vitest";
import { fakeVideo } from "@/testing/video";
import { PlayerStore } from "./store";
import { type Engine, type EngineEvents, originalLevel } from "./types";

const levels = [1080, 720, 360].map((height, index) => ({
  index,
  height,
  width: (height * 16) / 9,
  bitrate: height * 1000,
  codec: "avc1.640028",
}));

async function stand({ durationSeconds = 120, startSeconds = 0, play = false } = {}) {
  const video = fakeVideo();
  const room = document.createElement("div");
  const engine = {
    load: vi.fn(),
    renew: vi.fn(() => false),
    chooseLevel: vi.fn(),
    chooseAudio: vi.fn(),
    chooseSubtitles: vi.fn(),
    figures: vi.fn(),
    destroy: vi.fn(),
  } satisfies Engine;
  let events: EngineEvents | undefined;
  const store = new PlayerStore(async (_, given) => {
    events = given;
    return engine;
  });
  const leave = store.attach(video, room);
  await store.load({
    id: "film",
    url: "/a.m3u8",
    manifest: "#EXTM3U",
    originalUrl: "/original.m3u8",
    gainOf: () => 0,
    startSeconds,
    durationSeconds,
    play,
  });
  if (!events) throw new Error("The engine was not asked for.");
  return { video, store, engine, events, leave };
}

beforeEach(() => localStorage.clear());

test("a film is loaded at the place where somebody stopped, and its length is known before it is made", async () => {
  const { store, engine } = await stand({ startSeconds: 73 });

  expect(engine.load).toHaveBeenCalledWith("/a.m3u8", 73, "film", "#EXTM3U");
  expect(store.state()).toMatchObject({ status: "loading", time: 73, duration: 120, playing: false });
});

test("the element's word becomes the state", async () => {
  const { store, video } = await stand();

  video.bufferTo(30);
  video.currentTime = 12;
  video.tell("canplay");
  video.tell("timeupdate");
  expect(store.state()).toMatchObject({ status: "ready", time: 12, bufferedEnd: 30 });

  video.tell("waiting");
  expect(store.state().waiting).toBe(true);
  video.tell("playing");
  expect(store.state()).toMatchObject({ waiting: false, playing: true });
});

test("a film that was asked to play begins when it can, even if the element forgot", async () => {
  const { store, video } = await stand({ play: true });
  video.pause();

  video.tell("canplay");

  expect(store.state().playing).toBe(true);
});

test("a film that is paused while it loads stays paused", async () => {
  const { store, video } = await stand({ play: true });

  store.pause();
  video.tell("canplay");

  expect(store.state().playing).toBe(false);
});

test("a browser that wants a press first is heard", async () => {
  const { store, video } = await stand();
  video.play = () => Promise.reject(new DOMException("no", "NotAllowedError"));

  store.play();
  await Promise.resolve();
  await Promise.resolve();

  expect(store.state()).toMatchObject({ needsPress: true, playing: false });
});

test("seeking stays within the film", async () => {
  const { store, video } = await stand();

  store.seek(-5);
  expect(video.currentTime).toBe(0);
  store.seek(500);
  expect(video.currentTime).toBe(120);
  expect(store.state().clamped).toBe(0);
});

test("seeking in a film that still grows ends one segment before its newest end, and says so", async () => {
  const { store, video, events } = await stand();
  events.edge(24, true);

  store.seek(96);
  expect(video.currentTime).toBe(20);
  expect(store.state()).toMatchObject({ duration: 120, available: 24, clamped: 1 });

  store.seek(10);
  expect(store.state().clamped).toBe(1);

  events.edge(120, false);
  store.seek(96);
  expect(video.currentTime).toBe(96);
});

test("the rung is the engine's until one is chosen by hand, and that choice outlives a new address", async () => {
  const { store, engine, events } = await stand();
  events.levels(levels);
  events.level(1);
  expect(store.state()).toMatchObject({ currentLevel: 1, chosenLevel: -1 });

  store.chooseLevel(2);
  await store.load({
    id: "film",
    url: "/b.m3u8",
    startSeconds: 40,
    durationSeconds: 120,
    manifest: null,
    originalUrl: "/b-original.m3u8",
    gainOf: () => 0,
    play: true,
  });
  events.levels(levels);

  expect(store.state().chosenLevel).toBe(2);
  expect(engine.chooseLevel).toHaveBeenLastCalledWith(2);
});

test("the volume moves within its bounds, unmutes, and is remembered", async () => {
  const { store, video } = await stand();
  store.toggleMuted();
  video.tell("volumechange");
  expect(store.state().muted).toBe(true);

  store.setVolume(1.4);
  video.tell("volumechange");
  expect(store.state()).toMatchObject({ volume: 1, muted: false });
  store.setVolume(0.35);
  video.tell("volumechange");

  expect(new PlayerStore(vi.fn()).state().volume).toBe(0.35);
});

test("speed goes by steps and stops at the last", async () => {
  const { store, video } = await stand();

  for (let step = 0; step < 6; step += 1) {
    store.stepRate(1);
    video.tell("ratechange");
  }

  expect(store.state().rate).toBe(2);
});

test("a fault stops the film where it stands, and a new address takes it up", async () => {
  const { store, video, events } = await stand({ play: true });
  video.currentTime = 50;
  video.tell("timeupdate");

  events.fault({ kind: "forbidden", status: 403 });
  expect(store.state()).toMatchObject({ status: "failed", time: 50, playing: false });

  await store.load({
    id: "film",
    url: "/b.m3u8",
    startSeconds: 50,
    durationSeconds: 120,
    manifest: null,
    originalUrl: "/b-original.m3u8",
    gainOf: () => 0,
    play: true,
  });
  expect(store.state()).toMatchObject({ status: "loading", fault: null, time: 50 });
});

test("nothing is left behind when the page is left", async () => {
  const { store, video, engine, leave } = await stand();

  leave();
  video.tell("playing");

  expect(engine.destroy).toHaveBeenCalledOnce();
  expect(store.state().playing).toBe(false);
});

test("the source's own picture takes the ladder's place where the film stands, and gives it back", async () => {
  const { store, engine, events, video } = await stand();
  events.levels(levels);
  video.currentTime = 33;
  video.dispatchEvent(new Event("timeupdate"));
  expect(store.state().hasOriginal).toBe(true);

  store.chooseLevel(originalLevel);
  await vi.waitFor(() =>
    expect(engine.load).toHaveBeenLastCalledWith("/original.m3u8", expect.any(Number), "film", null),
  );
  events.levels(levels.slice(0, 1));
  expect(store.state().chosenLevel).toBe(originalLevel);

  store.chooseLevel(-1);
  // By now a growing film's playlist says something else.
  await vi.waitFor(() =>
    expect(engine.load).toHaveBeenLastCalledWith("/a.m3u8", expect.any(Number), "film", null),
  );
  expect(store.state().chosenLevel).toBe(-1);
});

const tracks = [
  { index: 0, label: "English", language: "en" },
  { index: 1, label: "Deutsch", language: "de" },
];

test("each film follows what somebody wants to hear and read once, and then what is chosen", async () => {
  const { store, engine, events } = await stand();
  store.wish({ audio: { language: "de" }, subtitles: { language: "de-AT" } });

  events.audioTracks(tracks, 0);
  events.subtitleTracks(tracks, -1);
  expect(engine.chooseAudio).toHaveBeenCalledWith(1);
  expect(engine.chooseSubtitles).toHaveBeenCalledWith(1);
  expect(store.state().subtitleTrack).toBe(1);

  events.audioTracks(tracks, 1);
  expect(store.chooseAudio(0)).toMatchObject({ audio: { language: "en", label: "English" } });
  events.audioTracks(tracks, 0);
  expect(engine.chooseAudio).toHaveBeenLastCalledWith(0);
});

test("subtitles that were turned off come back as the same ones", async () => {
  const { store, events } = await stand();
  events.subtitleTracks(tracks, -1);
  store.chooseSubtitles(1);

  expect(store.toggleSubtitles()).toMatchObject({ subtitles: "off" });
  expect(store.state().subtitleTrack).toBe(-1);
  expect(store.toggleSubtitles()).toMatchObject({ subtitles: { language: "de" } });
  expect(store.state().subtitleTrack).toBe(1);
});

test("a film goes on from a new address without being loaded again, where the engine can", async () => {
  const { store, engine, video } = await stand({ play: true });
  video.tell("playing");
  video.currentTime = 50;
  const film = {
    id: "film",
    url: "/b.m3u8",
    manifest: null,
    originalUrl: null,
    gainOf: () => 0,
    startSeconds: 50,
    durationSeconds: 120,
    play: true,
  };

  engine.renew.mockReturnValueOnce(true);
  await store.renew(film);
  expect(engine.load).toHaveBeenCalledTimes(1);
  expect(store.state()).toMatchObject({ status: "ready", playing: true });

  await store.renew(film);
  expect(engine.load).toHaveBeenLastCalledWith("/b.m3u8", 50, "film", null);
});

test("another screen is offered when there is one, and chosen by a press", async () => {
  const remote = Object.assign(new EventTarget(), {
    state: "disconnected",
    watchAvailability: vi.fn(async (tell: (yes: boolean) => void) => {
      tell(true);
      return 7;
    }),
    cancelWatchAvailability: vi.fn(async () => undefined),
    prompt: vi.fn(async () => undefined),
  });
  const video = Object.assign(fakeVideo(), { remote });
  const store = new PlayerStore(vi.fn());
  const leave = store.attach(video as never, document.createElement("div"));
  await vi.waitFor(() => expect(store.state().canCast).toBe(true));

  store.cast();
  expect(remote.prompt).toHaveBeenCalledOnce();
  remote.state = "connected";
  remote.dispatchEvent(new Event("connect"));
  expect(store.state().casting).toBe("on");

  leave();
  expect(remote.cancelWatchAvailability).toHaveBeenCalledWith(7);
});
