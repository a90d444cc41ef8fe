import { Trans } from "@lingui/react/macro";
import { percent } from "@/lib/format";
import { ProgressBar } from "./ProgressBar";

interface Prepared {
  isPlayable: boolean;
  readiness: number | null;
}

/** Is its film still being made ready for watching? */
export function isGettingReady(
  thing: Prepared | null | undefined,
): thing is Prepared & { readiness: number } {
  return !!thing && !thing.isPlayable && thing.readiness !== null;
}

/** Has it no film yet, and none in the making? */
export function isStillToCome(thing: Prepared | null | undefined): boolean {
  return !!thing && !thing.isPlayable && thing.readiness === null;
}

/** "Getting ready, 40 %", with a lamp that breathes. Nothing for what can be watched. */
export function Readiness({ of, className = "" }: { of: Prepared; className?: string }) {
  if (!isGettingReady(of)) return null;
  return (
    <span
      className={`inline-flex items-center gap-2 rounded-full bg-(--shade)/85 px-2.5 py-1 text-fine font-[620] text-(--on-picture) tabular ${className}`}
    >
      <span aria-hidden="true" className="lamp size-2 rounded-full bg-amber-fill" />
      <Trans>Getting ready, {percent(of.readiness)} %</Trans>
    </span>
  );
}

/** The same across the head of a picture, with a bar that fills; or that its film is still to come. */
export function ReadinessStrip({ of }: { of: Prepared }) {
  if (isStillToCome(of)) {
    return (
      <span className="readiness-strip">
        <Trans>Coming soon</Trans>
      </span>
    );
  }
  if (!isGettingReady(of)) return null;
  return (
    <span className="readiness-strip">
      <span className="truncate">
        <Trans>Getting ready, {percent(of.readiness)} %</Trans>
      </span>
      <ProgressBar part={of.readiness} />
    </span>
  );
}

/**
 * How often to ask again, in milliseconds: every few seconds while something on the page is being prepared, now and
 * then while something waits for its film, and not at all once everything can be watched.
 */
export function whilePreparing(things: Iterable<Prepared | null | undefined>): number | false {
  let waiting = false;
  for (const thing of things) {
    if (isGettingReady(thing)) return 4_000;
    if (thing && !thing.isPlayable) waiting = true;
  }
  return waiting && 20_000;
}
