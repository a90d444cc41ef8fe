import { expect, test } from "vitest";
import { type Box, type Direction, nearest } from "./spatial";

const box = (left: number, top: number, width = 100, height = 100): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

/** A page as on a television: a line of links, a large button, two rows of cards. */
const page = {
  home: box(100, 10, 60, 30),
  search: box(200, 10, 60, 30),
  menu: box(1800, 10, 60, 30),
  play: box(100, 500, 160, 60),
  more: box(280, 500, 160, 60),
  a1: box(100, 700),
  a2: box(220, 700),
  a3: box(340, 700),
  b1: box(100, 900),
  b2: box(220, 900),
};
type Name = keyof typeof page;

test.each<[Name, Direction, Name | null]>([
  ["home", "right", "search"],
  ["search", "right", "menu"],
  ["menu", "left", "search"],
  ["home", "down", "play"],
  ["menu", "down", "more"],
  ["play", "up", "home"],
  ["play", "right", "more"],
  ["more", "down", "a3"],
  ["a2", "down", "b2"],
  ["a3", "down", "b2"],
  ["b1", "up", "a1"],
  ["b1", "down", null],
  ["a1", "left", null],
])("from %s %s leads to %s", (from, direction, to) => {
  const others = (Object.keys(page) as Name[]).filter((name) => name !== from);
  expect(nearest(page[from], others, (name) => page[name], direction)).toBe(to);
});

test("from everything one gets to everything, there and back", () => {
  const names = Object.keys(page) as Name[];
  const directions: Direction[] = ["up", "down", "left", "right"];
  for (const start of names) {
    const reached = new Set<Name>([start]);
    for (const name of reached)
      for (const direction of directions) {
        const found = nearest(
          page[name],
          names.filter((one) => one !== name),
          (one) => page[one],
          direction,
        );
        if (found) reached.add(found);
      }
    expect(reached.size).toBe(names.length);
  }
});
