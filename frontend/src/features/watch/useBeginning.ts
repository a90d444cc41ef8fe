import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import type { PlayerStore } from "@/lib/player/store";

/**
 * Begins where the address says, in seconds, and takes it out of the address: whoever loads the page again goes on from
 * where they stopped, as always.
 */
export function useBeginning(store: PlayerStore): void {
  const { t } = useSearch({ from: "/watch/$videoId" });
  const navigate = useNavigate();
  useEffect(() => {
    if (t === undefined) return;
    const begin = () => {
      if (store.state().status !== "ready") return;
      stop();
      store.seek(t);
      void navigate({ from: "/watch/$videoId", to: "/watch/$videoId", search: {}, replace: true });
    };
    const stop = store.subscribe(begin);
    begin();
    return () => void stop();
  }, [store, t, navigate]);
}
