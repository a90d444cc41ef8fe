import { useEffect, useEffectEvent } from "react";
import { belongsToFocus, type Command, commandOf } from "@/lib/player/keys";

/** Keys of the player, wherever the focus is, except where it wants them itself or a dialog is open. */
export function useKeys(carryOut: (command: Command) => void): void {
  const run = useEffectEvent(carryOut);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (!command || event.defaultPrevented) return;
      if (document.querySelector("dialog[open]") || belongsToFocus(event, document.activeElement)) return;
      event.preventDefault();
      run(command);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
