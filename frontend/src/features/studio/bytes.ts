import { formatLocale } from "@/lib/i18n";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** "640 kB", "3.2 GB": a size in steps of a thousand, as the reader's language writes it. */
export function bytes(count: number): string {
  let size = count;
  let step = 0;
  while (size >= 999.5 && step < units.length - 1) {
    size /= 1000;
    step += 1;
  }
  const digits = step > 0 && size < 10 ? 1 : 0;
  return new Intl.NumberFormat(formatLocale(), {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: "short",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(size);
}
