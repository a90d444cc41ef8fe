import { expect, test } from "vitest";
import { parseStoryboard, thumbnailAt } from "./storyboard";

const base = "https://films.example/stream/token/v/storyboard/index.vtt";
const file = `WEBVTT

1
00:00:00.000 --> 00:00:10.000
00000.jpg#xywh=0,0,160,90

00:10.000 --> 00:20.000
00000.jpg#xywh=160,0,160,90

01:00:00.000 --> 01:00:10.000 align:left
sheets/00001.jpg#xywh=pixel:0,90,160,90
`;

test("each cue becomes a rectangle on a sheet whose address is relative to the file's", () => {
  const found = parseStoryboard(file, base);

  expect(found).toHaveLength(3);
  expect(found[1]).toEqual({
    start: 10,
    end: 20,
    url: "https://films.example/stream/token/v/storyboard/00000.jpg",
    x: 160,
    y: 0,
    width: 160,
    height: 90,
  });
  expect(found[2]?.start).toBe(3600);
  expect(found[2]?.url).toBe("https://films.example/stream/token/v/storyboard/sheets/00001.jpg");
});

test("a file with Windows line ends reads the same", () => {
  expect(parseStoryboard(file.replaceAll("\n", "\r\n"), base)).toEqual(parseStoryboard(file, base));
});

test("what is no picture of a moment is left out", () => {
  const odd =
    "WEBVTT\n\n00:00.000 --> 00:02.000\n00000.jpg\n\n00:02.000 --> 00:04.000\na.jpg#xywh=0,0,0,0\n\nNOTE hello\n";

  expect(parseStoryboard(odd, base)).toEqual([]);
});

test("a moment has the picture that began last, and the end of the film has the last one", () => {
  const found = parseStoryboard(file, base);

  expect(thumbnailAt(found, 0)?.x).toBe(0);
  expect(thumbnailAt(found, 9.99)?.x).toBe(0);
  expect(thumbnailAt(found, 10)?.x).toBe(160);
  expect(thumbnailAt(found, 99_999)?.start).toBe(3600);
  expect(thumbnailAt([], 5)).toBeNull();
});
