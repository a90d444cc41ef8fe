import { expect, test } from "vitest";
import { refined, wishedAudio, wishedSubtitles } from "./wishes";

const tracks = [
  { index: 0, label: "English", language: "en", channels: 2 },
  { index: 1, label: "English 5.1", language: "en", channels: 6 },
  { index: 2, label: "English, described", language: "en", channels: 2, describes: true },
  { index: 3, label: "Deutsch", language: "de-AT", channels: 2 },
];

test.each([
  [{ language: "en" }, 0],
  [{ language: "en", channels: 6 }, 1],
  [{ language: "en", label: "English, described", channels: 2 }, 2],
  [{ language: "en", describes: true }, 2],
  [{ language: "de", describes: true }, 3],
  [{ language: "de" }, 3],
  [{ language: "de-DE", label: "Deutsch" }, 3],
  [{ language: "fr" }, -1],
])("of sound %j is track %i", (audio, place) => {
  expect(wishedAudio(tracks, { audio, subtitles: null })).toBe(place);
});

test("no wish leaves the film's own choice, off is off, and a language that is not there is none", () => {
  expect(wishedAudio(tracks, { audio: null, subtitles: null })).toBe(-1);
  expect(wishedSubtitles(tracks, { audio: null, subtitles: null })).toBeNull();
  expect(wishedSubtitles(tracks, { audio: null, subtitles: "off" })).toBe(-1);
  expect(wishedSubtitles(tracks, { audio: null, subtitles: { language: "fr" } })).toBe(-1);
  expect(wishedSubtitles(tracks, { audio: null, subtitles: { language: "de" } })).toBe(3);
});

test("the very track of this evening is kept as long as it is what the profile wants", () => {
  const here = { language: "en", describes: false, label: "English 5.1" };
  expect(refined({ language: "en" }, here)).toBe(here);
  expect(refined({ language: "de" }, here)).toEqual({ language: "de" });
  expect(refined("off", here)).toBe("off");
  expect(refined(null, here)).toBeNull();
});
