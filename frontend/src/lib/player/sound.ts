const key = "lantern.sound";

/** How loud this person had it the last time on this device. */
export function keptSound(): { volume: number; muted: boolean } {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}") as { volume?: unknown; muted?: unknown };
    const volume = typeof kept.volume === "number" ? Math.min(1, Math.max(0, kept.volume)) : 1;
    return { volume, muted: kept.muted === true };
  } catch {
    // Storage that is closed or holds something else: as loud as the device has it.
    return { volume: 1, muted: false };
  }
}

export function keepSound({ volume, muted }: { volume: number; muted: boolean }): void {
  try {
    localStorage.setItem(key, JSON.stringify({ volume, muted }));
  } catch {
    // Storage that is full or closed costs the memory, not the sound.
  }
}
