/**
 * Weighs what a browser loads before it can show the first page: the entry, all it imports, the home page,
 * and the words of one language.
 * Fails above the budget, or when the streaming engine is anywhere in it.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const budgetKiB = 170;
const styleBudgetKiB = 20;
const watchPage = "src/features/watch/WatchPage.tsx";
const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));

const chunks = new Set();
function take(name) {
  if (chunks.has(name)) return;
  chunks.add(name);
  for (const imported of manifest[name].imports ?? []) take(imported);
}
take("index.html");
take("src/app/FrontDoor.tsx");
take("src/locales/en.po");

let total = 0;
for (const name of chunks) {
  const bytes = readFileSync(join(dist, manifest[name].file));
  const size = gzipSync(bytes).length / 1024;
  total += size;
  console.log(`${size.toFixed(1).padStart(7)} KiB  ${manifest[name].file}`);
  if (bytes.includes("hlsManifestParsed")) {
    console.error("The streaming engine is in the first load; it belongs to the watch page alone.");
    process.exit(1);
  }
}
console.log(`${total.toFixed(1).padStart(7)} KiB  of ${budgetKiB} in the first load, gzipped`);
if (total > budgetKiB) {
  console.error("The first load is over its budget.");
  process.exit(1);
}

const styles = new Set([...chunks].flatMap((name) => manifest[name].css ?? []));
const styleSize =
  [...styles].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1024;
console.log(`${styleSize.toFixed(1).padStart(7)} KiB  of ${styleBudgetKiB} in its style sheets, gzipped`);
if (styleSize > styleBudgetKiB) {
  console.error("The style sheets of the first load are over their budget.");
  process.exit(1);
}

/** Everything that comes with a chunk, and what those chunks may come to ask for. */
function reach(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const imported of manifest[name].imports ?? []) reach(imported, seen);
  return seen;
}
const holdsEngine = (name) => readFileSync(join(dist, manifest[name].file)).includes("hlsManifestParsed");
const engines = Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry && holdsEngine(name));
if (engines.length !== 1) {
  console.error(`The streaming engine stands in ${engines.length} chunks of its own; it is one.`);
  process.exit(1);
}
for (const page of Object.keys(manifest).filter(
  (name) => manifest[name].isDynamicEntry || manifest[name].isEntry,
)) {
  if (page === watchPage || engines.includes(page)) continue;
  const asks = [...reach(page)].some((name) =>
    (manifest[name].dynamicImports ?? []).some((one) => engines.includes(one)),
  );
  if (asks || [...reach(page)].some((name) => engines.includes(name))) {
    console.error(`${page} can load the streaming engine; it belongs to the watch page alone.`);
    process.exit(1);
  }
}
