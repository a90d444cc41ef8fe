import { number } from "../format";
import type { Level } from "./types";

const classes = [2160, 1440, 1080, 720, 540, 480, 432, 360, 240, 144];

/**
 * The height a rung is known by: the greater of its short side and nine sixteenths of its long one, so that
 * 1920x800 is 1080. A few pixels of rounding do not make another class.
 */
export function heightClass({ width, height }: Pick<Level, "width" | "height">): number {
  const size = Math.round(Math.max(Math.min(width, height), (Math.max(width, height) * 9) / 16));
  return classes.find((known) => Math.abs(known - size) <= known * 0.02) ?? size;
}

/** The family of an RFC 6381 codec name, as people know it; "" when it is not one of ours. */
export function codecFamily(codec: string): string {
  if (/^avc/.test(codec)) return "H.264";
  if (/^av01/.test(codec)) return "AV1";
  if (/^(hvc|hev)1/.test(codec)) return "HEVC";
  if (/^vp0?9/.test(codec)) return "VP9";
  return "";
}

/** "1080p"; with its codec beside it where one height comes in several. */
export function levelLabel(level: Level, all: readonly Level[]): string {
  const height = heightClass(level);
  const twins = all.some(
    (other) => heightClass(other) === height && codecFamily(other.codec) !== codecFamily(level.codec),
  );
  const family = codecFamily(level.codec);
  return twins && family ? `${height}p ${family}` : `${height}p`;
}

/** "3.5 Mb/s", "640 kb/s". Bits a second in. */
export function bitrateLabel(bitrate: number): string {
  if (bitrate >= 1_000_000) return `${number(bitrate / 1_000_000, 1)} Mb/s`;
  return `${Math.round(bitrate / 1000)} kb/s`;
}

/** "1×", "1.25×". */
export function rateLabel(rate: number): string {
  return `${number(rate, 2)}×`;
}
