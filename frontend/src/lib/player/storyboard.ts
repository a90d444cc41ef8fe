/** One small picture of a film: where in time it stands, and where on which sheet. Pixels and seconds. */
export interface Thumbnail {
  start: number;
  end: number;
  url: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

const timing = /^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})\s+-->\s+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})/;
const place = /#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/;

/**
 * Reads a WebVTT file of thumbnails. Picture addresses are relative to the file's own (`base`), and each names
 * its rectangle as a media fragment, `#xywh=x,y,width,height` (W3C Media Fragments 1.0, 4.2.2).
 * What cannot be read is left out.
 */
export function parseStoryboard(text: string, base: string): Thumbnail[] {
  const found: Thumbnail[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const times = timing.exec(lines[index] ?? "");
    const target = (lines[index + 1] ?? "").trim();
    const box = place.exec(target);
    if (!times || !box) continue;
    const [x = 0, y = 0, width = 0, height = 0] = box.slice(1).map(Number);
    if (width === 0 || height === 0) continue;
    found.push({
      start: seconds(times[1] ?? ""),
      end: seconds(times[2] ?? ""),
      url: new URL(target.replace(/#.*$/, ""), base).href,
      x,
      y,
      width,
      height,
    });
  }
  return found.sort((one, other) => one.start - other.start);
}

/** The picture that stands for a moment; past the last one, the last one. */
export function thumbnailAt(thumbnails: readonly Thumbnail[], time: number): Thumbnail | null {
  let low = 0;
  let high = thumbnails.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((thumbnails[middle]?.start ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  return thumbnails[low] ?? null;
}

function seconds(stamp: string): number {
  return stamp
    .replace(",", ".")
    .split(":")
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}
