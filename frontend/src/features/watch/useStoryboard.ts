import { useEffect, useState } from "react";
import { parseStoryboard, type Thumbnail } from "@/lib/player/storyboard";

const none: readonly Thumbnail[] = [];

/** The film's small pictures; none while they are on their way or not made yet. */
export function useStoryboard(url: string | null): readonly Thumbnail[] {
  const [thumbnails, setThumbnails] = useState(none);

  useEffect(() => {
    setThumbnails(none);
    if (!url) return;
    const abort = new AbortController();
    const load = async () => {
      const response = await fetch(url, { signal: abort.signal });
      if (!response.ok) return;
      const found = parseStoryboard(await response.text(), new URL(url, location.href).href);
      setThumbnails(found);
      // The first sheet is there before the pointer is.
      if (found[0]) new Image().src = found[0].url;
    };
    load().catch((fault: unknown) => {
      // A film is watched as well without its small pictures.
      if (!abort.signal.aborted) console.error(fault);
    });
    return () => abort.abort();
  }, [url]);

  return thumbnails;
}
