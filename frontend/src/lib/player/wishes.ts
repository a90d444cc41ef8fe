import type { Track } from "./types";

/** A language (BCP 47), whether it describes what others see or hear, and the very track that was chosen. */
export interface Wish {
  language: string;
  describes?: boolean;
  label?: string;
  channels?: number;
}

/** What somebody wants to hear and read, whichever film it is. Null is no wish, and the film decides. */
export interface Wishes {
  audio: Wish | null;
  subtitles: Wish | "off" | null;
}

export const noWishes: Wishes = { audio: null, subtitles: null };

/** The first part of a tag, in small letters: "de" of "de-AT". */
export function languageOf(tag: string | null | undefined): string {
  return tag?.split("-")[0]?.toLowerCase() ?? "";
}

/** The place of the track that comes nearest to a wish: its very name, what it is for, its tag; -1 for none. */
function nearest(tracks: readonly Track[], wish: Wish): number {
  const points = (track: Track): number => {
    if (languageOf(track.language) !== languageOf(wish.language)) return 0;
    let sum = 1;
    if (wish.label !== undefined && track.label === wish.label) sum += 16;
    if ((track.describes ?? false) === (wish.describes ?? false)) sum += 4;
    if (track.language === wish.language) sum += 2;
    if (wish.channels !== undefined && track.channels === wish.channels) sum += 1;
    return sum;
  };
  let best = -1;
  let most = 0;
  tracks.forEach((track, place) => {
    const found = points(track);
    if (found > most) {
      best = place;
      most = found;
    }
  });
  return best;
}

/** The place of the wished sound, -1 where there is no wish or nothing like it. */
export function wishedAudio(tracks: readonly Track[], wishes: Wishes): number {
  return wishes.audio ? nearest(tracks, wishes.audio) : -1;
}

/** The place of the wished subtitles, -1 for none, null where there is no wish. */
export function wishedSubtitles(tracks: readonly Track[], wishes: Wishes): number | null {
  if (wishes.subtitles === null) return null;
  return wishes.subtitles === "off" ? -1 : nearest(tracks, wishes.subtitles);
}

/** What a choice by hand says about the next film. */
export function wishFor(track: Track | undefined): Wish | null {
  if (!track?.language) return null;
  return {
    language: track.language,
    describes: track.describes ?? false,
    label: track.label,
    ...(track.channels !== undefined && { channels: track.channels }),
  };
}

/** The wish as a profile keeps it, with the very track of this evening where it is still the same wish. */
export function refined(kept: Wish | "off" | null, here: Wish | "off" | null): Wish | "off" | null {
  if (!kept || !here || kept === "off" || here === "off") return kept;
  const isSame = kept.language === here.language && (kept.describes ?? false) === (here.describes ?? false);
  return isSame ? here : kept;
}
