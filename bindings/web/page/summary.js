// The verdict, what was checked, and which labels there are.

import { count, el, grouped, row, table } from "./dom.js";

const number = (value, noun, severity) =>
  el("li", { class: severity }, el("b", {}, grouped(value)), ` ${noun}${value === 1 ? "" : "s"}`);

/** A verdict as a heading that can have the focus. */
export const verdict = (line, isReady, level = "h2") =>
  el(level, { class: `verdict ${isReady ? "ready" : "unready"}`, tabindex: -1 }, line);

/** The numbers of a check, and its label files. */
export const overview = (found) => [
  el(
    "ul",
    { class: "counts" },
    number(found.errors, "error", "error"),
    number(found.warnings, "warning", "warning"),
    number(found.notes, "note", "note"),
    number(found.documents, "document"),
    number(found.labels, "label"),
  ),
  table(
    "Label files",
    ["File", "Format", "Project kind", "Documents", "Labels", "Offsets"].map((title, at) => ({
      title,
      number: at === 3 || at === 4,
    })),
    found.inputs.map((it) =>
      row(it.path, it.format ?? "none", it.kind ?? "unknown", it.documents, it.labels, it.offsets ?? ""),
    ),
  ),
];

/** What was not checked, in sentences. */
export const unchecked = (found, { unread, leftOut }) => {
  const lines = [
    ...found.failed,
    found.skipped > 0 && `passed over, since they look like no label file: ${count(found.skipped, "file")}`,
    leftOut > 0 && `not read, since they are pictures, archives and the like: ${count(leftOut, "file")}`,
    ...unread.slice(0, 20).map((path) => `${path} cannot be read`),
    unread.length > 20 && `cannot be read either: ${count(unread.length - 20, "more file")}`,
  ].filter(Boolean);
  if (lines.length === 0) return [];
  return [el("h3", {}, "Not checked"), el("ul", { class: "unchecked" }, lines.map((line) => el("li", {}, line)))];
};

/** The most labels that the table shows. */
const MOST = 200;

/** Labels by set: the table, or nothing where there are none. */
export const labels = (categories) => {
  const all = Object.entries(categories);
  if (all.length === 0) return [];
  const total = (counts) => counts.train + counts.dev + counts.test + counts.unassigned;
  all.sort(([a, one], [b, other]) => total(other) - total(one) || (a < b ? -1 : 1));
  const sets = [
    ["train", "Train"],
    ["dev", "Dev"],
    ["test", "Test"],
    ["unassigned", "No set"],
  ].filter(([key]) => all.some(([, counts]) => counts[key] > 0));
  const head = [{ title: "Label" }, ...sets.map(([, title]) => ({ title, number: true })), { title: "All", number: true }];
  const rows = all
    .slice(0, MOST)
    .map(([name, counts]) => row(name, ...sets.map(([key]) => counts[key]), total(counts)));
  return [
    table("Labels by set", head, rows),
    all.length > MOST && el("p", { class: "more" }, `${count(all.length - MOST, "more label")}: the JSON report has all.`),
  ].filter(Boolean);
};
