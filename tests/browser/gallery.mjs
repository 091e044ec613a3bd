// Makes the pictures of docs/gallery.md:
//
//   BROWSER_DRIVER=…/node_modules/playwright-core BROWSER_PROGRAM=/usr/bin/chromium \
//     node tests/browser/gallery.mjs target/debug/labelwright docs/gallery
//
// The driver is playwright-core, which the tests put into target/browser.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { launch } from "./harness.mjs";

const [program, out] = process.argv.slice(2).map((it) => path.resolve(it));
const corpus = path.resolve(import.meta.dirname, "../../fixtures/gallery");
const texts = ["--texts", "../pairs/demo", "--isolated"];
const work = fs.mkdtempSync(path.join(os.tmpdir(), "gallery-"));
fs.mkdirSync(out, { recursive: true });

const run = (...args) => {
  const env = { ...process.env, CLICOLOR_FORCE: "1" };
  return spawnSync(program, args, { cwd: corpus, env, encoding: "utf8", maxBuffer: 1 << 26 });
};

const COLORS = { 31: "#ff8a80", 32: "#7fcf9f", 33: "#f3b95f", 34: "#7fb2e8", 35: "#d39ae6", 36: "#66cdd4" };
const escape = (text) => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);

// What a terminal makes of a text with colours.
const terminal = (text, lines) => {
  let html = "";
  for (const piece of text.split("\n").slice(0, lines).join("\n").split(/(\x1b\[[0-9;]*m)/)) {
    const code = /^\x1b\[([0-9;]*)m$/.exec(piece);
    if (!code) html += escape(piece);
    else if (COLORS[code[1]]) html += `<span style="color:${COLORS[code[1]]}">`;
    else if (code[1] === "1" || code[1] === "31;1") html += "<span style='font-weight:bold'>";
    else if (code[1] === "0" || code[1] === "") html += "</span>";
    else html += "<span>";
  }
  return `<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#16191d;color:#dfe3e8}
    pre{display:inline-block;margin:0;padding:14px 18px;font:13px/1.4 "DejaVu Sans Mono",monospace}</style><pre>${html}</pre>`;
};

const browser = await launch();
const picture = async (name, file, options = {}) => {
  const { width = 900, height = 620, scheme = "light", scroll, element } = options;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  await page.goto(String(pathToFileURL(file)));
  if (scroll) await page.evaluate((id) => document.getElementById(id).scrollIntoView(), scroll);
  const target = element ? page.locator(element).first() : page;
  await target.screenshot({ path: path.join(out, `${name}.png`) });
  await context.close();
};

const words = async (name, lines, ...args) => {
  const file = path.join(work, `${name}.html`);
  fs.writeFileSync(file, terminal(run(...args).stdout, lines));
  await picture(name, file, { width: 1000, element: "pre" });
};

const report = path.join(work, "report.html");
run("check", "labels.json", ...texts, "--output", `html=${report}`);
await picture("html", report);
await picture("html-dark", report, { scheme: "dark", scroll: "problems" });
await picture("html-labels", report, { scroll: "labels-1" });
await picture("html-documents", report, { scroll: "samples-1" });
await picture("html-phone", report, { width: 390, height: 700 });
await words("human", 30, "check", "labels.json", ...texts, "--color", "always");
await words("concise", 14, "check", "labels.json", ...texts, "--output", "concise", "--color", "always");
await words("statistics", 20, "check", "labels.json", ...texts, "--statistics", "--color", "always");
await words("show", 30, "show", "labels.json", "--texts", "../pairs/demo", "--color", "always", "--max-documents", "2");
await words("github", 8, "check", "labels.json", ...texts, "--output", "github");
await words("csv", 10, "check", "labels.json", ...texts, "--output", "csv");
await words("markdown", 30, "check", "labels.json", ...texts, "--output", "markdown");
await browser.close();
fs.rmSync(work, { recursive: true });
