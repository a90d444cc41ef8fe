const key = "lantern.device";

/** "Chrome on Windows": what this device is called where streams are listed. */
export function deviceName(agent: string): string {
  const browser =
    [
      ["Edg/", "Edge"],
      ["OPR/", "Opera"],
      ["SamsungBrowser/", "Samsung Internet"],
      ["Firefox/", "Firefox"],
      ["FxiOS/", "Firefox"],
      ["Chrome/", "Chrome"],
      ["CriOS/", "Chrome"],
      ["Safari/", "Safari"],
    ].find(([mark]) => agent.includes(mark ?? ""))?.[1] ?? "Browser";
  const machine = [
    [/iPad/, "iPad"],
    [/iPhone/, "iPhone"],
    [/Android.*Mobile/, "Android phone"],
    [/Android/, "Android"],
    [/Windows/, "Windows"],
    [/Mac OS X|Macintosh/, "Mac"],
    [/CrOS/, "Chromebook"],
    [/Linux/, "Linux"],
  ].find(([pattern]) => (pattern as RegExp).test(agent))?.[1];
  return machine ? `${browser} on ${String(machine)}` : browser;
}

/** This tab's own name: a reload goes on with its stream instead of taking a second place. */
export function deviceId(): string {
  try {
    const kept = sessionStorage.getItem(key);
    if (kept) return kept;
    const made = randomId();
    sessionStorage.setItem(key, made);
    return made;
  } catch {
    // Storage that is closed: each load is a new place.
    return randomId();
  }
}

/** `crypto.randomUUID` is not there on an address without TLS, where a house may well run this. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
