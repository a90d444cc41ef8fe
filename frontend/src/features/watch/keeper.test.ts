import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HeartbeatDocument, StartPlaybackDocument, StopPlaybackDocument } from "@/gql/documents";
import type { execute } from "@/lib/graphql/client";
import { PlayerStore } from "@/lib/player/store";
import type { EngineEvents } from "@/lib/player/types";
import { fakeVideo } from "@/testing/video";
import { Keeper } from "./keeper";

const session = (id: string) => ({
  id,
  manifestUrl: `/stream/${id}/master.m3u8`,
  storyboardUrl: null,
  resumeSeconds: 42,
  heartbeatSeconds: 30,
  leaseExpiresAt: "",
  originalUrl: null,
  video: { durationSeconds: 120, markers: [], chapters: [], audioTracks: [] },
  nextVideo: null,
});
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
    if (answer) return answer;
    if (document === HeartbeatDocument) return { heartbeat: { session: null, errors: [] } };
    if (document === StopPlaybackDocument) return { stopPlayback: { session: null, errors: [] } };
    started += 1;
    return { startPlayback: { session: session(`s${started}`), conflicts: [], errors: [] } };
  });
  const loads: [string, number][] = [];
  let events: EngineEvents | undefined;
  const video = fakeVideo();
  const store = new PlayerStore(async (_, given) => {
    events = given;
    return {
      load: (url, start) => loads.push([url, start]),
      chooseLevel: () => {},
      chooseAudio: () => {},
      chooseSubtitles: () => {},
      figures: () => ({ codec: null, bitrate: null, bandwidth: null, engine: "" }),
      destroy: () => {},
    };
  });
  store.attach(video, document.createElement("div"));
  const keeper = new Keeper("video", store, send as unknown as typeof execute);
  const told = (document: unknown) => asked.filter(([one]) => one === document).map(([, input]) => input);
  return { keeper, store, video, answers, told, loads, events: () => events };
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
  expect(loads).toEqual([["/stream/s1/master.m3u8", 42]]);
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

  events()?.fault({ kind: "forbidden", status: 403 });
  await settle();
  expect(loads[1]).toEqual(["/stream/s2/master.m3u8", 60]);
  expect(store.state().fault).toBeNull();

  events()?.fault({ kind: "forbidden", status: 403 });
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

  expect(loads[1]).toEqual(["/stream/s2/master.m3u8", 70]);
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
  expect(loads).toEqual([["/stream/s1/master.m3u8", 42]]);
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
