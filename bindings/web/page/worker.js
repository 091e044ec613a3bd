// The thread that works: it has the module and the files, and answers the page.

import { MOST_BYTES, start } from "./engine.js";
import { unpacked } from "./packed.js";
import { readInto } from "./reading.js";

/** The page is told no more often, in milliseconds. */
const OFTEN = 80;

let told = 0;
const tell = (phase, done, size) => {
  const now = performance.now();
  if (now - told < OFTEN && done < size) return;
  told = now;
  postMessage({ progress: { phase, done, size } });
};

let core;

const jobs = {
  start: async ({ module, packed }) => {
    const compiled = module ?? (await WebAssembly.compile(unpacked(packed.text, packed.size)));
    core = await start(compiled, (done, size) => tell("working", done, size));
    return { header: core.ask({ ask: "choices" }).header, module: compiled };
  },
  read: async ({ files }) => {
    const size = files.reduce((sum, { file }) => sum + file.size, 0);
    if (size > MOST_BYTES) {
      throw new Error(
        `These files have ${(size / 1e9).toFixed(1)} GB, and this page can hold ${MOST_BYTES / 1e9} GB. The command has no such limit.`,
      );
    }
    let done = 0;
    const unread = await readInto(core, files, (bytes) => tell("reading", (done += bytes), size));
    return { header: { unread } };
  },
  ask: ({ question }) => core.ask(question),
};

onmessage = async ({ data: { number, job, ...rest } }) => {
  try {
    const answer = await jobs[job](rest);
    postMessage({ number, ...answer }, answer.payload ? [answer.payload.buffer] : []);
  } catch (error) {
    postMessage({ number, error: error.message });
  }
};
