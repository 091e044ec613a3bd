// Uses the pages of a folder as people do, and says of each thing whether it works.

import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { lowContrast } from "./contrast.mjs";
import { check, finish, insist, launch, open, same } from "./harness.mjs";

const folder = process.argv[2];
const file = (name) => path.join(folder, `${name}.html`);
const browser = await launch();

/** Opens a page, does something, and insists that the page was quiet all the time. */
const using = async (name, options, body) => {
  const opened = await open(browser, file(name), options);
  try {
    await body(opened.page, opened);
    same(opened.seen, [], "the page was not quiet:");
  } finally {
    await opened.context.close();
  }
};

/** The ids of the findings that can be seen. */
const shown = (page) =>
  page.evaluate(() => Array.from(document.querySelectorAll(".finding"), (it) => (it.getClientRects().length ? it.id : null)).filter(Boolean));

/** The ids of the findings that have such values, by the attributes of the page. */
const expected = (page, wanted) =>
  page.evaluate((wanted) => {
    const value = (node, name) =>
      name === "severity" || name === "rule" ? node.closest(".group").dataset[name] : node.dataset[name];
    const fits = (node) => Object.entries(wanted).every(([name, values]) => values.includes(value(node, name)));
    return Array.from(document.querySelectorAll(".finding")).filter(fits).map((it) => it.id);
  }, wanted);

/** Chooses a value of a filter with the mouse. */
const choose = async (page, name, value) => {
  const facet = page.locator(`.facet[data-name="${name}"]`);
  if (!(await facet.evaluate((it) => it.open))) await facet.locator("summary").click();
  await facet.locator("input").filter({ visible: true }).and(page.locator(`[value=${JSON.stringify(value)}]`)).click();
};

const PAGES = ["report", "documents", "clean", "many", "hostile"];

for (const name of PAGES)
  for (const width of [390, 1280])
    await check(`${name} is quiet and fits ${width} pixels`, () =>
      using(name, { viewport: { width, height: 844 } }, async (page) => {
        const [whole, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        insist(whole <= window, `${whole} pixels wide in ${window}`);
        // Folded parts must not be wider either.
        await page.evaluate(() => document.querySelectorAll("details:not(.facet)").forEach((it) => (it.open = true)));
        const open = await page.evaluate(() => document.documentElement.scrollWidth);
        insist(open <= window, `${open} pixels wide in ${window} when all is open`);
      }),
    );

for (const name of ["report", "documents", "clean", "hostile"])
  for (const colorScheme of ["light", "dark"])
    await check(`${name} has enough contrast when it is ${colorScheme}`, () =>
      using(name, { colorScheme }, async (page) => {
        await page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
        await page.evaluate(() => document.body.classList.add("blanks"));
        const { low, looked } = await page.evaluate(lowContrast);
        insist(looked > 20, `${looked} texts were looked at`);
        same(low, []);
      }),
    );

for (const [name, values] of [
  ["severity", ["error"]],
  ["rule", ["span-cuts-word"]],
  ["label", ["Place"]],
  ["document", ["note02.txt"]],
  ["set", ["Test"]],
  ["rule", ["spans-overlap", "span-empty"]],
])
  await check(`the filter by ${name} shows what has ${values}`, () =>
    using("report", {}, async (page) => {
      const all = await shown(page);
      for (const value of values) await choose(page, name, value);
      const wanted = await expected(page, { [name]: values });
      insist(wanted.length > 0 && wanted.length < all.length, wanted);
      same(await shown(page), wanted);
      const told = await page.locator("#shown").textContent();
      same(told, `${wanted.length} of ${all.length} problems on this page`);
      await page.keyboard.press("Escape");
      await page.locator("#clear").click();
      same(await shown(page), all);
    }),
  );

await check("several filters at once, and their state in the address", () =>
  using("report", {}, async (page, { context, url }) => {
    await choose(page, "severity", "warning");
    await choose(page, "label", "Place");
    await choose(page, "label", "Date");
    const wanted = await expected(page, { severity: ["warning"], label: ["Place", "Date"] });
    insist(wanted.length > 1, wanted);
    same(await shown(page), wanted);
    const address = page.url();
    insist(address.startsWith(`${url}#`), address);
    await page.reload();
    same(await shown(page), wanted, "after a reload");
    const checked = await page.evaluate(() => Array.from(document.querySelectorAll("#facets input:checked"), (it) => it.value).sort());
    same(checked, ["Date", "Place", "warning"]);
    const other = await context.newPage();
    await other.goto(address);
    same(await shown(other), wanted, "in another window");
    await choose(other, "severity", "warning");
    same(await shown(other), await expected(other, { label: ["Place", "Date"] }));
  }),
);

await check("search finds words whatever their case, and its state survives a reload", () =>
  using("report", {}, async (page) => {
    await page.locator("#q").fill("KETTLE");
    const wanted = await page.evaluate(() =>
      Array.from(document.querySelectorAll(".finding")).filter((it) => it.textContent.toLowerCase().includes("kettle")).map((it) => it.id),
    );
    insist(wanted.length > 0, "nothing has the word");
    same(await shown(page), wanted);
    await page.reload();
    same(await page.locator("#q").inputValue(), "KETTLE");
    same(await shown(page), wanted, "after a reload");
    await page.locator("#q").fill("no such words");
    same(await shown(page), []);
    insist(await page.locator("#nothing").isVisible(), "nobody says that nothing fits");
    await page.locator("#clear").click();
    insist((await shown(page)).length > wanted.length, "the search was not cleared");
  }),
);

await check("a link to a problem leads there, and clears the filters", () =>
  using("report", {}, async (page, { context }) => {
    await choose(page, "severity", "warning");
    const finding = page.locator(".finding:visible").last();
    const id = await finding.getAttribute("id");
    await finding.locator(".source summary").click();
    await finding.locator("a.link").click();
    insist(page.url().endsWith(`#${id}`), page.url());
    const all = await page.locator(".finding").count();
    same((await shown(page)).length, all);
    const other = await context.newPage();
    await other.goto(page.url());
    // The finding stands in the window, below what is fixed at the top.
    const place = await other.evaluate((id) => {
      const at = document.getElementById(id).getBoundingClientRect();
      const top = document.elementFromPoint(at.x + 5, Math.max(at.y + 5, 0));
      return { top: at.top, window: innerHeight, free: Boolean(top?.closest(`#${CSS.escape(id)}`)) };
    }, id);
    insist(place.top >= 0 && place.top < place.window && place.free, place);
  }),
);

for (const clipboard of [true, false])
  await check(`the command of a problem can be copied ${clipboard ? "" : "in an old browser"}`, () =>
    using(
      "report",
      {
        permissions: ["clipboard-read", "clipboard-write"],
        init: clipboard ? undefined : () => Object.defineProperty(navigator, "clipboard", { value: undefined }),
      },
      async (page, { context }) => {
        const finding = page.locator(".finding").first();
        await finding.locator(".source summary").click();
        const words = await finding.locator(".command code").textContent();
        insist(words.startsWith("labelwright check labels.json --select "), words);
        await finding.locator(".copy").click();
        await finding.locator(".copy", { hasText: "Copied" }).waitFor({ timeout: 5000 });
        const reader = await context.newPage();
        await reader.goto(page.url());
        await reader.bringToFront();
        const pasted = await reader.evaluate(() => (navigator.clipboard ? navigator.clipboard.readText() : null));
        if (clipboard) same(pasted, words);
      },
    ),
  );

await check("keys lead from problem to problem, to the search, and show white space", () =>
  using("report", {}, async (page) => {
    const now = () => page.evaluate(() => document.querySelector(".finding.now")?.id ?? null);
    const ids = await shown(page);
    await page.keyboard.press("j");
    same(await now(), ids[0]);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    same(await now(), ids[2]);
    await page.keyboard.press("k");
    same(await now(), ids[1]);
    insist(await page.evaluate(() => document.activeElement.classList.contains("now")), "it has no focus");
    for (const _ of ids) await page.keyboard.press("j");
    same(await now(), ids.at(-1), "past the end");
    for (const _ of ids) await page.keyboard.press("k");
    same(await now(), ids[0], "before the beginning");
    await page.keyboard.press("w");
    insist(await page.evaluate(() => document.body.classList.contains("blanks")), "white space is not shown");
    insist(await page.locator("#blanks").isChecked(), "its box is not checked");
    await page.keyboard.press("w");
    insist(!(await page.evaluate(() => document.body.classList.contains("blanks"))), "white space is still shown");
    await page.keyboard.press("/");
    await page.keyboard.type("jkw/");
    same(await page.locator("#q").inputValue(), "jkw/");
    same(await now(), ids[0], "a letter of the search led on");
    await page.keyboard.press("Escape");
    insist(await page.evaluate(() => document.activeElement.id !== "q"), "the search has the focus still");
    await page.locator("#clear").click();
    await page.locator('.facet[data-name="rule"] summary').click();
    await page.keyboard.press("Escape");
    same(await page.locator(".facet[open]").count(), 0, "a filter is open still:");
    await choose(page, "severity", "error");
    await page.keyboard.press("Escape");
    const errors = await shown(page);
    await page.keyboard.press("j");
    insist(errors.includes(await now()), "a key led to what is hidden");
  }),
);

await check("what is folded opens", () =>
  using("report", {}, async (page) => {
    for (const part of [".about", ".source", ".surfaces details"]) {
      const details = page.locator(part).first();
      const body = details.locator(":scope > :not(summary)").first();
      insist(!(await body.isVisible()), `${part} is open`);
      await details.locator("summary").click();
      insist(await body.isVisible(), `${part} does not open`);
      await details.locator("summary").click();
      insist(!(await body.isVisible()), `${part} does not close`);
    }
  }),
);

await check("without its script the page shows all problems", () =>
  using("report", { javaScriptEnabled: false }, async (page) => {
    const findings = page.locator(".finding");
    const all = await findings.count();
    insist(all >= 13, `${all} problems`);
    for (let at = 0; at < all; at += 1) {
      insist(await findings.nth(at).locator(".message").isVisible(), "a message cannot be read");
    }
    insist(!(await page.locator("#filters").isVisible()), "filters that do nothing");
    const source = findings.first().locator(".source");
    await source.locator("summary").click();
    insist(await source.locator("code").isVisible(), "the place cannot be opened");
    insist(!(await source.locator(".copy").isVisible()), "a button that does nothing");
  }),
);

const pages = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;

for (const javaScriptEnabled of [true, false])
  await check(`it prints with all that is folded ${javaScriptEnabled ? "" : "without its script"}`, async () => {
    const counts = [];
    for (const folded of ["as it is", "open"])
      await using("report", { javaScriptEnabled }, async (page) => {
        if (folded === "open") {
          const unfolded = (await readFile(file("report"), "utf8")).replaceAll("<details ", "<details open ");
          await page.setContent(unfolded);
        }
        counts.push(pages(await page.pdf({ format: "A4" })));
        if (javaScriptEnabled && folded === "as it is")
          same(await page.locator("details[open]").count(), 0, "open after printing:");
      });
    insist(counts[0] > 2, `${counts[0]} pages`);
    same(counts[0], counts[1], "pages as it is and with all open:");
  });

await check("50,000 problems load and scroll to the end", async () => {
  insist((await stat(file("many"))).size < 5_000_000, "the page is large");
  const begun = Date.now();
  await using("many", {}, async (page) => {
    const loaded = Date.now() - begun;
    insist(loaded < 5000, `it took ${loaded} ms`);
    insist((await page.locator(".counts .error b").textContent()) === "50,000", "the total is another");
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.locator("footer").waitFor({ state: "visible" });
    const [bottom, window] = await page.evaluate(() => [document.querySelector("footer").getBoundingClientRect().bottom, innerHeight]);
    insist(bottom <= window + 1, `the end is at ${bottom} of ${window}`);
    const before = Date.now();
    await page.locator("#q").fill("span-negative");
    const took = Date.now() - before;
    insist(took < 3000, `a search took ${took} ms`);
    console.log(`# 50,000 problems: loaded in ${loaded} ms, searched in ${took} ms`);
  });
});

await check("hostile names are words, and can be filtered by", () =>
  using("hostile", {}, async (page) => {
    same(await page.locator("img, svg[onload], body > svg").count(), 0);
    same(await page.evaluate(() => document.querySelectorAll("script").length), 1);
    const label = "</script><img src=x onerror=alert(1)>";
    await choose(page, "label", label);
    const wanted = await expected(page, { label: [label] });
    insist(wanted.length > 0, "no problem has the label");
    same(await shown(page), wanted);
    await page.reload();
    same(await shown(page), wanted, "after a reload");
  }),
);

await finish(browser);
