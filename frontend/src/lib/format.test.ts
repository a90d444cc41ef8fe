import { describe, expect, test } from "vitest";
import { clock, dayName, duration, goesOn, percent, timeLeft, watchedPart } from "./format";

describe("a length is said as people say it", () => {
  test.each([
    [0.4, "1 s"],
    [45, "45 s"],
    [60, "1 min"],
    [596, "10 min"],
    [3600, "1 h"],
    [5520, "1 h 32 min"],
    [3599, "1 h"],
  ])("%d seconds are %s", (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});

test("time left is what is not watched yet, never below nothing", () => {
  expect(timeLeft(300, 600)).toBe("5 min left");
  expect(timeLeft(700, 600)).toBe("1 s left");
});

test("a clock shows hours only when there are any", () => {
  expect(clock(7.9)).toBe("0:07");
  expect(clock(725)).toBe("12:05");
  expect(clock(3729)).toBe("1:02:09");
  expect(clock(-3)).toBe("0:00");
});

test("preparing says a hundred only when it is done", () => {
  expect(percent(0.404)).toBe(40);
  expect(percent(0.9999)).toBe(99);
  expect(percent(-1)).toBe(0);
});

test("what is finished, unbegun or without length has no watched part", () => {
  expect(watchedPart({ positionSeconds: 150, completed: false }, 600)).toBe(0.25);
  expect(watchedPart({ positionSeconds: 590, completed: true }, 600)).toBeNull();
  expect(watchedPart({ positionSeconds: 0, completed: false }, 600)).toBeNull();
  expect(watchedPart({ positionSeconds: 10, completed: false }, null)).toBeNull();
  expect(watchedPart(null, 600)).toBeNull();
});

test("a day is today, yesterday, a day of this week or a date", () => {
  const now = new Date(2026, 2, 30, 9, 0);
  const day = (ago: number) => dayName(new Date(2026, 2, 30 - ago, 23, 30), now);

  expect([day(0), day(1), day(2), day(6), day(7)]).toEqual([
    "Today",
    "Yesterday",
    "Saturday",
    "Tuesday",
    "March 23",
  ]);
  expect(dayName(new Date(2025, 11, 24), now)).toBe("December 24, 2025");
});

test("that something goes is said in its last month", () => {
  const now = new Date(2026, 2, 1);

  expect(goesOn(new Date(2026, 2, 12).toISOString(), now)).toBe("March 12");
  expect(goesOn(new Date(2026, 8, 12).toISOString(), now)).toBeNull();
  expect(goesOn(null, now)).toBeNull();
});
