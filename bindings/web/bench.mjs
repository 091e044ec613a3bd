// The page beside the command on one thread, on the corpora of benches/peers:
//
//   BROWSER_DRIVER=…/playwright-core BROWSER_PROGRAM=/usr/bin/chromium node bindings/web/bench.mjs PAGE PROGRAM
//
// Prints a table in Markdown: the best of three runs of each side, in turns. Time in the page is from the choice of the
// files to the report, in a browser without a window; that of the command is of the whole process.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { launch, open } from "../../tests/browser/harness.mjs";

const RUNS = 3;
const [page, program] = process.argv.slice(2).map((it) => path.resolve(it));
const work = fs.mkdtempSync(path.join(os.tmpdir(), "labelwright-bench-"));
const make = (what, place, size) => {
  const script = path.resolve(import.meta.dirname, "../../benches/peers/corpus.py");
  const done = spawnSync("python3", [script, what, place, String(size), ...(what === "small" ? ["1"] : [])]);
  if (done.status !== 0) throw new Error(done.stderr.toString());
};

const small = path.join(work, "small");
const large = path.join(work, "large");
make("small", small, 20_000);
make("large", large, 100_000_000);
const rows = [
  { name: "check, 20,000 documents with texts", labels: path.join(small, "labels.jsonl"), texts: path.join(small, "texts") },
  { name: "check, one file of 100 MB, without texts", labels: path.join(large, "large.jsonl") },
];

/** Notes when the bar comes and when the report does, as the user sees them. */
const watch = () => {
  globalThis.seen = {};
  document.addEventListener("DOMContentLoaded", () =>
    new MutationObserver(() => {
      const is = (id) => !document.getElementById(id).hidden;
      if (is("progress")) seen.begun ??= performance.now();
      if (document.getElementById("phase").textContent.startsWith("Checking")) seen.read ??= performance.now();
      if (is("reports-part")) seen.done ??= performance.now();
    }).observe(document.body, { subtree: true, attributes: true, childList: true, characterData: true }),
  );
};

const inPage = async (browser, { labels, texts }) => {
  const { page: window, context } = await open(browser, page, { init: watch });
  try {
    context.setDefaultTimeout(300_000);
    await window.waitForSelector("body[data-ready]");
    if (texts) await window.setInputFiles("#texts-input", texts);
    else await window.evaluate(() => (document.getElementById("no-texts").checked = true));
    await window.setInputFiles("#labels-input", labels);
    await window.waitForSelector("#reports-part:not([hidden])");
    const { begun, read, done } = await window.evaluate(() => seen);
    return { all: (done - begun) / 1000, reading: ((read ?? done) - begun) / 1000 };
  } finally {
    await context.close();
  }
};

const byCommand = ({ labels, texts }) => {
  const where = texts ? ["--texts", texts] : ["--no-texts"];
  const begun = performance.now();
  const done = spawnSync(program, ["check", labels, ...where, "--isolated", "--jobs", "1", "--output", "json"], { maxBuffer: 1 << 30 });
  if (done.status > 1) throw new Error(done.stderr.toString());
  return (performance.now() - begun) / 1000;
};

const browser = await launch();
console.log("| work | page | of that, reading | command, one thread |\n|---|--:|--:|--:|");
for (const row of rows) {
  const pages = [];
  const commands = [];
  for (let at = 0; at < RUNS; at += 1) {
    pages.push(await inPage(browser, row));
    commands.push(byCommand(row));
  }
  const best = pages.reduce((one, other) => (other.all < one.all ? other : one));
  const seconds = (number) => `${number.toFixed(2)} s`;
  console.log(`| ${row.name} | ${seconds(best.all)} | ${seconds(best.reading)} | ${seconds(Math.min(...commands))} |`);
}
await browser.close();
fs.rmSync(work, { recursive: true });
