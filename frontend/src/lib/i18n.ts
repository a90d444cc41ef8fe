import { i18n, type Messages } from "@lingui/core";
import { directionOf } from "./direction";

/** Every language is one file in src/locales, and comes when it is asked for. */
const catalogues = import.meta.glob<{ messages: Messages }>("../locales/*.po");

/** Languages made from English for tests, by the tags that Unicode keeps for them: long and accented, right to left. */
const pseudoLanguages: readonly string[] = ["en-XA", "ar-XB"];

const sourceLanguage = "en";
const rememberedUnder = "language";

/** What the app is translated into, as codes: "de", "en". */
export const languages: readonly string[] = Object.keys(catalogues)
  .map((path) => path.slice(path.lastIndexOf("/") + 1, -".po".length))
  .sort();

interface Choice {
  /** The catalogue to read. */
  language: string;
  /** The tag by which dates, numbers and plurals are written: "de-AT" where the browser said so. */
  locale: string;
}

/** The first wanted tag that there are words for, as it is or without its region; English where there is none. */
export function chooseLanguage(wanted: readonly string[], known: readonly string[] = languages): Choice {
  for (const locale of wanted) {
    if (pseudoLanguages.includes(locale)) return { language: locale, locale };
    const language = [locale, locale.split("-")[0]].find((tag) => tag && known.includes(tag));
    if (language) return { language, locale: regional(language, wanted) };
  }
  return { language: sourceLanguage, locale: regional(sourceLanguage, wanted) };
}

/** A person who chose English and whose browser is Australian has Australian dates. */
function regional(language: string, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.startsWith(`${language}-`) && !pseudoLanguages.includes(tag)) ?? language;
}

async function read(language: string): Promise<Messages> {
  const pseudo = pseudoLanguages.includes(language);
  const load = catalogues[`../locales/${pseudo ? sourceLanguage : language}.po`];
  if (!load) throw new Error(`no catalogue of ${language}`);
  const [{ messages }, make] = await Promise.all([load(), pseudo ? import("./pseudo") : null]);
  return make ? make.pseudoMessages(messages, directionOf(language)) : messages;
}

let latest: Choice | null = null;

/** Speaks the first language of `wanted` that there are words for, and says so on the document. */
export async function activateLanguage(wanted: readonly string[]): Promise<void> {
  const choice = chooseLanguage(wanted);
  if (latest?.language === choice.language && latest.locale === choice.locale) return;
  latest = choice;
  const messages = await read(choice.language).catch(async (cause) => {
    if (latest === choice) latest = null;
    throw cause;
  });
  // Somebody asked for another one while this came.
  if (latest !== choice) return;
  i18n.loadAndActivate({ locale: choice.language, locales: choice.locale, messages });
  document.documentElement.lang = choice.language;
  document.documentElement.dir = directionOf(choice.language);
}

/** What to speak: the profile's language, then the browser's. */
export function wantedLanguages(profile: string | null): readonly string[] {
  return profile ? [profile, ...navigator.languages] : navigator.languages;
}

/** The language of whoever watched here last, so that their first page is not in another one. */
export function rememberedLanguage(): string | null {
  return localStorage.getItem(rememberedUnder);
}

export function rememberLanguage(profile: string | null): void {
  if (profile) localStorage.setItem(rememberedUnder, profile);
  else localStorage.removeItem(rememberedUnder);
}

/** The tag by which dates and numbers are written. */
export function formatLocale(): string {
  return typeof i18n.locales === "string" ? i18n.locales : i18n.locale;
}

/** The language that the app speaks now, of those it has. */
export function spokenHere(): string {
  return languages.includes(i18n.locale) ? i18n.locale : sourceLanguage;
}
