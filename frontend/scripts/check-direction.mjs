/**
 * Fails where a style says left or right: the app is read from right to left too, so its styles say start and end.
 * Where a side is meant whatever the language, a comment on that line or the one above says `physical:` and why.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const source = join(dirname(fileURLToPath(import.meta.url)), "../src");

const inStyles =
  /(^|[\s;{])((margin|padding|border|scroll-margin|scroll-padding)-(left|right)\b|(left|right)\s*:|(text-align|float|clear)\s*:\s*(left|right)|border-(top|bottom)-(left|right)-radius)/;
const inClasses =
  /(^|["'`\s:])-?((scroll-)?[mp][lr]-|(left|right)-[\d[(]|(text|float|clear)-(left|right)\b|rounded-([lr]|[tb][lr])\b|border-[lr]\b)/;
const inStyleObjects =
  /style=\{\{[^}]*\b(left|right|(margin|padding|border)(Left|Right)|textAlign\s*:\s*"(left|right)")\b\s*:?/;

let faults = 0;
for (const name of readdirSync(source, { recursive: true })) {
  const rules = name.endsWith(".css") ? [inStyles] : /\.tsx$/.test(name) ? [inClasses, inStyleObjects] : [];
  if (rules.length === 0 || name.includes(".test.")) continue;
  const lines = readFileSync(join(source, name), "utf8").split("\n");
  lines.forEach((line, index) => {
    if (!rules.some((rule) => rule.test(line))) return;
    if (line.includes("physical:") || lines[index - 1]?.includes("physical:")) return;
    faults += 1;
    console.error(`src/${relative(source, join(source, name))}:${index + 1}: ${line.trim()}`);
  });
}
if (faults > 0) {
  console.error("Say start and end (inset-inline-start, ms-4, text-start), never left and right.");
  process.exit(1);
}
