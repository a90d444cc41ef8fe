/**
 * Writes src/gql/documents.ts: one typed document per operation of src/gql/*.graphql, judged against the
 * schema that the backend prints to vod/schema.graphql. `--check` writes nothing and fails when it is stale.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import { buildSchema, parse, validate } from "graphql";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const schemaFile = process.env.SCHEMA ?? join(root, "../vod/schema.graphql");
const folder = join(root, "src/gql");
const target = join(folder, "documents.ts");

const sdl = await readFile(schemaFile, "utf8");
const schema = buildSchema(sdl);
const names = (await readdir(folder)).filter((name) => name.endsWith(".graphql")).sort();
const sources = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
const document = parse(sources.join("\n"));

const faults = validate(schema, document);
if (faults.length > 0) {
  for (const fault of faults) console.error(fault.message);
  process.exit(1);
}

const output = await codegen({
  filename: target,
  schema: parse(sdl),
  schemaAst: schema,
  documents: [{ location: "operations.graphql", document }],
  config: {
    documentMode: "string",
    enumsAsTypes: true,
    useTypeImports: true,
    pureMagicComment: true,
    dedupeFragments: true,
    scalars: { DateTime: "string" },
    defaultScalarType: "unknown",
    inlineFragmentTypes: "combine",
    skipTypename: false,
    nonOptionalTypename: false,
  },
  plugins: [{ "typescript-operations": {} }, { "typed-document-node": {} }],
  pluginMap: { "typescript-operations": typescriptOperations, "typed-document-node": typedDocumentNode },
});
const written = `// Made by \`npm run codegen\` from the schema and the documents beside this file; never edited by hand.\n${output}`;

if (process.argv.includes("--check")) {
  const present = await readFile(target, "utf8").catch(() => "");
  if (present !== written) {
    console.error("src/gql/documents.ts is stale. Run `npm run codegen` and commit what it writes.");
    process.exit(1);
  }
} else {
  await writeFile(target, written);
}
