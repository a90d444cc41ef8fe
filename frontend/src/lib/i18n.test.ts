import { t } from "@lingui/core/macro";
import { afterEach, expect, test } from "vitest";
import { directionOf } from "./direction";
import { day, duration, number, seasons } from "./format";
import {
  activateLanguage,
  chooseLanguage,
  languages,
  rememberedLanguage,
  rememberLanguage,
  wantedLanguages,
} from "./i18n";

const root = document.documentElement;

afterEach(() => activateLanguage(["en"]));

test("the first wanted language that there are words for is taken, with the region the browser gave", () => {
  const known = ["de", "en", "pt-BR"];
  expect(chooseLanguage(["de-AT", "en"], known)).toEqual({ language: "de", locale: "de-AT" });
  expect(chooseLanguage(["fr", "de"], known)).toEqual({ language: "de", locale: "de" });
  expect(chooseLanguage(["pt-BR", "en"], known).language).toBe("pt-BR");
  expect(chooseLanguage(["fr-FR"], known)).toEqual({ language: "en", locale: "en" });
});

test("a profile's language stands before the browser's, whose region is kept for dates", () => {
  expect(wantedLanguages("de")).toEqual(["de", ...navigator.languages]);
  expect(wantedLanguages(null)).toEqual(navigator.languages);
  expect(chooseLanguage(["en", "en-AU", "de"], ["de", "en"])).toEqual({ language: "en", locale: "en-AU" });
});

test("English and German are there, and no language of tests is offered", () => {
  expect(languages).toEqual(expect.arrayContaining(["de", "en"]));
  expect(languages).not.toContain("en-XA");
});

test("German words, numbers, lengths and days come with German, and the document says so", async () => {
  await activateLanguage(["de-DE"]);

  expect([root.lang, root.dir]).toEqual(["de", "ltr"]);
  expect(t`Password`).toBe("Passwort");
  expect(seasons(2)).toBe("2 Staffeln");
  expect(duration(5520)).toBe("1 Std. 32 Min.");
  expect(number(1234.56, 1)).toBe("1.234,6");
  expect(day("2026-11-29T12:00:00Z")).toBe("29. November 2026");
});

test("of two languages asked for at once, the later one is spoken, whichever comes first", async () => {
  await Promise.all([activateLanguage(["de"]), activateLanguage(["en"])]);
  expect(root.lang).toBe("en");
  await Promise.all([activateLanguage(["en"]), activateLanguage(["de"])]);
  expect(root.lang).toBe("de");
});

test.each([
  ["de", "ltr"],
  ["ar", "rtl"],
  ["he-IL", "rtl"],
  ["fa", "rtl"],
  ["ur", "rtl"],
  ["az", "ltr"],
  ["az-Arab", "rtl"],
  ["ar-XB", "rtl"],
])("%s is written %s", (tag, direction) => {
  expect(directionOf(tag)).toBe(direction);
});

test("the pseudo-language accents and lengthens every word and keeps its places", async () => {
  await activateLanguage(["en-XA"]);

  const film = { name: "Alien" };
  expect(t`Password`).toMatch(/^⟦Þàššŵöŕð·+⟧$/);
  expect(t`Resume ${film.name}`).toMatch(/^⟦Ŕéšûɱé Alien·+⟧$/);
  expect(seasons(3)).toMatch(/^⟦3 šéàšöñš·+⟧$/);
});

test("the pseudo-language of the other direction turns the document round", async () => {
  await activateLanguage(["ar-XB"]);

  expect([root.lang, root.dir]).toEqual(["ar-XB", "rtl"]);
  expect(t`Password`).toBe("\u202ePassword\u202c");
});

test("who watched here last is remembered by their language alone, until nobody does", () => {
  rememberLanguage("de");
  expect(rememberedLanguage()).toBe("de");
  rememberLanguage(null);
  expect(rememberedLanguage()).toBeNull();
});
