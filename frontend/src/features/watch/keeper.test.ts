import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HeartbeatDocument, StartPlaybackDocument, StopPlaybackDocument } from "@/gql/documents";
import { ApiError, type execute } from "@/lib/graphql/client";
import { fakePlayer } from "@/testing/engine";
import { Keeper } from "./keeper";

const session = (id: string) => ({
  id,
  manifestUrl: `/stream/${id}/master.m3u8`,
  manifest: "#EXTM3U",
  storyboardUrl: null,
  resumeSeconds: 42,
  heartbeatSeconds: 30,
  leaseExpiresAt: "",
  originalUrl: null,
  video: { durationSeconds: 120, markers: [], chapters: [], audioTracks: [] },
  nextVideo: null,
});
const away = new ApiError("NETWORK", "");
const conflict = { id: "other", deviceName: "Chrome on Windows", profileName: "Mio", startedAt: "" };

const leaves: (() => void)[] = [];

function stand() {
  const asked: [unknown, Record<string, unknown>][] = [];
  const answers = new Map<unknown, unknown[]>([
    [StartPlaybackDocument, []],
    [HeartbeatDocument, []],
    [StopPlaybackDocument, []],
  ]);
  let started = 0;
  const send = vi.fn(async (document: unknown, { input }: { input: Record<string, unknown> }) => {
    asked.push([document, input]);
    const answer = answers.get(document)?.shift();
    if (answer instanceof Error) throw answer;
    if (answer) return answer;
    if (document === HeartbeatDocument) return { heartbeat: { session: null, errors: [] } };
    if (document === StopPlaybackDocument) return { stopPlayback: { session: null, errors: [] } };
    started += 1;
    return { startPlayback: { session: session(`s${started}`), conflicts: [], errors: [] } };
  });
  const { store, engine, video, events } = fakePlayer();
  const loads = () => engine.load.mock.calls.map(([url, start]) => [url, start]);
  const keeper = new Keeper("video", store, send as unknown as typeof execute);
  const told = (document: unknown) => asked.filter(([one]) => one === document).map(([, input]) => input);
  return { keeper, store, engine, video, answers, told, loads, events, send };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  // Whoever has left hears nothing of the next test's page.
  for (const leave of leaves.splice(0)) leave();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(1);

test("a film begins where the server says that the profile stopped", async () => {
  const { keeper, loads, told } = stand();

  leaves.push(keeper.begin());
  await settle();

  expect(keeper.watching().stage).toBe("watching");
  expect(loads()).toEqual([["/stream/s1/master.m3u8", 42]]);
  expect(told(StartPlaybackDocument)[0]).toMatchObject({ videoId: "video" });
});

test("the position is told at each beat, and at once when the film is paused", async () => {
  const { keeper, video, told } = stand();
  leaves.push(keeper.begin());
  await settle();

  video.currentTime = 50;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(told(HeartbeatDocument)).toEqual([{ sessionId: "s1", positionSeconds: 50, state: "PLAYING" }]);

  video.currentTime = 55;
  video.pause();
  await settle();
  expect(told(HeartbeatDocument)[1]).toEqual({ sessionId: "s1", positionSeconds: 55, state: "PAUSED" });
});

test("a refused segment takes the stream up again once at the same place, and then says so", async () => {
  const { keeper, store, video, events, loads, told } = stand();
  leaves.push(keeper.begin());
  await settle();
  video.currentTime = 60;

  events().refused();
  await settle();
  expect(loads()[1]).toEqual(["/stream/s2/master.m3u8", 60]);
  expect(store.state().fault).toBeNull();

  events().refused();
  await settle();
  expect(told(StartPlaybackDocument)).toHaveLength(2);
  expect(store.state().fault?.kind).toBe("forbidden");
});

test("a beat that hears the stream has ended takes it up again", async () => {
  const { keeper, video, answers, loads } = stand();
  leaves.push(keeper.begin());
  await settle();
  video.currentTime = 70;
  answers.set(HeartbeatDocument, [
    { heartbeat: { session: null, errors: [{ field: null, code: "SESSION_ENDED", message: "" }] } },
  ]);

  await vi.advanceTimersByTimeAsync(30_001);

  expect(loads()[1]).toEqual(["/stream/s2/master.m3u8", 70]);
});

test("with every place taken it names who holds them, and can take one of theirs", async () => {
  const { keeper, answers, told, loads } = stand();
  const refusal = { field: null, code: "STREAM_LIMIT", message: "" };
  answers.set(StartPlaybackDocument, [
    { startPlayback: { session: null, conflicts: [conflict], errors: [refusal] } },
  ]);
  leaves.push(keeper.begin());
  await settle();
  expect(keeper.watching()).toEqual({ stage: "limited", conflicts: [conflict] });

  await keeper.takeFrom(conflict);
  await settle();

  expect(told(StopPlaybackDocument)).toEqual([{ sessionId: "other" }]);
  expect(keeper.watching().stage).toBe("watching");
  expect(loads()).toEqual([["/stream/s1/master.m3u8", 42]]);
});

test("leaving gives the place back with the position, and nothing is told after that", async () => {
  const { keeper, video, told } = stand();
  const leave = keeper.begin();
  await settle();
  video.currentTime = 80;

  leave();
  await keeper.left;
  await vi.advanceTimersByTimeAsync(90_000);

  expect(told(StopPlaybackDocument)).toEqual([{ sessionId: "s1", positionSeconds: 80 }]);
  expect(told(HeartbeatDocument)).toEqual([]);
});

test("a page that goes away says by a beacon where it was", async () => {
  const beacon = vi.fn((_url: string, _body: Blob) => true);
  vi.stubGlobal("navigator", { ...navigator, userAgent: "x", sendBeacon: beacon });
  const { keeper, video } = stand();
  leaves.push(keeper.begin());
  await settle();
  video.currentTime = 33.5;

  window.dispatchEvent(Object.assign(new Event("pagehide"), { persisted: false }));

  expect(beacon.mock.calls[0]?.[0]).toBe("/api/playback/s1/position");
  expect(await beacon.mock.calls[0]?.[1].text()).toBe('{"positionSeconds":33.5,"ended":true}');
});

test("a server that is away at the beginning is asked again, and its answer begins the film", async () => {
  const { keeper, answers, loads } = stand();
  answers.set(StartPlaybackDocument, [away, away]);
  leaves.push(keeper.begin());

  await vi.advanceTimersByTimeAsync(3_100);

  expect(keeper.watching().stage).toBe("watching");
  expect(loads()).toEqual([["/stream/s1/master.m3u8", 42]]);
});

test("a server that stays away is named, and the next try begins where the profile stopped", async () => {
  const { keeper, answers, loads } = stand();
  answers.set(StartPlaybackDocument, [away, away, away, away]);
  leaves.push(keeper.begin());
  await vi.advanceTimersByTimeAsync(8_000);
  expect(keeper.watching()).toEqual({ stage: "failed", error: away });

  keeper.again();
  await settle();

  expect(loads()).toEqual([["/stream/s1/master.m3u8", 42]]);
});

test("a place is taken again without a break where the engine can, and meanwhile what is buffered plays on", async () => {
  const { keeper, engine, video, store, answers, events, loads } = stand();
  engine.renew.mockReturnValue(true);
  leaves.push(keeper.begin());
  await settle();
  video.tell("playing");
  video.currentTime = 60;
  answers.set(StartPlaybackDocument, [away]);

  events().refused();
  await settle();
  expect(keeper.watching()).toMatchObject({ stage: "watching", renewing: true });
  expect(store.state()).toMatchObject({ status: "ready", playing: true, fault: null });

  // It is back before the pause is over.
  window.dispatchEvent(new Event("online"));
  await settle();
  expect(engine.renew).toHaveBeenCalledWith("/stream/s2/master.m3u8");
  expect(loads()).toHaveLength(1);
  expect(keeper.watching()).not.toHaveProperty("renewing");
  expect(store.state()).toMatchObject({ status: "ready", playing: true });
});

test("a machine that wakes after its stream has ended takes it up again where it was", async () => {
  const { keeper, video, answers, loads } = stand();
  leaves.push(keeper.begin());
  await settle();
  video.currentTime = 70;
  answers.set(HeartbeatDocument, [
    { heartbeat: { session: null, errors: [{ field: null, code: "SESSION_ENDED", message: "" }] } },
  ]);

  // Timers stand still while it sleeps.
  vi.setSystemTime(Date.now() + 10 * 60_000);
  document.dispatchEvent(new Event("visibilitychange"));
  await settle();

  expect(loads()[1]).toEqual(["/stream/s2/master.m3u8", 70]);
});

test("whoever goes to another place is found there by another device, even if this one is lost", async () => {
  const { keeper, video, store, told } = stand();
  leaves.push(keeper.begin());
  await settle();
  video.tell("playing");

  store.seek(30);
  store.seek(90);
  await vi.advanceTimersByTimeAsync(2_000);

  expect(told(HeartbeatDocument)).toEqual([{ sessionId: "s1", positionSeconds: 90, state: "PLAYING" }]);
});

test("somebody who was signed out elsewhere is asked to sign in, not told of a failure", async () => {
  const { keeper, answers } = stand();
  answers.set(StartPlaybackDocument, [new ApiError("UNAUTHENTICATED", "Sign in.")]);

  leaves.push(keeper.begin());
  await settle();

  expect(keeper.watching()).toMatchObject({ stage: "refused", code: "UNAUTHENTICATED" });
});

test("how the film runs is told in batches, and the rest when it is left", async () => {
  const beacon = vi.fn((_url: string, _body: string) => true);
  vi.stubGlobal("navigator", { ...navigator, userAgent: "x", sendBeacon: beacon });
  const { keeper, video, events } = stand();
  const leave = keeper.begin();
  await settle();
  await vi.advanceTimersByTimeAsync(800);
  events().levels([{ index: 0, width: 1280, height: 720, bitrate: 3_000_000, codec: "" }]);
  events().level(0);
  video.tell("playing");
  await vi.advanceTimersByTimeAsync(35_000);

  const [url, body] = beacon.mock.calls[0] ?? [];
  expect(url).toBe("/api/playback/s1/quality");
  const { events: sent } = JSON.parse(String(body)) as { events: { type: string; seconds?: number }[] };
  expect(sent.map(({ type }) => type)).toEqual(["SWITCH", "START", "PLAYED"]);
  expect(sent[1]?.seconds).toBeCloseTo(0.8, 1);

  await vi.advanceTimersByTimeAsync(2_000);
  leave();
  const last = JSON.parse(String(beacon.mock.calls.at(-1)?.[1])) as { events: { type: string }[] };
  expect(last.events.map(({ type }) => type)).toEqual(["PLAYED"]);
});
