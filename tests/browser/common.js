// What all scripts here share: one quiet browser, one job in as JSON, one result out as JSON.
"use strict";

const { readdirSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const QUIET = [
  "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
];

async function run(work) {
  const { executable, ...job } = JSON.parse(process.argv[2]);
  // Without a sandbox, because containers often forbid one; the pages are our own.
  const browser = await chromium.launch({ executablePath: executable, chromiumSandbox: false, args: QUIET });
  try {
    process.stdout.write(JSON.stringify(await work(browser, job)));
  } finally {
    await browser.close();
  }
}

function pagesOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".html"))
    .sort();
}

const address = (folder, file) => pathToFileURL(join(folder, file)).href;

// Call `work` on every item, on `width` of them at a time; the results keep the order of the items.
async function each(items, width, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

// In the page: what is lit up there, the target itself and, where another mark cuts it, its further pieces.
function lit() {
  const id = decodeURIComponent(location.hash.slice(1));
  const pieces = [...document.querySelectorAll(`[id="${id}"], [class~="${id}"]`)];
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.backgroundColor = "var(--target)";
  const { backgroundColor: light } = getComputedStyle(probe);
  probe.remove();
  return {
    file: decodeURIComponent(location.pathname.split("/").pop()),
    anchor: id,
    text: pieces.map((piece) => piece.textContent).join(""),
    lit: pieces.every((piece) => piece.checkVisibility() && getComputedStyle(piece).backgroundColor === light),
  };
}

module.exports = { address, each, lit, pagesOf, run };
