import { type Direction, nearest } from "./spatial";

const key = "television";

/** Browsers of televisions and of the boxes beside them say so; others are told by `?tv` once (`?tv=0` takes it back). */
const sets = /SMART-?TV|Tizen|Web0S|webOS\.TV|BRAVIA|GoogleTV|Android TV|CrKey|AFT[A-Z]|HbbTV|NetCast|Roku/i;

function asked(): boolean {
  const wanted = new URLSearchParams(location.search).get("tv");
  if (wanted === "0") localStorage.removeItem(key);
  else if (wanted !== null) localStorage.setItem(key, "1");
  return localStorage.getItem(key) !== null;
}

export function isTelevision(): boolean {
  return sets.test(navigator.userAgent) || asked();
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};
/** As browsers of televisions name it, or number it: Tizen's, webOS's, Android's. */
const backKeys = new Set(["GoBack", "BrowserBack", "XF86Back"]);
const backCodes = new Set([461, 10009]);

const focusable = "a[href], button, input, select, textarea, summary, [tabindex='0'], [role='slider']";
/** What answers to arrows by itself. */
const ownArrows =
  "[role='menu'], [role='listbox'], [role='radiogroup'], [role='slider'], input:not([type='checkbox']), textarea, select";

/** Where one can be at the moment: in the uppermost layer. */
function layer(): ParentNode {
  return [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
}

function reachable(): HTMLElement[] {
  return [...layer().querySelectorAll<HTMLElement>(focusable)].filter(
    (element) =>
      !element.matches(":disabled, .row-page, .sr-only, [aria-hidden='true'], input[type='hidden']") &&
      !element.closest("[inert], [aria-hidden='true']") &&
      (element.checkVisibility?.({ visibilityProperty: true }) ?? true) &&
      element.getClientRects().length > 0,
  );
}

/** Moves the focus one step; says whether there was anything that way. */
export function step(direction: Direction): boolean {
  const here = document.activeElement;
  const all = reachable();
  if (!(here instanceof HTMLElement) || here === document.body || here.id === "main") {
    const within = all.filter((element) => element.closest("main"));
    const first =
      (within.length > 0 ? within : all).find((element) => element.getBoundingClientRect().bottom > 0) ??
      all[0];
    first?.focus();
    return first !== undefined;
  }
  const found = nearest(
    here.getBoundingClientRect(),
    all.filter((element) => element !== here),
    (element) => element.getBoundingClientRect(),
    direction,
  );
  found?.focus();
  found?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return found !== null;
}

/** Closes one layer: a dialog, else an open menu, else the page. */
export function back(): void {
  const dialog = layer();
  if (dialog instanceof HTMLDialogElement) {
    if (dialog.dispatchEvent(new Event("cancel", { cancelable: true }))) dialog.close();
    return;
  }
  const open = document.querySelector<HTMLElement>("[aria-expanded='true']");
  if (open) {
    open.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
    return;
  }
  if (location.pathname !== "/") history.back();
}

function isWriting(element: Element | null): boolean {
  return element instanceof HTMLInputElement && !["checkbox", "radio", "range"].includes(element.type);
}

function onKey(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const here = document.activeElement;
  const goesBack = backKeys.has(event.key) || backCodes.has(event.keyCode);
  if (goesBack || (event.key === "Backspace" && !isWriting(here))) {
    event.preventDefault();
    event.stopImmediatePropagation();
    back();
    return;
  }
  const direction = directions[event.key];
  if (!direction) return;
  const own = here?.closest(ownArrows);
  // In a line of words left and right move between letters; up and down leave it. A slider is moved by left and right.
  const upright = direction === "up" || direction === "down";
  const leavable = own?.matches("input, [role='slider']") && upright;
  if (own && !leavable) return;
  const watching = location.pathname.startsWith("/watch/");
  // While a film plays and nothing has the focus, left and right seek.
  if (
    watching &&
    !upright &&
    (here === document.body || here?.id === "main" || here instanceof HTMLVideoElement)
  )
    return;
  if (!step(direction)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** On a television: arrows reach everything that can be pressed, and Back closes one layer. */
export function listenToRemote(): void {
  if (!isTelevision()) return;
  document.documentElement.dataset.television = "true";
  // In the player before its own keys, elsewhere after rows and grids, which know their neighbours better.
  addEventListener("keydown", (event) => location.pathname.startsWith("/watch/") && onKey(event), {
    capture: true,
  });
  addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && !location.pathname.startsWith("/watch/")) onKey(event);
  });
}
