/**
 * Weighs what a browser loads before it can show the first page: the entry, all it imports, and the home page.
 * Fails above the budget, or when the streaming engine is anywhere in it.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const budgetKiB = 170;
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
