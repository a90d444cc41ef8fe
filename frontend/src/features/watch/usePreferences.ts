import { useCallback, useMemo, useState } from "react";
import { type CaptionStyle, usualCaptions } from "@/lib/captions";
import type { Wishes } from "@/lib/player/wishes";
import { useProfileKey, useViewer } from "@/lib/session";
import { type Choices, useWatching } from "@/lib/useWatching";

/** How the active profile likes to watch. */
export interface Preferences {
  looks: CaptionStyle;
  autoplayNext: boolean;
  wishes: Wishes;
}

type Changed = Partial<Choices>;

const keyOf = (who: string) => `lantern.watching.${who}`;

/** What was chosen on this device by somebody whose choices the server does not keep. */
function kept(who: string): Changed {
  try {
    return JSON.parse(localStorage.getItem(keyOf(who)) ?? "{}") as Changed;
  } catch {
    return {};
  }
}

/**
 * How the active profile likes to watch, and a way to change it. It holds on every device; a child's, who may change
 * nothing of an account, and an operator's without a profile, on this one.
 */
export function usePreferences(): [Preferences, (change: Changed) => void] {
  const who = useProfileKey();
  const profile = useViewer()?.activeProfile;
  const { watching, choose } = useWatching();
  const isOwn = !profile || profile.isKids;
  const [own, setOwn] = useState(() => (isOwn ? kept(who) : {}));
  const choices = watching.data;

  const preferences = useMemo(() => {
    const all: Changed = { ...choices, ...own };
    return {
      looks: all.captionStyle ?? usualCaptions,
      autoplayNext: all.autoplayNext ?? true,
      wishes: {
        audio: all.audioLanguage
          ? { language: all.audioLanguage, describes: all.audioDescription ?? false }
          : null,
        // Before it is known what somebody wants, the film decides; that nothing is wanted is an answer too.
        subtitles: all.subtitleLanguage
          ? { language: all.subtitleLanguage, describes: all.subtitlesDescribeSound ?? false }
          : choices || isOwn
            ? ("off" as const)
            : null,
      },
    };
  }, [choices, own, isOwn]);

  const change = useCallback(
    (part: Changed) => {
      if (!isOwn) return choose(part);
      setOwn((before) => {
        const after = { ...before, ...part };
        try {
          localStorage.setItem(keyOf(who), JSON.stringify(after));
        } catch {
          // Storage that is full or closed costs the memory, not the film.
        }
        return after;
      });
    },
    [isOwn, choose, who],
  );
  return [preferences, change];
}

/** What a choice by hand says for the films to come, as a profile keeps it. */
export function choicesOf({ audio, subtitles }: Partial<Wishes>): Changed {
  return {
    ...(audio && { audioLanguage: audio.language, audioDescription: audio.describes ?? false }),
    ...(subtitles === "off" && { subtitleLanguage: null }),
    ...(subtitles &&
      subtitles !== "off" && {
        subtitleLanguage: subtitles.language,
        subtitlesDescribeSound: subtitles.describes ?? false,
      }),
  };
}
