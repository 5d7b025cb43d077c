// Look at every page of a folder, light and dark, wide and narrow; print all that is wrong as a list.
"use strict";

const { readFileSync } = require("node:fs");
const { address, each, pagesOf, run } = require("./common.js");

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
// axe takes a second: it tries all rules in one view, and in the other scheme those that the scheme decides.
const VIEWS = [
  { scheme: "light", width: 390, rules: RULES },
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 390 },
  { scheme: "dark", width: 1280, rules: ["color-contrast"] },
];

async function axe(rules) {
  // axe would fetch the style sheets again, which the page's policy rightly forbids.
  const options = { runOnly: rules, resultTypes: ["violations"], preload: false };
  const { violations } = await window.axe.run(options);
  return violations.map(({ id, nodes }) => `axe: ${id}, ${nodes.length}: ${nodes[0].html.slice(0, 200)}`);
}

function sideways() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`sideways: ${scrollWidth} px in ${clientWidth}`] : [];
}

async function look(browser, folder, file) {
  const page = await browser.newPage();
  const faults = [];
  const note = (view, found) => faults.push(...found.map((fault) => ({ page: file, view, fault })));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) note("", [`request: ${request.url()}`]);
  });
  page.on("console", (message) => note("", [`console: ${message.text()}`]));
  page.on("pageerror", (error) => note("", [`console: ${error.message}`]));
  await page.goto(address(folder, file));
  // A script of the test's own gets in beside the page's policy, which stays in force for the page.
  await page.evaluate(AXE);
  for (const open of [false, true]) {
    await page.evaluate((state) => document.querySelectorAll("details").forEach((one) => (one.open = state)), open);
    for (const { scheme, width, rules } of VIEWS) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      const view = `${scheme}, ${width} px, folds ${open ? "open" : "closed"}`;
      note(view, await page.evaluate(sideways));
      if (open && rules) note(view, await page.evaluate(axe, rules));
    }
  }
  await page.close();
  return faults;
}

run(async (browser, { site }) => {
  const pages = pagesOf(site);
  return { pages, faults: (await each(pages, 3, (file) => look(browser, site, file))).flat() };
});
