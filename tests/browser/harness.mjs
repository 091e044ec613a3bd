// A browser, pages that are watched, and a list of what holds.

import path from "node:path";
import { pathToFileURL } from "node:url";

const { BROWSER_DRIVER, BROWSER_PROGRAM } = process.env;
const { chromium } = await import(pathToFileURL(path.join(BROWSER_DRIVER, "index.mjs")));

/** The browser. It has no network of its own to look for. */
export const launch = () =>
  chromium.launch({
    executablePath: BROWSER_PROGRAM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });

/**
 * Opens a file in a window of its own. What the page says on the console, asks for, or is refused by its
 * policy is noted in `seen`.
 */
export const open = async (browser, file, { fragment = "", init, ...options } = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: "light", ...options });
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  const seen = [];
  const url = String(pathToFileURL(file));
  page.on("console", (message) => seen.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) seen.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.log(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  if (init) await page.addInitScript(init);
  await page.goto(url + fragment);
  return { page, seen, context, url };
};

const failed = [];

/** Tries one thing, and says whether it held. */
export const check = async (name, body) => {
  try {
    await body();
    console.log(`ok ${name}`);
  } catch (error) {
    failed.push(name);
    console.log(`not ok ${name}\n${error.stack ?? error}`);
  }
};

/** Insists that something holds. */
export const insist = (holds, words) => {
  if (!holds) throw new Error(typeof words === "string" ? words : JSON.stringify(words));
};

/** Insists that two values are the same as JSON. */
export const same = (found, expected, words = "") => {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  insist(left === right, `${words} ${left} is not ${right}`);
};

/** Ends the script. Its status says whether all held. */
export const finish = async (browser) => {
  await browser.close();
  process.exitCode = failed.length ? 1 : 0;
};
