/** What a key asks of the player; the watch page carries it out. */
export type Command =
  | { do: "toggle" }
  | { do: "jump"; seconds: number }
  | { do: "part"; tenths: number }
  | { do: "volume"; change: number }
  | { do: "mute" }
  | { do: "fullscreen" }
  | { do: "captions" }
  | { do: "figures" }
  | { do: "rate"; step: 1 | -1 }
  | { do: "keys" }
  | { do: "close" };

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

const commands: Readonly<Record<string, Command>> = {
  " ": { do: "toggle" },
  k: { do: "toggle" },
  j: { do: "jump", seconds: -10 },
  l: { do: "jump", seconds: 10 },
  ArrowLeft: { do: "jump", seconds: -5 },
  ArrowRight: { do: "jump", seconds: 5 },
  ArrowUp: { do: "volume", change: 0.05 },
  ArrowDown: { do: "volume", change: -0.05 },
  m: { do: "mute" },
  f: { do: "fullscreen" },
  c: { do: "captions" },
  i: { do: "figures" },
  "<": { do: "rate", step: -1 },
  ">": { do: "rate", step: 1 },
  "?": { do: "keys" },
  Escape: { do: "close" },
};

/** Capitals ask the same as small letters; with Ctrl, Alt or the command key a press is the browser's. */
export function commandOf(press: Press): Command | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (/^\d$/.test(press.key)) return { do: "part", tenths: Number(press.key) };
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return Object.hasOwn(commands, key) ? (commands[key] ?? null) : null;
}

/**
 * Whether a press belongs to what has the focus instead: words being typed, a menu being walked, a button being
 * pressed. Esc always closes.
 */
export function belongsToFocus(press: Press, focus: Element | null): boolean {
  if (!focus || press.key === "Escape") return false;
  if (focus.closest("input:not([type=range]), textarea, select, [contenteditable], [role=menu]")) return true;
  return press.key === " " && focus.closest("button, a, [role=button]") !== null;
}
