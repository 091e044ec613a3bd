"use strict";
// Filters the problems. Without it the page shows all of them.
(() => {
  const find = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);
  const filters = byId("filters");
  if (!filters) return;
  const groups = find(".group").map((node) => ({
    node,
    findings: find(".finding", node).map((finding) => ({
      node: finding,
      facets: {
        severity: node.dataset.severity,
        rule: node.dataset.rule,
        label: finding.dataset.label,
        document: finding.dataset.document,
        labeler: finding.dataset.labeler,
        set: finding.dataset.set,
      },
      text: finding.textContent.toLowerCase(),
    })),
  }));
  const all = groups.flatMap((group) => group.findings);
  const names = ["severity", "rule", "label", "document", "labeler", "set"];
  const chosen = new Map(names.map((name) => [name, new Set()]));
  let query = "";

  const isLink = () => location.hash.startsWith("#f-");

  // The address holds the filters, so that a filtered page can be sent to somebody.
  const save = () => {
    const state = new URLSearchParams();
    for (const name of names) for (const value of chosen.get(name)) state.append(name, value);
    if (query) state.set("q", query);
    const hash = state.toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };

  const load = () => {
    for (const set of chosen.values()) set.clear();
    query = "";
    if (!isLink()) {
      const state = new URLSearchParams(location.hash.slice(1));
      for (const name of names) for (const value of state.getAll(name)) chosen.get(name).add(value);
      query = state.get("q") || "";
    }
    byId("q").value = query;
    for (const box of find("#facets input")) box.checked = chosen.get(box.name).has(box.value);
  };

  const fits = (finding) =>
    names.every((name) => chosen.get(name).size === 0 || chosen.get(name).has(finding.facets[name])) &&
    (!query || finding.text.includes(query.toLowerCase()));

  const apply = () => {
    let shown = 0;
    for (const group of groups) {
      let any = 0;
      for (const finding of group.findings) {
        const fit = fits(finding);
        finding.node.hidden = !fit;
        any += fit;
      }
      group.node.hidden = any === 0;
      shown += any;
    }
    const filtered = shown !== all.length;
    byId("shown").textContent = filtered ? `${shown} of ${all.length} problems on this page` : `${all.length} problems on this page`;
    byId("clear").hidden = !filtered && !query;
    byId("nothing").hidden = shown > 0;
    for (const facet of find(".facet")) {
      const count = chosen.get(facet.dataset.name).size;
      facet.classList.toggle("on", count > 0);
      facet.querySelector("summary").firstChild.textContent = facet.dataset.title + (count ? `: ${count}` : "");
    }
  };

  for (const name of names) {
    const counts = new Map();
    for (const finding of all) {
      const value = finding.facets[name];
      if (value !== undefined) counts.set(value, (counts.get(value) || 0) + 1);
    }
    if (counts.size < 2) continue;
    const facet = document.createElement("details");
    facet.className = "facet";
    facet.dataset.name = name;
    facet.dataset.title = name[0].toUpperCase() + name.slice(1);
    const summary = document.createElement("summary");
    summary.append(facet.dataset.title);
    const list = document.createElement("div");
    const values = Array.from(counts).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    for (const [value, count] of values) {
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value });
      const words = Object.assign(document.createElement("span"), { textContent: value });
      const number = Object.assign(document.createElement("small"), { textContent: String(count) });
      box.addEventListener("change", () => {
        if (box.checked) chosen.get(name).add(value);
        else chosen.get(name).delete(value);
        save();
        apply();
      });
      label.append(box, words, number);
      list.append(label);
    }
    facet.append(summary, list);
    byId("facets").append(facet);
  }
  document.addEventListener("click", (event) => {
    for (const facet of find(".facet[open]")) if (!facet.contains(event.target)) facet.open = false;
  });

  const search = byId("q");
  search.addEventListener("input", () => {
    query = search.value.trim();
    save();
    apply();
  });
  byId("clear").addEventListener("click", () => {
    history.replaceState(null, "", location.pathname + location.search);
    load();
    apply();
  });
  const blanks = byId("blanks");
  const showBlanks = () => document.body.classList.toggle("blanks", blanks.checked);
  blanks.addEventListener("change", showBlanks);

  for (const button of find(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const words = button.previousElementSibling.textContent;
      const done = () => {
        button.textContent = "Copied";
        setTimeout(() => (button.textContent = "Copy"), 1500);
      };
      const select = () => {
        const range = document.createRange();
        range.selectNodeContents(button.previousElementSibling);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        if (document.execCommand("copy")) done();
      };
      if (navigator.clipboard) navigator.clipboard.writeText(words).then(done, select);
      else select();
    });
  }

  let now = null;
  const go = (step) => {
    const shown = all.filter((finding) => !finding.node.hidden);
    if (!shown.length) return;
    const at = shown.findIndex((finding) => finding.node === now);
    const next = shown[Math.max(0, Math.min(shown.length - 1, at < 0 ? 0 : at + step))];
    if (now) now.classList.remove("now");
    now = next.node;
    now.classList.add("now");
    now.focus({ preventScroll: true });
    now.scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      for (const facet of find(".facet[open]")) facet.open = false;
      if (document.activeElement === search) search.blur();
      return;
    }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "w") {
      blanks.checked = !blanks.checked;
      showBlanks();
    } else if (event.key === "/") {
      event.preventDefault();
      search.focus();
    }
  });
  const follow = () => {
    load();
    apply();
    if (!isLink()) return;
    const target = byId(location.hash.slice(1));
    if (target) target.scrollIntoView({ block: "center" });
  };
  // On paper all that is folded is open.
  addEventListener("beforeprint", () => {
    for (const details of find("details:not([open]):not(.facet)")) {
      details.open = true;
      details.dataset.printed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const details of find("details[data-printed]")) {
      details.open = false;
      delete details.dataset.printed;
    }
  });
  addEventListener("hashchange", follow);
  filters.hidden = false;
  follow();
})();
