import { expect, test } from "vitest";
import { belongsToFocus, commandOf } from "./keys";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test.each([
  [" ", { do: "toggle" }],
  ["k", { do: "toggle" }],
  ["K", { do: "toggle" }],
  ["j", { do: "jump", seconds: -10 }],
  ["l", { do: "jump", seconds: 10 }],
  ["ArrowLeft", { do: "jump", seconds: -5 }],
  ["ArrowRight", { do: "jump", seconds: 5 }],
  ["ArrowUp", { do: "volume", change: 0.05 }],
  ["ArrowDown", { do: "volume", change: -0.05 }],
  ["m", { do: "mute" }],
  ["f", { do: "fullscreen" }],
  ["c", { do: "captions" }],
  ["i", { do: "figures" }],
  ["0", { do: "part", tenths: 0 }],
  ["8", { do: "part", tenths: 8 }],
  ["<", { do: "rate", step: -1 }],
  [">", { do: "rate", step: 1 }],
  ["?", { do: "keys" }],
  ["Escape", { do: "close" }],
])("the key %j asks for %j", (key, command) => {
  expect(commandOf(press(key))).toEqual(command);
});

test("other keys, and keys held with Ctrl, Alt or the command key, are the browser's", () => {
  expect(commandOf(press("x"))).toBeNull();
  expect(commandOf(press("Tab"))).toBeNull();
  expect(commandOf(press("toString"))).toBeNull();
  expect(commandOf(press("f", { ctrlKey: true }))).toBeNull();
  expect(commandOf(press("ArrowLeft", { altKey: true }))).toBeNull();
});

test("words that are typed, an open menu and a pressed button keep their keys; Esc is always heard", () => {
  const button = document.createElement("button");
  const field = document.createElement("input");
  const menu = document.createElement("div");
  menu.setAttribute("role", "menu");

  expect(belongsToFocus(press(" "), button)).toBe(true);
  expect(belongsToFocus(press("k"), button)).toBe(false);
  expect(belongsToFocus(press("k"), field)).toBe(true);
  expect(belongsToFocus(press("ArrowDown"), menu)).toBe(true);
  expect(belongsToFocus(press("Escape"), field)).toBe(false);
  expect(belongsToFocus(press(" "), null)).toBe(false);
});

test("the volume's slider lets the player's letters through", () => {
  const slider = document.createElement("input");
  slider.type = "range";

  expect(belongsToFocus(press("k"), slider)).toBe(false);
});
