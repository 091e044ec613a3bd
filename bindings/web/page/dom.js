// Elements, and words about numbers.

/**
 * An element. Members of `props` are attributes, but for `on` (listeners by event), `html` (markup that the core made
 * and escaped) and `data`; what is `false`, `null` or `undefined` is left out.
 */
export const el = (name, props = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (key === "on") for (const [event, listen] of Object.entries(value)) element.addEventListener(event, listen);
    else if (key === "html") element.innerHTML = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

/** The element with an id. */
export const byId = (id) => document.getElementById(id);

/** `12,345` */
export const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

/** `1 file`, `12,345 files` */
export const count = (number, noun) => `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;

/** `12 kB` */
export const size = (bytes) => {
  const units = ["B", "kB", "MB", "GB"];
  let at = 0;
  let number = bytes;
  while (number >= 1000 && at < units.length - 1) [number, at] = [number / 1000, at + 1];
  return `${at === 0 || number >= 100 ? Math.round(number) : number.toFixed(1)} ${units[at]}`;
};

/** A table below its caption, which scrolls by itself where the page is narrow. */
export const table = (caption, head, rows) =>
  el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    el(
      "table",
      {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, head.map(({ title, number }) => el("th", { scope: "col", class: number && "n" }, title)))),
      el("tbody", {}, rows),
    ),
  );

/** A row: the first cell is its head, and numbers stand at the right. */
export const row = (first, ...cells) =>
  el(
    "tr",
    {},
    el("th", { scope: "row" }, first),
    cells.map((cell) =>
      typeof cell === "number" ? el("td", { class: "n" }, grouped(cell)) : el("td", {}, cell ?? ""),
    ),
  );
