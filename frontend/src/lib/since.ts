import { formatLocale } from "./i18n";

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** How long ago something began, as people say it: "12 minutes ago", "now". */
export function since(start: string, now: number = Date.now()): string {
  const seconds = Math.max(0, (now - new Date(start).getTime()) / 1000);
  const words = new Intl.RelativeTimeFormat(formatLocale(), { numeric: "auto" });
  for (const [unit, length] of steps)
    if (seconds >= length) return words.format(-Math.floor(seconds / length), unit);
  return words.format(0, "second");
}
