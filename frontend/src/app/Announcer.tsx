import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";

/**
 * Says the new page's name to those who do not see it change, and puts the keyboard at its start.
 * The name comes from document.title, which a page may only know once its answer is there.
 */
export function Announcer() {
  const router = useRouter();
  const [said, setSaid] = useState("");

  useEffect(() => {
    const stopListening = router.subscribe("onResolved", ({ pathChanged, fromLocation }) => {
      const main = document.querySelector("main");
      if (pathChanged && fromLocation && !main?.contains(document.activeElement))
        main?.focus({ preventScroll: true });
    });
    const element = document.querySelector("title");
    const observer = new MutationObserver(() => setSaid(document.title));
    if (element) observer.observe(element, { childList: true });
    return () => {
      stopListening();
      observer.disconnect();
    };
  }, [router]);

  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
