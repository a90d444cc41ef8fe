import { expect, test } from "vitest";
import { deviceName } from "./device";
import { bitrateLabel, heightClass, levelLabel, rateLabel } from "./labels";
import type { Level } from "./types";

const level = (width: number, height: number, codec = "avc1.640028"): Level => ({
  index: 0,
  width,
  height,
  bitrate: 1,
  codec,
});

test.each([
  [1920, 1080, 1080],
  [1920, 800, 1080],
  [1080, 1920, 1080],
  [1440, 1080, 1080],
  [1280, 534, 720],
  [854, 480, 480],
  [426, 240, 240],
  [853, 481, 480],
])("a rung of %i by %i is known as %ip", (width, height, known) => {
  expect(heightClass({ width, height })).toBe(known);
});

test("the codec stands beside the height only where one height comes in two", () => {
  const one = level(1280, 720);
  const other = level(1280, 720, "av01.0.05M.08");

  expect(levelLabel(one, [one, level(640, 360)])).toBe("720p");
  expect(levelLabel(one, [one, other])).toBe("720p H.264");
  expect(levelLabel(other, [one, other])).toBe("720p AV1");
});

test("rates and bit rates are said as people say them", () => {
  expect(bitrateLabel(3_540_000)).toBe("3.5 Mb/s");
  expect(bitrateLabel(640_400)).toBe("640 kb/s");
  expect(rateLabel(1.25)).toBe("1.25×");
});

test.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0 Safari/537.36", "Chrome on Windows"],
  ["Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0", "Edge on Windows"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari on iPhone"],
  ["Mozilla/5.0 (Linux; Android 16; Pixel) Chrome/156.0 Mobile Safari/537.36", "Chrome on Android phone"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Linux"],
  ["curl/8", "Browser"],
])("%s is called %s", (agent, name) => {
  expect(deviceName(agent)).toBe(name);
});
