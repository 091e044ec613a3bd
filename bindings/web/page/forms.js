// Parts of forms that more than one section has.

import { el } from "./dom.js";

/** A choice with its label: options are pairs of a value and its words. */
export const choice = (words, options, props = {}) => {
  const select = el("select", props, options.map(([value, shown]) => el("option", { value }, shown)));
  return { field: el("label", { class: "field" }, `${words} `, select), select };
};

/** A box to tick, with its label. */
export const tick = (words, props = {}) => {
  const box = el("input", { type: "checkbox", ...props });
  return { field: el("label", { class: "field" }, box, ` ${words}`), box };
};

/** A line to fill in, with its label. */
export const line = (words, placeholder = "") => {
  const input = el("input", { type: "text", placeholder, autocomplete: "off", spellcheck: "false" });
  return { field: el("label", { class: "field" }, `${words} `, input), input };
};

/** The label file of several that is meant; no choice is shown where there is one. */
export const ofInputs = (inputs) => {
  const options = inputs.map(({ at, path }) => [at, path]);
  const { field, select } = choice("Label file", options);
  field.hidden = inputs.length < 2;
  return { field, number: () => Number(select.value), input: () => inputs.find(({ at }) => at === Number(select.value)) };
};

/** Runs something that takes a while: the button rests meanwhile, and what fails is said in `place`. */
export const busy = async (button, place, work) => {
  button.disabled = true;
  place.replaceChildren(el("p", { class: "wait" }, "Working…"));
  try {
    place.replaceChildren(...(await work()));
  } catch (error) {
    place.replaceChildren(el("p", { class: "failed" }, error.message));
  } finally {
    button.disabled = false;
  }
};
