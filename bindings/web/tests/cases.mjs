// Cases of the page beside the command: what somebody chooses in the browser, and the command on the same files.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../../..");
const RULES = path.join(ROOT, "fixtures/rules");
const TEXTS = path.join(RULES, "texts");

/** The arguments of a fixture: those in its file `args`, or a check of its label file. */
const argsOf = (folder) => {
  const file = path.join(folder, "args");
  if (fs.existsSync(file)) return fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  return ["check", fs.readdirSync(folder).find((name) => name.startsWith("labels."))];
};

const valueOf = (args, name) => args[args.indexOf(name) + 1];

/**
 * The rule fixtures, each in a folder of its own below `work` that holds what the browser is given and nothing else:
 * label files and a folder of texts, or a folder with both.
 */
export const ruleCases = (work) => {
  const cases = [];
  for (const rule of fs.readdirSync(RULES).sort())
    for (const side of ["bad", "good"]) {
      const fixture = path.join(RULES, rule, side);
      if (!fs.existsSync(fixture)) continue;
      const args = argsOf(fixture);
      const end = args.slice(1).findIndex((word) => word.startsWith("-"));
      const inputs = args.slice(1, end < 0 ? undefined : end + 1);
      const texts = args.includes("--texts") ? valueOf(args, "--texts") : ".";
      const place = path.join(work, `${rule}-${side}`, "in");
      const one = { name: `${rule}/${side}`, place, options: {} };
      const isFolder = fs.statSync(path.join(fixture, inputs[0])).isDirectory();
      if (texts === "." || isFolder) {
        const name = isFolder ? inputs[0] : side;
        fs.cpSync(isFolder ? path.join(fixture, name) : fixture, path.join(place, name), { recursive: true });
        one.folder = path.join(place, name);
      } else {
        fs.mkdirSync(place, { recursive: true });
        for (const input of inputs) fs.cpSync(path.join(fixture, input), path.join(place, input));
        fs.cpSync(texts === "texts" ? path.join(fixture, "texts") : TEXTS, path.join(place, "texts"), { recursive: true });
        one.labels = inputs.map((input) => path.join(place, input));
        one.texts = path.join(place, "texts");
      }
      for (const name of ["--profile", "--offsets"]) if (args.includes(name)) one.options[name.slice(2)] = valueOf(args, name);
      if (args.includes("--no-texts")) one.options.noTexts = true;
      cases.push(one);
    }
  return cases;
};

/** Runs a command line of the page with a program. */
export const run = (program, folder, words, more = []) => {
  const env = { ...process.env, PATH: `${path.dirname(program)}${path.delimiter}${process.env.PATH}` };
  const line = [words, ...more].join(" ");
  const done = spawnSync("sh", ["-c", line], { cwd: folder, env, maxBuffer: 1 << 28 });
  return { status: done.status, stdout: done.stdout, stderr: done.stderr.toString() };
};

/** A corpus of so many documents in a folder: an export, its texts, and an error in every second label. */
export const corpus = (folder, documents) => {
  const texts = path.join(folder, "texts");
  fs.mkdirSync(texts, { recursive: true });
  const lines = [];
  for (let at = 0; at < documents; at += 1) {
    const name = `${String(at).padStart(6, "0")}.txt`;
    fs.writeFileSync(path.join(texts, name), `Ada Lovelace wrote letter ${at} to Charles Babbage in London, on a Monday.\n`);
    const end = at % 2 === 0 ? 9999 : 12;
    const label = [{ label: "Person", offsetStart: 0, offsetEnd: end }];
    lines.push(JSON.stringify({ image_url: `AmlDatastore://store/texts/${name}`, label }));
  }
  const file = path.join(folder, "labels.jsonl");
  fs.writeFileSync(file, `${lines.join("\n")}\n`);
  return { labels: [file], texts };
};
