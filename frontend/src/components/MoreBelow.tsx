import { Trans } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { Foot } from "@/lib/pages";
import { Button } from "./Button";

/** The foot of a list without end: what comes next is fetched before one gets there, and a button does it too. */
export function MoreBelow({ more, busy, failed, onMore }: Foot) {
  const foot = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = foot.current;
    if (!element || !more || busy || failed || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onMore();
      },
      // Two screens ahead of somebody who scrolls fast.
      { rootMargin: "0px 0px 200% 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [more, busy, failed, onMore]);

  return (
    <div ref={foot} className="grid min-h-11 justify-items-center">
      {more && (
        <Button busy={busy} onClick={onMore}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </div>
  );
}
