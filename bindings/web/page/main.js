// The page: takes files, lets them be checked, and shows what came of it.

import { convert } from "./convert.js";
import { byId, count, el, size } from "./dom.js";
import { chosen, command, dropped, meant, question } from "./files.js";
import { findings } from "./findings.js";
import { fixes } from "./fixes.js";
import { Link } from "./link.js";
import { save } from "./save.js";
import { labels, overview, unchecked, verdict } from "./summary.js";

/** What the user chose, in the order of the choice. */
let items = [];
let link = null;
/** The number of the check that is under way, or was last: what comes of an earlier one is nobody's. */
let current = 0;

const PHASES = { reading: "Reading the files", working: "Checking" };

const show = (id, ...children) => {
  byId(id).replaceChildren(...children.flat());
  byId(`${id}-part`).hidden = children.flat().length === 0;
};

const say = (words) => {
  byId("status").textContent = words;
};

const progress = ({ phase, done, size: all }) => {
  const bar = byId("bar");
  bar.max = all || 1;
  bar.value = done;
  byId("phase").textContent = `${PHASES[phase]}: ${size(done)} of ${size(all)}`;
};

const options = () => ({
  format: byId("format").value,
  offsets: byId("offsets").value,
  profile: byId("profile").value,
  noTexts: byId("no-texts").checked,
  redact: byId("redact").checked,
});

/** A worker without anybody's files in it. */
const fresh = async () => {
  link?.end();
  link = new Link(progress);
  return link.start();
};

const working = (isWorking) => {
  byId("progress").hidden = !isWorking;
  document.body.classList.toggle("working", isWorking);
};

const listed = (plan) => {
  const files = plan.inputs.map(({ path, folder }) => `${path}${folder ? "/" : ""}`);
  const texts = plan.folders.map((folder) => `${folder}/`);
  const all = plan.files.length;
  const rest = `${count(all, "file")}, ${size(plan.files.reduce((sum, { file }) => sum + file.size, 0))}`;
  return [
    el("li", {}, el("b", {}, "Label files: "), files.join(", ") || "none yet"),
    texts.length > 0 && el("li", {}, el("b", {}, "Texts: "), texts.join(", ")),
    el("li", { class: "faint" }, rest),
  ].filter(Boolean);
};

const clear = () => {
  for (const id of ["summary", "labels", "problems", "fixes", "convert", "reports"]) show(id);
};

const report = (found, form, name) => {
  const button = el("button", { type: "button", "data-form": form }, name);
  button.addEventListener("click", async () => {
    const { payload } = await link.ask({ ask: "report", form });
    const ending = { json: "json", jsonl: "jsonl", markdown: "md" }[form];
    save(`report.${ending}`, payload, "text/plain");
  });
  return button;
};

const display = (plan, asked, found, unread, choices) => {
  const rows = (conversion) => async (wanted) => (await link.ask({ ask: "rows", conversion, ...wanted })).header;
  const head = verdict(found.verdict, found.ready);
  show("summary", head, overview(found), unchecked(found, { ...plan, unread }));
  show("labels", labels(found.categories));
  show("problems", findings(found.groups, rows(false)));
  show("fixes", fixes(found.inputs, (it) => link.ask(it)));
  show("convert", convert(found.inputs, choices.formats, (it) => link.ask(it), rows(true)));
  const forms = [
    ["json", "JSON"],
    ["jsonl", "JSON lines"],
    ["markdown", "Markdown"],
  ];
  show(
    "reports",
    el("p", { class: "fields" }, forms.map(([form, name]) => report(found, form, name))),
    el("p", {}, "The same check on the command line, with the same report:"),
    el("p", {}, el("code", { id: "command" }, command(plan, asked))),
  );
  say(`Done. ${found.verdict}`);
  head.focus({ preventScroll: true });
  head.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
};

const check = async () => {
  const number = (current += 1);
  const plan = meant(items);
  byId("chosen").replaceChildren(...(items.length > 0 ? listed(plan) : []));
  byId("again").hidden = byId("clear").hidden = items.length === 0;
  clear();
  if (plan.inputs.length === 0) {
    if (items.length > 0) say("Now the label file is missing.");
    return;
  }
  const asked = options();
  say("Checking…");
  progress({ phase: "reading", done: 0, size: 0 });
  working(true);
  try {
    const { formats } = await fresh();
    const unread = await link.read(plan.files);
    const { header } = await link.ask(question(plan, asked));
    if (number === current) display(plan, asked, header, unread, { formats });
  } catch (error) {
    if (number === current) {
      say("");
      show("summary", el("p", { class: "failed", role: "alert" }, error.message));
    }
  } finally {
    if (number === current) working(false);
  }
};

const add = (more, isTexts = false) => {
  const names = new Set(more.map(({ name }) => name));
  items = [...items.filter(({ name }) => !names.has(name)), ...more.map((item) => ({ ...item, isTexts }))];
  return check();
};

const picker = (button, input, isTexts) => {
  byId(button).addEventListener("click", () => byId(input).click());
  byId(input).addEventListener("change", ({ target }) => {
    add(chosen(target), isTexts);
    // The same file may be chosen again.
    target.value = "";
  });
};

const begin = async () => {
  picker("choose-labels", "labels-input", false);
  picker("choose-folder", "folder-input", false);
  picker("choose-texts", "texts-input", true);
  if (!("webkitdirectory" in HTMLInputElement.prototype)) {
    byId("choose-folder").hidden = true;
    byId("texts-input").multiple = true;
  }
  byId("again").addEventListener("click", check);
  byId("clear").addEventListener("click", () => {
    items = [];
    link.end();
    working(false);
    say("");
    check();
    byId("choose-labels").focus();
  });
  byId("cancel").addEventListener("click", () => {
    current += 1;
    link.end();
    working(false);
    say("Cancelled.");
    byId("again").focus();
  });
  const drop = byId("drop");
  let depth = 0;
  addEventListener("dragenter", () => drop.classList.toggle("over", (depth += 1) > 0));
  addEventListener("dragleave", () => drop.classList.toggle("over", (depth -= 1) > 0));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.toggle("over", (depth = 0) > 0);
    say("Looking through what was dropped…");
    add(await dropped(event.dataTransfer));
  });
  try {
    const choices = await fresh();
    byId("version").textContent = choices.version;
    const reads = choices.formats.filter(({ reads: does }) => does);
    byId("format").append(...reads.map(({ name, title }) => el("option", { value: name }, title)));
    byId("offsets").append(...choices.offsets.map(({ name, words }) => el("option", { value: name }, words)));
    document.body.dataset.ready = "";
  } catch (error) {
    show("summary", el("p", { class: "failed", role: "alert" }, `This page cannot work in this browser: ${error.message}`));
  }
};

begin();
