import { plural, t } from "@lingui/core/macro";
import { formatLocale } from "./i18n";

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

const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());

/** A day as people say it: today, yesterday, a day of this week by its name, else by its date. Where the reader is. */
export function dayName(day: Date, now: Date): string {
  // Rounded: the day on which clocks change has 23 or 25 hours.
  const ago = Math.round((midnight(now).getTime() - midnight(day).getTime()) / 86_400_000);
  if (ago <= 0) return t`Today`;
  if (ago === 1) return t`Yesterday`;
  if (ago < 7) return new Intl.DateTimeFormat(formatLocale(), { weekday: "long" }).format(day);
  return dateOf(day, now);
}

/** A date with its month by name, and its year where that is not this one. */
export function dateOf(day: Date, now: Date): string {
  const sameYear = day.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(formatLocale(), {
    day: "numeric",
    month: "long",
    ...(!sameYear && { year: "numeric" }),
  }).format(day);
}

/** Until when something that goes soon is here, for whoever has to make up their mind; null while that is far off. */
export function goesOn(until: string | null | undefined, now: Date): string | null {
  if (!until) return null;
  const day = new Date(until);
  return day.getTime() - now.getTime() < 30 * 86_400_000 ? dateOf(day, now) : null;
}

export function timeOfDay(date: Date): string {
  return new Intl.DateTimeFormat(formatLocale(), { timeStyle: "short" }).format(date);
}

/** A number as the reader's language writes it, with at most `digits` behind its point: "3.5", "3,5". */
export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(formatLocale(), { maximumFractionDigits: digits }).format(value);
}

/** A day as the reader's language writes it: "29 November 2026". ISO 8601 in. */
export function day(moment: string): string {
  return new Intl.DateTimeFormat(formatLocale(), { dateStyle: "long" }).format(new Date(moment));
}
