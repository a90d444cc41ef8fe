import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";

/** How long a pointer rests on something, or the keyboard stands on it, before it opens. */
export const dwellMs = 400;

/** One preview at a time: what is open now, as the way to close it. */
let closeOpen: (() => void) | null = null;

/**
 * Whether a pointer has come to rest on something or the keyboard stands on it, and the handlers that tell. A finger never
 * rests: its press does what the thing does. A page that scrolls under a still pointer opens nothing, and Esc closes.
 */
export function useDwell() {
  const [open, setOpen] = useState(false);
  const timer = useRef(0);
  /** Sent away by Esc: it stays away until the pointer or the keyboard has gone and come back. */
  const dismissed = useRef(false);

  const forget = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = 0;
    document.removeEventListener("scroll", forget, { capture: true });
  }, []);

  const close = useCallback(() => {
    forget();
    setOpen(false);
    if (closeOpen === close) closeOpen = null;
  }, [forget]);

  useEffect(() => close, [close]);

  const wait = (byPointer: boolean) => {
    if (timer.current || open || dismissed.current) return;
    timer.current = window.setTimeout(() => {
      forget();
      if (closeOpen !== close) closeOpen?.();
      closeOpen = close;
      setOpen(true);
    }, dwellMs);
    if (byPointer) document.addEventListener("scroll", forget, { capture: true, passive: true });
  };

  const leave = (place: HTMLElement) => {
    const held = place.contains(document.activeElement);
    dismissed.current = false;
    close();
    // What had the focus is going; its place is the card it belongs to.
    if (held && open) place.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  };

  return {
    open,
    close,
    handlers: {
      // Not when it enters: a page that scrolls puts another card under a pointer that nobody moves.
      onPointerMove: (event: PointerEvent) => {
        if (event.pointerType === "mouse") wait(true);
      },
      onPointerLeave: (event: PointerEvent<HTMLElement>) => {
        if (event.pointerType === "mouse" && !event.currentTarget.querySelector(":focus-visible"))
          leave(event.currentTarget);
      },
      onFocus: (event: FocusEvent<HTMLElement>) => {
        if (event.target.matches(":focus-visible")) wait(false);
      },
      onBlur: (event: FocusEvent<HTMLElement>) => {
        const place = event.currentTarget;
        if (place.contains(event.relatedTarget) || place.matches(":hover")) return;
        dismissed.current = false;
        close();
      },
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        leave(event.currentTarget);
        dismissed.current = true;
      },
    },
  };
}
