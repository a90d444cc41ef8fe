/**
 * Fails when a word in the source is not in the catalogues, one in them is used no more, or a language is not
 * complete: a message without a translation, or one that lost a place (`{name}`, `<0>`) that English has.
 * Leaves the catalogues as they were. `--complete` looks at the catalogues alone.
 */
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

const catalogues = read();

if (!process.argv.includes("--complete")) {
  execFileSync(
    process.execPath,
    [join(root, "node_modules/@lingui/cli/dist/lingui.js"), "extract", "--clean"],
    { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
  );
  const after = read();
  const stale = [...after].filter(([name, text]) => words(text) !== words(catalogues.get(name) ?? ""));
  for (const [name, text] of catalogues) writeFileSync(join(folder, name), text);
  if (stale.length > 0) {
    console.error(
      `${stale.map(([name]) => name).join(", ")}: stale. Run \`npm run messages\` and commit what it writes.`,
    );
    process.exit(1);
  }
}

/** The string of one field of an entry, whose lines may be many. */
function field(entry, name) {
  const lines = new RegExp(`^${name} ((?:"(?:[^"\\\\]|\\\\.)*"\\n?)+)`, "m").exec(entry)?.[1] ?? "";
  return [...lines.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part).join("");
}

/** What stands in a message for values and elements, each once. */
function places(message) {
  const names = [...message.matchAll(/\{(\w+)(?=[},])/g)].map(([, name]) => `{${name}}`);
  const elements = [...message.matchAll(/<(\d+)\/?>/g)].map(([, number]) => `<${number}>`);
  return [...new Set([...names, ...elements])].sort().join(" ");
}

const faults = [];
for (const [name, text] of catalogues) {
  for (const entry of text.split(/\n{2,}/)) {
    const message = field(entry, "msgid");
    if (!message) continue;
    const translation = field(entry, "msgstr");
    if (!translation) faults.push(`${name}: no translation of “${message}”`);
    else if (places(translation) !== places(message))
      faults.push(
        `${name}: “${translation}” has ${places(translation) || "no places"}, not ${places(message)}`,
      );
  }
}
if (faults.length > 0) {
  for (const fault of faults) console.error(fault);
  process.exit(1);
}
