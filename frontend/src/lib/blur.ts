import { decode } from "blurhash";

const grain = 20;
/** Of a frame; what is left over waits for the next, so that many pictures at once cost no frame. */
const budgetMs = 4;

const known = new Map<string, ImageData>();
const waiting = new Map<HTMLCanvasElement, string>();
let asked = false;

function paint(canvas: HTMLCanvasElement, hash: string): void {
  let pixels = known.get(hash);
  if (!pixels) {
    pixels = new ImageData(new Uint8ClampedArray(decode(hash, grain, grain)), grain, grain);
    // Enough for what is on a page; a cache, so it may be forgotten as a whole.
    if (known.size > 500) known.clear();
    known.set(hash, pixels);
  }
  canvas.width = grain;
  canvas.height = grain;
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
}

function work(): void {
  asked = false;
  const until = performance.now() + budgetMs;
  for (const [canvas, hash] of waiting) {
    waiting.delete(canvas);
    try {
      paint(canvas, hash);
    } catch (fault) {
      // A hash that cannot be read costs the blur, not the page.
      console.error(fault);
    }
    if (performance.now() > until) break;
  }
  if (waiting.size > 0) ask();
}

function ask(): void {
  if (asked) return;
  asked = true;
  requestAnimationFrame(work);
}

/** Paints what a blurhash says into a canvas, within the next frames. Answers how to call it off. */
export function paintBlur(canvas: HTMLCanvasElement, hash: string): () => void {
  waiting.set(canvas, hash);
  ask();
  return () => waiting.delete(canvas);
}
