// Writes a typed client of a file of operations, as the users of the API make theirs with GraphQL Code Generator.
// node typed_client.mjs <folder with node_modules> <schema> <operations> <target>
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, schemaFile, operations, target] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const { codegen } = require("@graphql-codegen/core");
const { buildSchema, parse, validate } = require("graphql");

const sdl = await readFile(schemaFile, "utf8");
const document = parse(await readFile(operations, "utf8"));
const faults = validate(buildSchema(sdl), document);
if (faults.length > 0) throw new Error(faults.join("\n"));

const written = await codegen({
  filename: target,
  schema: parse(sdl),
  documents: [{ location: operations, document }],
  config: { documentMode: "string", scalars: { DateTime: "string", ID: "string" }, useTypeImports: true },
  plugins: [{ operations: {} }, { documents: {} }],
  pluginMap: {
    operations: require("@graphql-codegen/typescript-operations"),
    documents: require("@graphql-codegen/typed-document-node"),
  },
});
await writeFile(target, written);
