import { expect, test } from "vitest";
import { fakePlayer, someFilm } from "@/testing/engine";
import { Experience } from "./experience";

async function stand() {
  let now = 0;
  const player = fakePlayer();
  const experience = new Experience(player.store, () => now);
  experience.follow();
  experience.pressed();
  await player.store.load(someFilm);
  const after = (seconds: number) => {
    now += seconds * 1000;
  };
  return { ...player, experience, after };
}

test("from the press to the first picture is the start; what moves is played, what waits is a stall", async () => {
  const { video, experience, after } = await stand();
  after(1.2);
  video.tell("playing");
  after(10);
  video.currentTime = 10;
  video.tell("timeupdate");
  video.tell("waiting");
  after(2.5);
  video.tell("playing");
  after(5);

  expect(experience.take()).toEqual([
    { type: "START", seconds: 1.2, ago: 17.5 },
    { type: "STALL", seconds: 2.5, position: 10, ago: 5 },
    { type: "PLAYED", seconds: 15, ago: 0 },
  ]);
  after(3);
  expect(experience.take()).toEqual([{ type: "PLAYED", seconds: 3, ago: 0 }]);
});

test("waiting after somebody went to another place is no stall, and a pause is not played", async () => {
  const { store, video, experience, after } = await stand();
  video.tell("playing");
  experience.take();

  store.seek(60);
  video.tell("waiting");
  after(3);
  video.tell("playing");
  video.pause();
  after(60);

  expect(experience.take()).toBeNull();
});

test("rungs are told when they change, errors with what was known of them, and the same trouble once", async () => {
  const { events, experience, after } = await stand();
  const level = (height: number, index: number) => ({
    index,
    width: 0,
    height,
    bitrate: height * 1000,
    codec: "",
  });
  events().levels([level(360, 0), level(720, 1)]);
  events().level(0);
  events().level(0);
  events().level(1);
  events().mishap("fragLoadError", 503);
  events().mishap("fragLoadError", 503);
  after(10);
  events().mishap("levelLoadTimeOut", null);
  events().mishap("bufferAppendError", null);
  events().fault({ kind: "media", status: null });

  expect(experience.take()?.map(({ ago: _, position: __, ...event }) => event)).toEqual([
    { type: "SWITCH", height: 360, bitrate: 360_000 },
    { type: "SWITCH", height: 720, bitrate: 720_000 },
    { type: "ERROR", code: "NETWORK", fatal: false, status: 503 },
    { type: "ERROR", code: "NETWORK", fatal: false },
    { type: "ERROR", code: "MEDIA", fatal: false },
    { type: "ERROR", code: "MEDIA", fatal: true },
  ]);
});

test("nobody waits for a browser that wants a press first", async () => {
  const { video, store, experience, after } = await stand();
  video.play = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  store.play();
  await Promise.resolve();
  await Promise.resolve();
  after(30);
  video.tell("play");
  after(0.3);
  video.tell("playing");

  expect(experience.take()?.[0]).toMatchObject({ type: "START", seconds: 0.3 });
});
