/** Fails when a word in the source is not in the catalogues, or one in them is used no more. Leaves them as they were. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "src/locales");
const read = () =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".po"))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
// The date on which it was made says nothing about what is in it.
const words = (text) => text.replace(/^"POT-Creation-Date:.*$/m, "");

const before = read();
execFileSync(
  process.execPath,
  [join(root, "node_modules/@lingui/cli/dist/lingui.js"), "extract", "--clean"],
  {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  },
);
const after = read();
const stale = [...after].filter(([name, text]) => words(text) !== words(before.get(name) ?? ""));
for (const [name, text] of before) writeFileSync(join(folder, name), text);

if (stale.length > 0) {
  console.error(
    `${stale.map(([name]) => name).join(", ")}: stale. Run \`npm run messages\` and commit what it writes.`,
  );
  process.exit(1);
}
for (const [name, text] of before) {
  const missing = text
    .split("\n\n")
    .filter((entry) => /^msgid ".+"/m.test(entry) && /^msgstr ""$(?!\n")/m.test(entry));
  if (missing.length > 0) {
    console.error(`${name}: ${missing.length} without a translation.`);
    process.exit(1);
  }
}
