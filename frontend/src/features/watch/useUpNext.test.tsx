import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakePlayer, someFilm } from "@/testing/engine";
import { Attendance } from "./attendance";
import { countdown, creditsFrom, useUpNext } from "./useUpNext";

const credits = { kind: "CREDITS", startSeconds: 100, endSeconds: 120 } as const;
const intro = { kind: "INTRO", startSeconds: 2, endSeconds: 10 } as const;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function stand({
  autoplay = true,
  attendance = new Attendance(),
  markers = [intro, credits] as never,
} = {}) {
  const { store, video } = fakePlayer();
  await store.load(someFilm);
  const onNext = vi.fn();
  const go = (seconds: number) =>
    act(() => {
      video.currentTime = seconds;
      video.tell("playing");
      video.tell("timeupdate");
    });
  const hook = renderHook(() => useUpNext({ store, markers, onNext, autoplay, attendance }));
  const wait = (seconds: number) => {
    // One second at a time, as each is drawn before the next is counted.
    for (let second = 0; second < seconds; second += 1) act(() => vi.advanceTimersByTime(1000));
  };
  return { store, video, onNext, go, wait, upNext: () => hook.result.current.upNext, hook };
}

test("the credits are the last ones marked, and only in a film's second half", () => {
  expect(creditsFrom([intro, credits], 120)).toBe(100);
  expect(creditsFrom([{ ...credits, startSeconds: 3 }], 120)).toBe(Number.POSITIVE_INFINITY);
  expect(creditsFrom([], 120)).toBe(Number.POSITIVE_INFINITY);
});

test("from the credits on it counts down and goes on by itself, and stands still with the film", async () => {
  const { video, onNext, go, wait, upNext } = await stand();
  go(50);
  expect(upNext()).toEqual({ stage: "none" });

  go(101);
  expect(upNext()).toEqual({ stage: "counting", left: countdown });
  wait(2);
  act(() => video.pause());
  wait(20);
  expect(upNext()).toEqual({ stage: "counting", left: countdown - 2 });

  go(103);
  wait(countdown - 2);
  expect(onNext).toHaveBeenCalledOnce();
});

test("it can be declined, and is asked anew of whoever goes back", async () => {
  const { onNext, go, wait, upNext, hook } = await stand();
  go(101);
  act(() => hook.result.current.decline());
  wait(30);
  expect(upNext()).toEqual({ stage: "offered" });
  expect(onNext).not.toHaveBeenCalled();

  go(40);
  go(101);
  expect(upNext()).toEqual({ stage: "counting", left: countdown });
});

test("who does not want episodes to begin by themselves is only offered the next", async () => {
  const { onNext, go, wait, upNext } = await stand({ autoplay: false });
  go(101);
  wait(30);

  expect(upNext()).toEqual({ stage: "offered" });
  expect(onNext).not.toHaveBeenCalled();
});

test("a film whose credits nobody has marked counts at its end", async () => {
  const { video, onNext, go, wait, upNext } = await stand({ markers: [] as never });
  go(119);
  expect(upNext()).toEqual({ stage: "none" });
  act(() => video.tell("ended"));
  wait(countdown);

  expect(onNext).toHaveBeenCalledOnce();
});

test("after three episodes that nobody asked for it asks, and the film stands still until somebody answers", async () => {
  const attendance = new Attendance();
  for (let episode = 0; episode < 3; episode += 1) attendance.wentOn();
  const { store, onNext, go, wait, upNext, hook } = await stand({ attendance });
  go(101);
  wait(countdown);
  expect(upNext()).toEqual({ stage: "asking" });
  expect(store.state().playing).toBe(false);
  wait(60);
  expect(onNext).not.toHaveBeenCalled();

  act(() => hook.result.current.stay());
  expect(upNext()).toEqual({ stage: "offered" });
});

test("somebody who presses anything is there", async () => {
  const attendance = new Attendance();
  for (let episode = 0; episode < 3; episode += 1) attendance.wentOn();
  attendance.seen();
  const { onNext, go, wait } = await stand({ attendance });
  go(101);
  wait(countdown);

  expect(onNext).toHaveBeenCalledOnce();
});
