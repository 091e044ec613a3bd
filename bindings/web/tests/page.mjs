// Uses the page as people do, and compares it with the command:
//
//   BROWSER_DRIVER=…/playwright-core BROWSER_PROGRAM=/usr/bin/chromium node page.mjs PAGE PROGRAM [WORDS]
//
// Says of each thing whether it holds, or only of those whose names have these words. Status 1 where one does not.

import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";

import { lowContrast } from "../../../tests/browser/contrast.mjs";
import { check as held, finish, insist, launch, open, same } from "../../../tests/browser/harness.mjs";
import { corpus, ROOT, ruleCases, run } from "./cases.mjs";

const [page, program] = process.argv.slice(2, 4).map((it) => path.resolve(it));
const words = process.argv[4] ?? "";
const check = async (name, body) => name.includes(words) && held(name, body);
const work = fs.mkdtempSync(path.join(os.tmpdir(), "labelwright-page-"));
const browser = await launch();

/** Opens the page, does something, and insists that nothing was asked of a network and no policy was broken. */
const using = async (options, body) => {
  // Without motion nothing is drawn in between, which takes most of the time on a machine without a graphics card.
  const opened = await open(browser, page, { reducedMotion: "reduce", ...options });
  opened.context.setDefaultTimeout(30_000);
  // The worker is a part of the page, whose address begins so.
  const loud = () => opened.seen.filter((it) => !it.startsWith("request: blob:null/"));
  try {
    await opened.page.waitForSelector("body[data-ready]", { timeout: 30_000 });
    await body(opened.page, opened);
    same(loud(), [], "the page was not quiet:");
  } finally {
    await opened.context.close();
  }
};

/** Lets files be checked, and waits until that is done. */
const checked = async (window, { folder, labels, texts, options = {} }) => {
  await window.evaluate((options) => {
    document.getElementById("profile").value = options.profile === "aml-connect" ? options.profile : "";
    document.getElementById("offsets").value = options.offsets ?? "";
    document.getElementById("no-texts").checked = options.noTexts === true;
    document.getElementById("redact").checked = options.redact === true;
  }, options);
  if (texts) await window.setInputFiles("#texts-input", texts);
  await window.setInputFiles(folder ? "#folder-input" : "#labels-input", folder ?? labels);
  await window.waitForSelector("#reports-part:not([hidden]), #summary .failed", { timeout: 120_000 });
  const failed = window.locator("#summary .failed");
  if (await failed.count()) throw new Error(await failed.innerText());
};

/** The bytes of the file that a button gives. */
const downloaded = async (window, button) => {
  const [download] = await Promise.all([window.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
};

const anew = async (window) => {
  if (await window.locator("#clear").isVisible()) await window.click("#clear");
};

const cases = ruleCases(work);
await check(`the report of ${cases.length} rule fixtures is the command's, byte for byte`, () =>
  using({}, async (window) => {
    const differ = [];
    for (const one of cases) {
      await anew(window);
      await checked(window, one);
      const command = await window.innerText("#command");
      const { bytes } = await downloaded(window, window.locator('[data-form="json"]'));
      const wanted = run(program, one.place, command, ["--isolated", "--output", "json"]);
      if (!bytes.equals(wanted.stdout)) differ.push(`${one.name}: ${command} ${wanted.stderr}`);
    }
    same(differ, []);
    insist(cases.length > 180, `${cases.length} cases`);
  }),
);

await check("other reports are the command's too", () =>
  using({}, async (window) => {
    const one = cases.find(({ name }) => name === "document-unlisted/bad");
    await checked(window, one);
    const command = await window.innerText("#command");
    for (const form of ["jsonl", "markdown"]) {
      const { bytes } = await downloaded(window, window.locator(`[data-form="${form}"]`));
      const wanted = run(program, one.place, command, ["--isolated", "--output", form]);
      insist(bytes.equals(wanted.stdout), form);
    }
  }),
);

await check("words of documents can be left out, and a folder holds several label files", () =>
  using({}, async (window) => {
    for (const [folder, redact] of [
      ["pairs/demo", true],
      ["gallery", false],
      ["brat/letters", false],
    ]) {
      await anew(window);
      const place = path.join(work, `folder-${path.basename(folder)}`, "in");
      fs.cpSync(path.join(ROOT, "fixtures", folder), path.join(place, path.basename(folder)), { recursive: true });
      await checked(window, { folder: path.join(place, path.basename(folder)), options: { redact } });
      const { bytes } = await downloaded(window, window.locator('[data-form="json"]'));
      const command = await window.innerText("#command");
      same(command.includes("--redact"), redact);
      const wanted = run(program, place, command, ["--isolated", "--output", "json"]);
      insist(bytes.equals(wanted.stdout), folder);
    }
  }),
);

/** A folder with the demo pair: two label files and their texts. */
const demo = (name) => {
  const place = path.join(work, name, "in");
  fs.cpSync(path.join(ROOT, "fixtures/pairs/demo"), path.join(place, "texts"), { recursive: true });
  for (const file of ["demo.jsonl", "demo.json"]) fs.renameSync(path.join(place, "texts", file), path.join(place, file));
  return { place, labels: [path.join(place, "demo.jsonl")], texts: path.join(place, "texts") };
};

await check("a conversion to each format writes the command's bytes", () =>
  using({}, async (window) => {
    const one = demo("convert");
    await checked(window, one);
    const formats = await window.locator("#convert select").last().evaluate((it) => Array.from(it.options, (option) => option.value));
    insist(formats.length >= 11, formats.join());
    for (const to of formats) {
      await window.locator("#convert select").last().selectOption(to);
      await window.getByRole("button", { name: "Convert", exact: true }).click();
      await window.waitForSelector("#convert .result .verdict, #convert .result .failed");
      const out = path.join(one.place, `out-${to}`);
      const command = `labelwright convert demo.jsonl --to ${to} --texts texts --isolated -o out-${to}`;
      const wanted = run(program, one.place, command);
      const refused = await window.locator("#convert .result .verdict.unready").count();
      same(refused > 0, wanted.status === 1, `${to}: ${wanted.stderr}`);
      if (refused) continue;
      const button = window.locator("#convert .result button").filter({ hasText: "Download" }).first();
      const { bytes, name } = await downloaded(window, button);
      if (!name.endsWith(".zip")) insist(bytes.equals(fs.readFileSync(out)), to);
      else {
        // Files are stored as they are, so the bytes of each stand in the zip.
        const files = fs.readdirSync(out);
        insist(files.length > 10, `${files.length} files`);
        for (const file of files) {
          insist(bytes.includes(fs.readFileSync(path.join(out, file))), `${file} is not in ${name}`);
          insist(bytes.includes(Buffer.from(`demo/${file}`)), `the name of ${file} is not in ${name}`);
        }
      }
    }
  }),
);

await check("a zip is one that other programs read", () =>
  using({}, async (window) => {
    await checked(window, demo("zip"));
    await window.locator("#convert select").last().selectOption("brat");
    await window.getByRole("button", { name: "Convert", exact: true }).click();
    const { bytes } = await downloaded(window, window.locator("#convert .result button.main"));
    const zip = path.join(work, "all.zip");
    fs.writeFileSync(zip, bytes);
    const listed = run(program, work, "python3 -m zipfile -t all.zip && python3 -m zipfile -l all.zip");
    insist(listed.status === 0 && listed.stdout.toString().includes("demo/annotation.conf"), listed.stderr);
  }),
);

await check("texts that stand in a table become files, and a project beside them", () =>
  using({}, async (window) => {
    const place = path.join(work, "table", "in");
    fs.mkdirSync(place, { recursive: true });
    fs.writeFileSync(path.join(place, "reviews.csv"), 'text,label,name\n"Send it, please.",Refund,1.txt\nHello.,Greeting,2.txt\n');
    await checked(window, { labels: [path.join(place, "reviews.csv")] });
    await window.locator("#convert select").last().selectOption("language");
    await window.getByLabel("Project name").fill("reviews");
    await window.getByRole("button", { name: "Convert", exact: true }).click();
    await window.waitForSelector("#convert .result .verdict");
    const { bytes, name } = await downloaded(window, window.locator("#convert .result button.main"));
    same(name, "reviews-language.zip");
    const command = "labelwright convert reviews.csv --to language --project-name reviews --texts-out texts -o new.json --isolated";
    same(run(program, place, command).status, 0);
    for (const file of ["new.json", "texts/1.txt", "texts/2.txt"]) insist(bytes.includes(fs.readFileSync(path.join(place, file))), file);
  }),
);

await check("fixes are shown before they are taken, and are the command's", () =>
  using({}, async (window) => {
    const rule = path.join(ROOT, "fixtures/rules/span-edge-whitespace/bad/labels.json");
    for (const isUnsafe of [false, true]) {
      await anew(window);
      const place = path.join(work, `fix-${isUnsafe}`, "in");
      fs.mkdirSync(place, { recursive: true });
      fs.cpSync(rule, path.join(place, "labels.json"));
      fs.cpSync(path.join(ROOT, "fixtures/rules/texts"), path.join(place, "texts"), { recursive: true });
      await checked(window, { labels: [path.join(place, "labels.json")], texts: path.join(place, "texts") });
      if (isUnsafe) await window.getByLabel("Also what may change").check();
      await window.getByRole("button", { name: "Show what would be fixed" }).click();
      await window.waitForSelector("#fixes .result .verdict");
      const flags = isUnsafe ? "--unsafe-fixes" : "";
      const shown = (await window.locator("#fixes .diff").textContent()).trim();
      const diff = run(program, place, `labelwright check labels.json --texts texts --isolated --diff ${flags}`);
      same(shown, diff.stdout.toString().trim());
      const { bytes, name } = await downloaded(window, window.locator("#fixes .result button"));
      same(name, "labels.json");
      run(program, place, `labelwright check labels.json --texts texts --isolated --fix ${flags}`);
      insist(bytes.equals(fs.readFileSync(path.join(place, "labels.json"))), "the fixed file differs");
    }
  }),
);

const large = corpus(path.join(work, "large"), 20_000);
await check("10,000 findings stand in a list that grows on demand, and texts come in any number", () =>
  using({}, async (window) => {
    // The driver hands over the names of 20,000 files, which a person does not wait for.
    window.setDefaultTimeout(120_000);
    await checked(window, large);
    same(await window.locator("#summary .counts .error b").innerText(), "10,000");
    await window.waitForSelector("#problems .finding");
    same(await window.locator("#problems .finding").count(), 50);
    await window.locator("#problems .more-rows").first().click();
    await window.waitForFunction(() => document.querySelectorAll("#problems .finding").length === 100);
    insist((await window.locator("#problems .finding mark").count()) > 0, "no words are marked");
  }),
);

await check("work can be cancelled at any time, and done again", () =>
  using({}, async (window) => {
    await window.setInputFiles("#labels-input", large.labels);
    await window.waitForSelector("#progress:not([hidden])");
    await window.click("#cancel");
    await window.waitForFunction(() => document.getElementById("status").textContent === "Cancelled.");
    insist(await window.locator("#progress").isHidden(), "the bar is still there");
    same(await window.evaluate(() => document.activeElement.id), "again");
    await window.click("#again");
    await window.waitForSelector("#reports-part:not([hidden])", { timeout: 120_000 });
  }),
);

await check("nothing can leave the page: its policy refuses every way", async () => {
  const came = [];
  const server = http.createServer(({ url }, answer) => {
    came.push(url);
    answer.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = `127.0.0.1:${server.address().port}`;
  const opened = await open(browser, page);
  try {
    const refused = await opened.page.evaluate(async (place) => {
      const directives = [];
      document.addEventListener("securitypolicyviolation", (event) => directives.push(event.effectiveDirective));
      const tries = [
        () => fetch(`http://${place}/x`),
        () => navigator.sendBeacon(`http://${place}/x`, "y"),
        () => new WebSocket(`ws://${place}/x`),
        () => new EventSource(`http://${place}/x`),
        () => document.body.append(Object.assign(new Image(), { src: `http://${place}/x.png` })),
        () => document.head.append(Object.assign(document.createElement("script"), { src: `http://${place}/x.js` })),
        () => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: `http://${place}/x.css` })),
        () => document.body.append(Object.assign(document.createElement("iframe"), { src: `http://${place}/` })),
        () => {
          const form = Object.assign(document.createElement("form"), { action: `http://${place}/`, method: "post" });
          document.body.append(form);
          form.submit();
        },
      ];
      for (const attempt of tries) {
        try {
          await attempt();
        } catch {
          // A refusal may be an exception too.
        }
      }
      // The last word on a form comes from another process.
      for (let round = 0; round < 100 && !directives.includes("form-action"); round += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
      return directives;
    }, place);
    for (const directive of ["connect-src", "img-src", "script-src-elem", "style-src-elem", "frame-src", "form-action"])
      insist(refused.includes(directive), `${directive} is not refused: ${refused}`);
    insist(refused.filter((it) => it === "connect-src").length >= 4, refused.join());
    const inWorker = await opened.page.evaluate(
      (place) =>
        new Promise((resolve) => {
          const code = `fetch("http://${place}/x").then(() => postMessage("sent"), () => postMessage("refused"))`;
          new Worker(URL.createObjectURL(new Blob([code]))).onmessage = ({ data }) => resolve(data);
        }),
      place,
    );
    same(inWorker, "refused");
    // The driver tells of what was tried; none of it came to a server. For a frame or a form Chromium opens a connection
    // before it asks the policy, and sends nothing over it.
    same(came, []);
  } finally {
    await opened.context.close();
    server.close();
    server.closeAllConnections();
  }
});

await check("the page says that nothing leaves the computer before anything is chosen", () =>
  using({}, async (window) => {
    insist(await window.getByText("Nothing leaves this computer.", { exact: true }).isVisible(), "it is not said");
  }),
);

await check("files can be dropped", () =>
  using({}, async (window) => {
    await window.evaluate(() => {
      const transfer = new DataTransfer();
      const line = JSON.stringify({ image_url: "AmlDatastore://store/1.txt", label: [{ label: "City", offsetStart: 0, offsetEnd: 99 }] });
      transfer.items.add(new File([`${line}\n`], "labels.jsonl"));
      transfer.items.add(new File(["Rome is old."], "1.txt"));
      window.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    });
    await window.waitForSelector("#reports-part:not([hidden])");
    insist((await window.innerText("#problems")).includes("span-out-of-bounds"), "the error is not found");
  }),
);

await check("what is no label file, and a lone folder of texts, are told", () =>
  using({}, async (window) => {
    const texts = demo("lone").texts;
    await window.setInputFiles("#texts-input", texts);
    await window.waitForFunction(() => document.getElementById("status").textContent.includes("missing"));
    const place = path.join(work, "none");
    fs.mkdirSync(place);
    fs.writeFileSync(path.join(place, "package.json"), '{"name": "x", "private": true}');
    await anew(window);
    await window.setInputFiles("#folder-input", place);
    await window.waitForSelector("#summary .failed");
    same(await window.innerText("#summary .failed"), "no label file found");
  }),
);

await check("everything can be reached and done by keyboard, and the focus is where the news is", () =>
  using({}, async (window) => {
    // Who waits for a dialog tells the browser not to open it, which takes effect a while after it is told.
    const opened = window.waitForEvent("filechooser", { timeout: 120_000 });
    const reached = new Set();
    for (let at = 0; at < 12; at += 1) {
      await window.keyboard.press("Tab");
      reached.add(await window.evaluate(() => document.activeElement.id || document.activeElement.tagName.toLowerCase()));
    }
    for (const id of ["choose-labels", "choose-texts", "choose-folder", "summary"]) insist(reached.has(id), `${id} is not among ${[...reached]}`);
    await window.focus("#choose-labels");
    await window.keyboard.press("Enter");
    const chooser = await opened;
    await chooser.setFiles(demo("keys").labels);
    await window.waitForSelector("#reports-part:not([hidden])");
    const focused = await window.evaluate(() => document.activeElement.className);
    insist(focused.startsWith("verdict"), focused);
  }),
);

await check("a screen reader is told the names of things, and what happens", () =>
  using({}, async (window) => {
    await checked(window, cases.find(({ name }) => name === "span-out-of-bounds/bad"));
    const nameless = await window.evaluate(() => {
      const labelled = (it) => it.textContent.trim() || it.getAttribute("aria-label") || it.labels?.length;
      return Array.from(document.querySelectorAll("button, select, input:not([type=file]), progress, [role=region], summary"))
        .filter((it) => it.getClientRects().length > 0 && !labelled(it))
        .map((it) => it.outerHTML.slice(0, 80));
    });
    same(nameless, []);
    same(await window.locator("[role=status]").count(), 1);
    insist((await window.innerText("[role=status]")).includes("not ready"), "the verdict is not told");
    same(await window.locator("h1").count(), 1);
  }),
);

const withFindings = cases.find(({ name }) => name === "spans-overlap/bad");
for (const colorScheme of ["light", "dark"])
  await check(`there is enough contrast when it is ${colorScheme}`, () =>
    using({ colorScheme }, async (window) => {
      await checked(window, withFindings);
      await window.waitForSelector("#problems .finding");
      await window.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
      const { low, looked } = await window.evaluate(lowContrast);
      insist(looked > 40, `${looked} texts were looked at`);
      same(low, []);
    }),
  );

for (const width of [360, 1280])
  await check(`it fits ${width} pixels`, () =>
    using({ viewport: { width, height: 800 } }, async (window) => {
      const wide = async (words) => {
        const [whole, room] = await window.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        insist(whole <= room, `${words}: ${whole} pixels wide in ${room}`);
      };
      await wide("empty");
      await checked(window, withFindings);
      await window.waitForSelector("#problems .finding");
      await window.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
      await wide("with findings");
    }),
  );

fs.rmSync(work, { recursive: true });
await finish(browser);
