import { i18n } from "@lingui/core";
import { messages as english } from "../locales/en.po";

/** Every language is one file in src/locales; English is in the first load, the others come when asked for. */
const catalogues = import.meta.glob<{ messages: Record<string, string> }>([
  "../locales/*.po",
  "!../locales/en.po",
]);

export async function activateLanguage(wanted: readonly string[]): Promise<void> {
  for (const tag of wanted) {
    const language = tag.split("-")[0] ?? tag;
    if (language === "en") break;
    const load = catalogues[`../locales/${language}.po`];
    if (!load) continue;
    i18n.loadAndActivate({ locale: language, messages: (await load()).messages });
    document.documentElement.lang = language;
    return;
  }
  i18n.loadAndActivate({ locale: "en", messages: english });
}
