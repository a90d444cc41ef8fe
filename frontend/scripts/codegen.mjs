/**
 * Writes src/gql/documents.ts: one typed document per operation of src/gql/*.graphql, judged against the
 * schema that the backend prints to vod/schema.graphql; and vod/web_operations.json, a manifest of the same
 * documents, which the backend always answers. `--check` writes nothing and fails when one of them is stale.
 */
import { createHash } from "node:crypto";
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
const manifestFile = join(root, "../vod/web_operations.json");

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

// As Apollo's clients write it; the id of an operation is the hash of the text that the app sends.
const operations = [...output.matchAll(/Document = [^`]*TypedDocumentString\(`([^`]*)`/g)].map(([, body]) => {
  const definition = parse(body).definitions.find(({ kind }) => kind === "OperationDefinition");
  const id = createHash("sha256").update(body).digest("hex");
  return { id, name: definition.name.value, type: definition.operation, body };
});
const manifest = { format: "apollo-persisted-query-manifest", version: 1, operations };
const files = [
  [target, written],
  [manifestFile, `${JSON.stringify(manifest, null, 2)}\n`],
];

for (const [file, text] of files) {
  if (!process.argv.includes("--check")) {
    await writeFile(file, text);
  } else if ((await readFile(file, "utf8").catch(() => "")) !== text) {
    console.error(`${file} is stale. Run \`npm run codegen\` and commit what it writes.`);
    process.exit(1);
  }
}
