/** `next`, the place one was on the way to: a path of this app, or nothing. */
export function nextSearch(raw: Record<string, unknown>): { next?: string } {
  const { next } = raw;
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {};
}
