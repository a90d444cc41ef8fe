import { expect, test } from "vitest";
import { bytes } from "./bytes";
import { nameFrom } from "./nameFrom";
import { secondsLeft } from "./upload";

test.each([
  [0, "0 byte"],
  [999, "999 byte"],
  [1500, "1.5 kB"],
  [23_400_000, "23 MB"],
  [999_900_000, "1.0 GB"],
  [3_240_000_000, "3.2 GB"],
])("%i bytes are %s", (count, words) => {
  expect(bytes(count)).toBe(words);
});

test.each([
  ["big_buck.bunny-2008.mp4", "Big buck bunny 2008"],
  ["Alien.mkv", "Alien"],
  ["no extension", "No extension"],
])("a file called %s suggests %s", (file, name) => {
  expect(nameFrom(file)).toBe(name);
});

test("the time left follows from the speed, and is unknown without one", () => {
  const state = {
    status: "sending",
    sentBytes: 250,
    totalBytes: 1000,
    assetId: null,
    failedWith: null,
  } as const;

  expect(secondsLeft({ ...state, speed: 50 })).toBe(15);
  expect(secondsLeft({ ...state, speed: null })).toBeNull();
  expect(secondsLeft({ ...state, speed: 0 })).toBeNull();
});
