export type Direction = "ltr" | "rtl";

const rightToLeftScripts: readonly string[] = ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"];

/** The way a language is written. Intl knows its script in every browser, its direction not in all of them. */
export function directionOf(tag: string): Direction {
  return rightToLeftScripts.includes(new Intl.Locale(tag).maximize().script ?? "") ? "rtl" : "ltr";
}
