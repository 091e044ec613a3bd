// Conversions: a format is chosen, and the new files are downloaded.

import { count, el, size } from "./dom.js";
import { findings } from "./findings.js";
import { busy, choice, line, ofInputs, tick } from "./forms.js";
import { save, zip } from "./save.js";
import { verdict } from "./summary.js";

/** The most files that are listed one by one. */
const MOST = 50;

/** What can be said of a new file, by its format: the member of the question, the words, an example. */
const DETAILS = {
  language: [
    ["name", "Project name", "claims"],
    ["container", "Storage container", "documents"],
    ["language", "Language", "en-us"],
  ],
  aml: [
    ["datastore", "Datastore", "workspaceblobstore"],
    ["prefix", "Path before each name", "documents"],
  ],
};

/** The new files, each with its part of the bytes. */
const parts = ({ files }, payload) => {
  let from = 0;
  return files.map(([name, length]) => [name, payload.subarray(from, (from += length))]);
};

const downloads = (files) => {
  const button = (words, work, kind) => el("button", { type: "button", class: kind, on: { click: work } }, words);
  const one = ([name, bytes]) => button(`Download ${name.split("/").pop()} (${size(bytes.length)})`, () => save(name, bytes));
  if (files.length === 1) return [el("p", {}, one(files[0]))];
  const name = `${files[0][0].split(/[./]/)[0]}.zip`;
  const all = button(
    `Download all ${files.length} files (${name})`,
    () => {
      const blob = new Blob(zip(files));
      blob.arrayBuffer().then((bytes) => save(name, bytes, "application/zip"));
    },
    "main",
  );
  const list = el("ul", { class: "files" }, files.slice(0, MOST).map((file) => el("li", {}, one(file))));
  return [
    el("p", {}, all),
    el("details", {}, el("summary", {}, "One by one"), list, files.length > MOST && el("p", { class: "more" }, `${count(files.length - MOST, "more file")}: the zip has all.`)),
  ];
};

const result = ({ header: it, payload }, rows) => [
  verdict(it.refused ? it.verdict : `converted ${count(it.documents, "document")} with ${count(it.labels, "label")}`, !it.refused, "p"),
  ...(it.refused ? [el("p", {}, "Nothing was written: a conversion changes or drops no label unasked.")] : downloads(parts(it, payload))),
  it.next && el("p", {}, el("b", {}, "Next:"), ` ${it.next}`),
  it.groups.length > 0 && el("h3", {}, "What there is to know of it"),
  ...(it.groups.length > 0 ? findings(it.groups, rows) : []),
].filter(Boolean);

/** The section. `rows` fetches findings of the conversion. */
export const convert = (inputs, formats, ask, rows) => {
  const readable = inputs.map((it, at) => ({ ...it, at })).filter((it) => it.format);
  if (readable.length === 0) return [];
  const file = ofInputs(readable);
  const to = choice("To", formats.map(({ name, title }) => [name, title]));
  // What it is already is the least likely wish.
  to.select.value = readable[0].format === "language" ? "aml" : "language";
  const skip = tick("Leave out labels that cannot be converted truthfully");
  const details = el("div", { class: "fields" });
  let lines = [];
  const offer = () => {
    lines = (DETAILS[to.select.value] ?? []).map(([key, words, example]) => ({ key, ...line(words, example) }));
    details.replaceChildren(...lines.map(({ field }) => field));
  };
  to.select.addEventListener("change", offer);
  offer();
  const button = el("button", { type: "button" }, "Convert");
  const place = el("div", { class: "result", "aria-live": "polite" });
  button.addEventListener("click", () =>
    busy(button, place, async () => {
      const said = Object.fromEntries(lines.map(({ key, input }) => [key, input.value.trim() || null]));
      const asked = { ask: "convert", input: file.number(), to: to.select.value, "skip-invalid": skip.box.checked, ...said };
      return result(await ask(asked), rows);
    }),
  );
  return [el("div", { class: "fields" }, file.field, to.field, skip.field), details, el("p", {}, button), place];
};
