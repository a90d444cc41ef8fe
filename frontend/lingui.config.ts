import { readdirSync } from "node:fs";
import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

// A language is one file: it is there as soon as src/locales has it.
const locales = readdirSync(new URL("./src/locales", import.meta.url))
  .filter((name) => name.endsWith(".po"))
  .map((name) => name.slice(0, -".po".length))
  .sort();

export default defineConfig({
  sourceLocale: "en",
  locales,
  catalogs: [{ path: "<rootDir>/src/locales/{locale}", include: ["src"] }],
  format: formatter({ lineNumbers: false, origins: true }),
});
