import { alignmentsOf, versionFor, wordsOf } from "./words";

/** Rows of modules, true where dark. */
export type Grid = boolean[][];

/** The eight masks of the standard, by column and row. */
const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

const bit = (value: number, place: number) => ((value >>> place) & 1) === 1;

/** A value with the rest of its division by a generator behind it (BCH codes of annexes C and D). */
function withRest(value: number, generator: number, length: number): number {
  let rest = value;
  for (let step = 0; step < length; step += 1) rest = (rest << 1) ^ (bit(rest, length - 1) ? generator : 0);
  return (value << length) | rest;
}

class Canvas {
  readonly size: number;
  readonly grid: Grid;
  readonly taken: Grid;

  constructor(version: number) {
    this.size = version * 4 + 17;
    this.grid = Array.from({ length: this.size }, () => Array<boolean>(this.size).fill(false));
    this.taken = this.grid.map((row) => [...row]);
  }

  /** A module of a pattern; data goes round it. */
  set(x: number, y: number, dark: boolean): void {
    const row = this.grid[y];
    const marks = this.taken[y];
    if (!row || !marks || x < 0 || x >= this.size) return;
    row[x] = dark;
    marks[x] = true;
  }

  /** Squares around a middle, dark but for those whose reach is named. */
  rings(cx: number, cy: number, reach: number, light: readonly number[]): void {
    for (let dy = -reach; dy <= reach; dy += 1)
      for (let dx = -reach; dx <= reach; dx += 1)
        this.set(cx + dx, cy + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
  }
}

function drawPatterns(canvas: Canvas, version: number): void {
  const { size } = canvas;
  for (let place = 0; place < size; place += 1) {
    canvas.set(6, place, place % 2 === 0);
    canvas.set(place, 6, place % 2 === 0);
  }
  canvas.rings(3, 3, 4, [2, 4]);
  canvas.rings(size - 4, 3, 4, [2, 4]);
  canvas.rings(3, size - 4, 4, [2, 4]);

  const many = alignmentsOf(version);
  const step = many < 2 ? 0 : Math.ceil((size - 13) / (many * 2 - 2)) * 2;
  const places = Array.from({ length: many }, (_, n) => (n === 0 ? 6 : size - 7 - (many - 1 - n) * step));
  const corners = [`6/6`, `6/${size - 7}`, `${size - 7}/6`];
  for (const x of places)
    for (const y of places) if (!corners.includes(`${x}/${y}`)) canvas.rings(x, y, 2, [1]);

  if (version < 7) return;
  const code = withRest(version, 0x1f25, 12);
  for (let n = 0; n < 18; n += 1) {
    const near = Math.floor(n / 3);
    const far = size - 11 + (n % 3);
    canvas.set(far, near, bit(code, n));
    canvas.set(near, far, bit(code, n));
  }
}

function drawFormat(canvas: Canvas, mask: number): void {
  const { size } = canvas;
  // Level M is 00, before the mask's number.
  const format = withRest(mask, 0x537, 10) ^ 0x5412;
  for (let n = 0; n < 15; n += 1) {
    const dark = bit(format, n);
    if (n < 8) canvas.set(8, n < 6 ? n : n + 1, dark);
    else canvas.set(n === 8 ? 7 : 14 - n, 8, dark);
    if (n < 8) canvas.set(size - 1 - n, 8, dark);
    else canvas.set(8, size - 15 + n, dark);
  }
  canvas.set(8, size - 8, true);
}

/** Two columns at a time, from the right, up and down in turn, past the column of the clock. */
function drawWords(canvas: Canvas, words: readonly number[], mask: number): void {
  const { size, grid, taken } = canvas;
  const isMasked = masks[mask] ?? (() => false);
  let next = 0;
  for (let pair = size - 1; pair >= 1; pair -= 2) {
    if (pair === 6) pair = 5;
    const goesUp = ((pair + 1) & 2) === 0;
    for (let n = 0; n < size; n += 1)
      for (const x of [pair, pair - 1]) {
        const y = goesUp ? size - 1 - n : n;
        const row = grid[y];
        if (!row || taken[y]?.[x]) continue;
        const dark = bit(words[next >>> 3] ?? 0, 7 - (next & 7));
        row[x] = dark !== isMasked(x, y);
        next += 1;
      }
  }
}

/** How hard a grid is to read, by the four rules of 7.8.3: runs, blocks, what looks like a corner, too much of one. */
function penalty(grid: Grid): number {
  const lines = [grid, grid[0]?.map((_, x) => grid.map((row) => row[x] ?? false)) ?? []]
    .flat()
    .map((line) => line.map((dark) => (dark ? "1" : "0")).join(""));
  let sum = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) sum += run.length - 2;
    sum += [...line.matchAll(/(?=00001011101|10111010000)/g)].length * 40;
  }
  for (let y = 1; y < grid.length; y += 1)
    for (let x = 1; x < grid.length; x += 1) {
      const dark = grid[y]?.[x];
      if (dark === grid[y - 1]?.[x] && dark === grid[y]?.[x - 1] && dark === grid[y - 1]?.[x - 1]) sum += 3;
    }
  const part = grid.flat().filter(Boolean).length / grid.length ** 2;
  return sum + Math.floor(Math.abs(part - 0.5) * 20) * 10;
}

/**
 * The QR code of a text; the mask is the one that is read most easily unless it is given. Throws RangeError above 412
 * bytes.
 */
export function qrCode(text: string, mask?: number): Grid {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  if (version === null) throw new RangeError("too long for a QR code");
  const words = wordsOf(bytes, version);
  const drawn = (chosen: number) => {
    const canvas = new Canvas(version);
    drawPatterns(canvas, version);
    drawFormat(canvas, chosen);
    drawWords(canvas, words, chosen);
    return canvas.grid;
  };
  if (mask !== undefined) return drawn(mask);
  const all = masks.map((_, chosen) => drawn(chosen));
  return all.reduce((best, grid) => (penalty(grid) < penalty(best) ? grid : best));
}
