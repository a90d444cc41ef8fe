import type { Track } from "../types";

/** What the engine's list of sound says of one track of one group (an AUDIO group of the master). */
export interface GroupedTrack {
  name: string;
  lang?: string | undefined;
  groupId?: string | undefined;
  channels?: string | undefined;
  characteristics?: string | undefined;
}

/** The group that plays until somebody asks for another: every device has two loudspeakers. */
export const firstGroup = "stereo";

/** Channels of an EXT-X-MEDIA tag; "6/JOC" is 6. */
export function channelsOf({ channels }: Pick<GroupedTrack, "channels">): number {
  return Number.parseInt(channels ?? "2", 10) || 2;
}

/**
 * The tracks one can choose from: those of the first group, and of the others what the first has not. A group of surround
 * sound names its stereo tracks again, for players that never change groups.
 */
export function choosable<Sound extends GroupedTrack>(all: readonly Sound[]): Sound[] {
  const plain = all.filter(({ groupId }) => groupId === firstGroup);
  if (plain.length === 0) return [...all];
  return [...plain, ...all.filter((track) => track.groupId !== firstGroup && channelsOf(track) > 2)];
}

/** "English", "English 5.1". */
export function trackOf(track: GroupedTrack, index: number): Track {
  const channels = channelsOf(track);
  const label = channels > 2 ? `${track.name} ${channels - 1}.1` : track.name;
  const describes = /describes-video/.test(track.characteristics ?? "");
  return { index, label, language: track.lang ?? null, name: track.name, channels, describes };
}

/** Places of the rungs that carry another group's sound, the last one first. Without groups there are none. */
export function foreignLevels(
  levels: readonly { audioGroups?: readonly unknown[] | undefined }[],
  group: string,
): number[] {
  const mine = levels.filter(({ audioGroups }) => audioGroups?.includes(group));
  if (mine.length === 0) return [];
  return levels.flatMap((level, index) => (mine.includes(level) ? [] : [index])).reverse();
}
