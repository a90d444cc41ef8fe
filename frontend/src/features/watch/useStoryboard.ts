import { useEffect, useState } from "react";
import type { PlayerStore } from "@/lib/player/store";
import { parseStoryboard, type Thumbnail } from "@/lib/player/storyboard";

const none: readonly Thumbnail[] = [];

/** The film's small pictures; none before its first large one, while they are on their way or not made yet. */
export function useStoryboard(store: PlayerStore, url: string | null): readonly Thumbnail[] {
  const [thumbnails, setThumbnails] = useState(none);

  useEffect(() => {
    // A stream that was taken up again has the same pictures at another address: those that are here stay until then.
    if (!url) return setThumbnails(none);
    const abort = new AbortController();
    const load = async () => {
      const response = await fetch(url, { signal: abort.signal });
      if (!response.ok) return;
      const found = parseStoryboard(await response.text(), new URL(url, location.href).href);
      setThumbnails(found);
      // The first sheet is there before the pointer is.
      if (found[0]) new Image().src = found[0].url;
    };
    let begun = false;
    // On a slow network they would take the first picture's place.
    const begin = () => {
      if (begun || store.state().status !== "ready") return;
      begun = true;
      load().catch((fault: unknown) => {
        // A film is watched as well without its small pictures.
        if (!abort.signal.aborted) console.error(fault);
      });
    };
    const unfollow = store.subscribe(begin);
    begin();
    return () => {
      unfollow();
      abort.abort();
    };
  }, [store, url]);

  return thumbnails;
}
