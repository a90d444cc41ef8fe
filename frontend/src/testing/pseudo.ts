import { activateLanguage } from "@/lib/i18n";

/** Turns every word of the catalogue strange, so that the words that are not in it can be told. */
export async function speakPseudo(): Promise<void> {
  await activateLanguage(["en-XA"]);
}

const spokenAttributes = ["aria-label", "aria-description", "aria-valuetext", "title", "placeholder", "alt"];

/**
 * The words on a page, seen or heard, that come from no catalogue: those that still have a plain letter. `data` is
 * what the page was given to show: names, addresses.
 */
export function hardCoded(root: Element, data: readonly string[] = []): string[] {
  const said: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent?.closest("script, style")) said.push(walker.currentNode.textContent ?? "");
  }
  for (const element of root.querySelectorAll("*"))
    for (const name of spokenAttributes) said.push(element.getAttribute(name) ?? "");
  const known = [...data].sort((one, other) => other.length - one.length);
  const strange = (text: string) => known.reduce((rest, one) => rest.replaceAll(one, ""), text);
  return said.filter((text) => /[a-z]/i.test(strange(text)));
}
