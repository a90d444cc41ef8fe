import { formatLocale } from "./i18n";

/** What films are often made in, heard and read in, as BCP 47 tags. */
export const spokenLanguages: readonly string[] =
  "ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu id is it ja ka ko lt lv ml ms nb nl pl pt pt-BR ro ru sk sl sr sv sw ta te th tr uk ur vi zh".split(
    " ",
  );

/** A language by its own name, as its readers look for it: "Deutsch". */
export function ownName(tag: string): string {
  return nameIn("language", tag, tag);
}

/** A language by its name in the reader's own: "German". */
export function languageName(tag: string): string {
  return nameIn("language", tag, formatLocale());
}

/** A country by its name in the reader's language: "France". ISO 3166-1 in. */
export function countryName(code: string): string {
  return nameIn("region", code, formatLocale());
}

/** The tag itself where nobody has a name for it. */
function nameIn(type: "language" | "region", tag: string, locale: string): string {
  try {
    const name = new Intl.DisplayNames([locale], { type }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return tag;
  }
}

/** Tag and name of the languages to choose from, by name. One that is chosen already is among them. */
export function languageChoices(chosen?: string): { tag: string; name: string }[] {
  const tags = new Set(spokenLanguages);
  if (chosen) tags.add(chosen);
  const order = new Intl.Collator(formatLocale());
  return [...tags]
    .map((tag) => ({ tag, name: languageName(tag) }))
    .sort((one, other) => order.compare(one.name, other.name));
}
