import { plural, t } from "@lingui/core/macro";

/** A length as people say it: "45 s", "7 min", "1 h 32 min". Seconds in. */
export function duration(seconds: number): string {
  if (seconds < 60) return t`${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t`${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? t`${hours} h` : t`${hours} h ${rest} min`;
}

/** What is left of something that was begun: "12 min left". */
export function timeLeft(positionSeconds: number, durationSeconds: number): string {
  const left = duration(Math.max(0, durationSeconds - positionSeconds));
  return t`${left} left`;
}

/** A position on a clock: "0:07", "12:05", "1:02:09". Seconds in. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

export function seasons(count: number): string {
  return plural(count, { one: "# season", other: "# seasons" });
}

/** 0..1 as a whole percentage that says 100 only when all of it is done. */
export function percent(part: number): number {
  return Math.min(99, Math.max(0, Math.floor(part * 100)));
}

/** 0..1 of a video that was begun and not finished, null when there is nothing to resume. */
export function watchedPart(
  progress: { positionSeconds: number; completed: boolean } | null | undefined,
  durationSeconds: number | null | undefined,
): number | null {
  if (!progress || progress.completed || !durationSeconds || progress.positionSeconds <= 0) return null;
  return Math.min(1, progress.positionSeconds / durationSeconds);
}
