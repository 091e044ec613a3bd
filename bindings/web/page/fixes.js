// Fixes: what they would change, and the fixed file.

import { count, el } from "./dom.js";
import { busy, ofInputs, tick } from "./forms.js";
import { save } from "./save.js";
import { verdict } from "./summary.js";

/** A unified diff, its lines told apart by their first signs and by colour. */
const difference = (diff) => {
  const kind = (line) => (line.startsWith("+") ? "come" : line.startsWith("-") ? "gone" : line.startsWith("@@") ? "at" : "");
  return el(
    "pre",
    { class: "diff text", tabindex: 0, role: "region", "aria-label": "What would be changed" },
    diff.split("\n").map((line) => el("span", { class: kind(line) }, `${line}\n`)),
  );
};

const result = (input, { header: it, payload }) => {
  const name = input.path.split("/").pop();
  const get = el("button", { type: "button", class: "main" }, `Download the fixed ${name}`);
  get.addEventListener("click", () => save(name, payload));
  const withheld = it.withheld.map((words) => el("li", {}, words));
  if (!it.changed) return [el("p", {}, "Nothing can be fixed."), el("ul", {}, withheld)];
  const fixed = Object.entries(it.fixed).map(([rule, number]) => el("li", {}, `${count(number, "finding")} of `, el("code", {}, rule)));
  return [
    el("h3", {}, "Fixed"),
    el("ul", {}, fixed),
    withheld.length > 0 && el("h3", {}, "Not fixed"),
    withheld.length > 0 && el("ul", {}, withheld),
    el("h3", {}, "What would be changed"),
    it.diff && difference(it.diff),
    it.cut && el("p", { class: "more" }, it.diff ? "The rest of the changes is not shown." : "The file is too large for its changes to be shown."),
    el("h3", {}, "Afterwards"),
    verdict(it.verdict, it.ready, "p"),
    el("p", {}, get, " Your own file stays as it is."),
  ].filter(Boolean);
};

/** The section; nothing where no finding has a fix. */
export const fixes = (inputs, ask) => {
  const fixable = inputs.map((it, at) => ({ ...it, at })).filter((it) => !it.several && it.fixable[0] + it.fixable[1] > 0);
  if (fixable.length === 0) return [];
  const file = ofInputs(fixable);
  const more = tick("Also what may change a label's meaning");
  const button = el("button", { type: "button" }, "Show what would be fixed");
  const place = el("div", { class: "result", "aria-live": "polite" });
  button.addEventListener("click", () =>
    busy(button, place, async () => {
      const input = file.input();
      return result(input, await ask({ ask: "fix", input: input.at, unsafe: more.box.checked }));
    }),
  );
  const sum = (part) => fixable.reduce((all, it) => all + it.fixable[part], 0);
  return [
    el("p", {}, `A machine can fix ${count(sum(0), "finding")} safely, and ${sum(1)} more where that may change what a label means.`),
    el("div", { class: "fields" }, file.field, more.field, button),
    place,
  ];
};
