import { type ReactNode, useRef } from "react";

/** Faces beside each other; the arrow keys go from one to the next, as one reads. */
export function FaceList({ children }: { children: ReactNode }) {
  const list = useRef<HTMLUListElement>(null);
  return (
    <ul
      ref={list}
      className="flex flex-wrap justify-center gap-x-6 gap-y-8 sm:gap-x-10"
      onKeyDown={(event) => {
        const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
        const step = { ArrowRight: forward, ArrowLeft: -forward }[event.key];
        if (!step) return;
        const stops = [...(list.current?.querySelectorAll<HTMLElement>("button, a") ?? [])];
        const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
        if (!next) return;
        event.preventDefault();
        next.focus();
      }}
    >
      {children}
    </ul>
  );
}
