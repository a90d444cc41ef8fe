const units = ["kB", "MB", "GB", "TB"];

/** "640 kB", "3.2 GB": a size in steps of a thousand. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  let size = count / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}
