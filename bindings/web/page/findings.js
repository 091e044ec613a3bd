// The list of findings: rules that fold, and of each as many findings as were asked for.

import { count, el, grouped } from "./dom.js";

/** So many findings come at a time. */
const STEP = 50;

/** A finding, with the parts and the words of the HTML report. */
const article = (it) =>
  el(
    "article",
    { class: `finding ${it.severity}` },
    el("p", { class: "message", html: it.message }),
    it.words && el("blockquote", {}, el("p", { class: "text", dir: "auto", html: it.words })),
    el(
      "p",
      { class: "where" },
      it.document && el("span", { class: "document" }, it.document),
      it.document && it.text_at && `, ${it.text_at}`,
      it.set && [" ", el("span", { class: "set" }, it.set)],
      it.label && [" ", el("span", { class: "label" }, it.label)],
      it.labeler && ` labeled by ${it.labeler}`,
    ),
    it.help && el("p", { class: "help" }, el("b", {}, "Help:"), " ", el("span", { html: it.help })),
    it.fix &&
      el(
        "p",
        { class: "fix" },
        el("b", {}, it.fix.applicability === "safe" ? "Fix:" : "Unsafe fix:"),
        " ",
        el("span", { html: it.fix.description }),
      ),
    places(it),
    el(
      "details",
      { class: "source" },
      el("summary", {}, it.at),
      it.source && el("pre", { class: "text", html: it.source }),
      el("p", { class: "command" }, el("code", {}, it.command)),
    ),
  );

const places = (it) => {
  if (it.places.length === 0) return null;
  return el(
    "details",
    { class: "places" },
    el("summary", {}, count(it.places.length + it.more_places, "more place")),
    el(
      "ul",
      {},
      it.places.map((place) => el("li", {}, place)),
      it.more_places > 0 && el("li", {}, `and ${grouped(it.more_places)} more`),
    ),
  );
};

/** A rule with its findings, which come when it is opened. `rows` fetches some of them. */
const rule = (group, rows) => {
  const list = el("div", { class: "rows" });
  const more = el("button", { type: "button", class: "more-rows" });
  let shown = 0;
  const grow = async () => {
    more.disabled = true;
    const found = await rows({ severity: group.severity, rule: group.rule, from: shown, most: STEP });
    const added = found.map(article);
    list.append(...added);
    shown += found.length;
    const left = group.count - shown;
    more.hidden = left <= 0 || found.length === 0;
    more.disabled = false;
    more.textContent = `Show ${Math.min(STEP, left)} more of ${grouped(left)}`;
    return added[0];
  };
  more.addEventListener("click", async () => {
    const first = await grow();
    // A keyboard goes on where the new ones begin.
    first?.setAttribute("tabindex", "-1");
    first?.focus({ preventScroll: true });
  });
  const details = el(
    "details",
    { class: "group" },
    el(
      "summary",
      {},
      el("span", { class: `badge ${group.severity}` }, group.severity),
      " ",
      el("span", { class: "rule" }, group.rule),
      " ",
      el("span", { class: "total" }, grouped(group.count)),
      " ",
      el("span", { class: "gist", html: group.summary }),
    ),
    el("p", { class: "about", html: group.why }),
    group.remedy && el("p", { class: "about" }, el("b", {}, "What to do:"), " ", el("span", { html: group.remedy })),
    list,
    more,
  );
  details.addEventListener("toggle", () => {
    if (details.open && shown === 0 && !more.disabled) grow();
  });
  more.hidden = true;
  return details;
};

/** All rules that found something. The first is open. */
export const findings = (groups, rows) => {
  if (groups.length === 0) return [el("p", { class: "clean" }, "Nothing was found.")];
  const all = groups.map((group) => rule(group, rows));
  all[0].open = true;
  return all;
};
