import { vi } from "vitest";
import { PlayerStore } from "@/lib/player/store";
import type { Engine, EngineEvents } from "@/lib/player/types";
import { fakeVideo } from "./video";

/** A player whose engine does nothing and whose element does what it is told. */
export function fakePlayer() {
  const engine = {
    load: vi.fn(),
    renew: vi.fn(() => false),
    chooseLevel: vi.fn(),
    chooseAudio: vi.fn(),
    chooseSubtitles: vi.fn(),
    figures: vi.fn(() => ({ codec: null, bitrate: null, bandwidth: null, engine: "" })),
    destroy: vi.fn(),
  } satisfies Engine;
  const heard: { events?: EngineEvents } = {};
  const store = new PlayerStore(async (_, given) => {
    heard.events = given;
    return engine;
  });
  const video = fakeVideo();
  const leave = store.attach(video, document.createElement("div"));
  const events = () => {
    if (!heard.events) throw new Error("The engine was not asked for.");
    return heard.events;
  };
  return { store, engine, video, events, leave };
}

export const someFilm = {
  id: "film",
  url: "/stream/one/v1/master.m3u8",
  manifest: null,
  originalUrl: null,
  gainOf: () => 0,
  startSeconds: 0,
  durationSeconds: 120,
  play: true,
};
