import { useEffect } from "react";
import { siteName } from "./site";

/** Names the page in the tab, and so to whoever hears the change of page announced. */
export function usePageTitle(title: string | null | undefined): void {
  useEffect(() => {
    if (title !== null && title !== undefined) document.title = title ? `${title} · ${siteName}` : siteName;
  }, [title]);
}
