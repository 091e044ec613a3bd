// Validates a label file against its published schema with Ajv.
//
//     node ajv.mjs SCHEMA INPUT

import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Ajv from "ajv/dist/2020.js";

const [schema, source] = process.argv.slice(2);
const ajv = new Ajv({ strict: false, allErrors: true });
const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
let documents = 0;
let errors = 0;
const check = (value) => {
  if (!validate(value)) {
    errors += validate.errors.length;
  }
};
if (source.endsWith(".jsonl")) {
  for await (const line of createInterface({ input: createReadStream(source) })) {
    documents += 1;
    check(JSON.parse(line));
  }
} else {
  const project = JSON.parse(readFileSync(source, "utf8"));
  documents = project.assets.documents.length;
  check(project);
}
console.log(JSON.stringify({ documents, errors }));
