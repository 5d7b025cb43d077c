// Search as people do: type the words, read what is found, follow the first result.
"use strict";

const { address, each, lit, run } = require("./common.js");

async function search(browser, { site, page: file, query }) {
  const page = await browser.newPage();
  page.setDefaultTimeout(15000);
  await page.goto(address(site, file));
  await page.keyboard.type(query); // the box has the focus
  const found = await page.evaluate(() => ({
    said: document.getElementById("found").textContent,
    marked: [...new Set([...document.querySelectorAll("mark")].map((mark) => mark.textContent))],
    kinds: [...document.querySelectorAll("#results section h2")].map((one) => one.firstChild.textContent.trim()),
    results: document.querySelectorAll("#results li").length,
    scripts: document.scripts.length,
    first: null,
    kept: new URLSearchParams(location.search).get("q") ?? "",
  }));
  const link = page.locator('#results a[href*="#c"]').first();
  if (await link.count()) {
    await link.click();
    await page.waitForURL(/#c\d+-\d+$/);
    found.first = await page.evaluate(lit);
  }
  await page.close();
  return found;
}

run((browser, { searches }) => each(searches, 3, (one) => search(browser, one)));
