// Runs the GraphQL over HTTP audits against the address given and prints what came out as JSON.
// node graphql_http_audit.mjs <folder with node_modules> <address>
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, url] = process.argv.slice(2);
const { serverAudits } = createRequire(join(folder, "package.json"))("graphql-http");

const results = [];
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const { id, name, status, reason } = await audit.fn();
  results.push({ id, name, status, reason: reason ?? null });
}
process.stdout.write(JSON.stringify(results));
