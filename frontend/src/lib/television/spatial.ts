export type Direction = "up" | "down" | "left" | "right";

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Pixels by which neighbours may overlap and still be neighbours: cards lift, and outlines stand out. */
const slack = 6;
/** What lies aside counts so many times what lies ahead: one goes along lines and columns. */
const aside = 2.5;
/** Left and right stay in their line as long as there is anything in it. */
const otherLine = 10_000;

function overlap(from: number, to: number, otherFrom: number, otherTo: number): number {
  return Math.max(0, otherFrom - to, from - otherTo);
}

/** How far `there` lies from `here` in a direction, in pixels weighed by how straight the way is; null where it does not. */
export function distance(here: Box, there: Box, direction: Direction): number | null {
  const across = direction === "left" || direction === "right";
  const ahead = {
    left: here.left - there.right,
    right: there.left - here.right,
    up: here.top - there.bottom,
    down: there.top - here.bottom,
  }[direction];
  if (ahead < -slack) return null;
  const off = across
    ? overlap(here.top, here.bottom, there.top, there.bottom)
    : overlap(here.left, here.right, there.left, there.right);
  const middles = across
    ? Math.abs((here.top + here.bottom) / 2 - (there.top + there.bottom) / 2)
    : Math.abs((here.left + here.right) / 2 - (there.left + there.right) / 2);
  // Of several straight ahead the one whose middle is nearest.
  return Math.max(0, ahead) + off * aside + middles * 0.1 + (across && off > 0 ? otherLine : 0);
}

/** The nearest of `candidates` in a direction, or null where there is nothing that way. */
export function nearest<Item>(
  here: Box,
  candidates: readonly Item[],
  boxOf: (item: Item) => Box,
  direction: Direction,
): Item | null {
  let best: Item | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const far = distance(here, boxOf(candidate), direction);
    if (far !== null && far < least) [best, least] = [candidate, far];
  }
  return best;
}
