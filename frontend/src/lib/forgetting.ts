type Forget = () => void;

const known = new Set<Forget>();

/** Names something kept of what a person saw or did here; called when somebody else may be next. */
export function whenForgotten(forget: Forget): void {
  known.add(forget);
}

/** Profile switch, signing in and out: nothing of the one before is left in memory, or in the tab's own storage. */
export function forgetEverything(): void {
  for (const forget of known) forget();
  sessionStorage.clear();
}
