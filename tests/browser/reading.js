// Read the report as people do: by keyboard, from a table to the cited characters, with marks off, on paper.
"use strict";

const { address, each, lit, pagesOf, run } = require("./common.js");

// ---- by keyboard

const focused = () => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const { left } = document.activeElement.getBoundingClientRect();
  return { href: document.activeElement.getAttribute("href"), outline: `${outlineStyle} ${outlineWidth}`, shown: left >= 0 };
};

async function byKeyboard(page) {
  // From the top, also on the search page, whose box takes the focus at once.
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  await page.keyboard.press("Tab");
  const first = await page.evaluate(focused);
  await page.keyboard.press("Enter");
  const skipped = await page.evaluate(() => location.hash);
  await page.keyboard.press("Tab");
  const next = await page.evaluate(() => document.activeElement.closest("main, footer, header").tagName);
  return { first, skipped, next };
}

async function openFold(page) {
  const fold = page.locator("details > summary").first();
  if (!(await fold.count())) return null;
  const isOpen = () => fold.evaluate((summary) => summary.parentElement.open);
  const states = [await isOpen()];
  await fold.focus();
  for (const key of ["Enter", "Space"]) {
    await page.keyboard.press(key);
    states.push(await isOpen());
  }
  return states;
}

// ---- to the cited characters

// Follow the first link of a kind by a click; the fold that it is in is opened first.
async function follow(page, url, selector) {
  if (page.url().split("#")[0] !== url) await page.goto(url);
  const link = page.locator(selector).first();
  if (!(await link.count())) return null;
  await link.evaluate((one) => {
    for (let fold = one.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  });
  await link.click();
  await page.waitForURL(/#c\d+-\d+$/);
  return page.evaluate(lit);
}

// A click on the first mark of a chart that no other covers leads to its row, a click there to the characters.
async function followMark(page, url) {
  if (page.url().split("#")[0] !== url) await page.goto(url);
  const place = await page.evaluate(() => {
    for (const mark of document.querySelectorAll("figure .marks a")) {
      mark.scrollIntoView({ block: "center", behavior: "instant" });
      const { left, top, width, height } = mark.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (document.elementFromPoint(x, y)?.closest("a") === mark) return { x, y, href: mark.href.baseVal };
    }
    return null;
  });
  if (!place) return null;
  await page.mouse.click(place.x, place.y);
  await page.waitForURL(/#row-\d+$/);
  const row = page.locator("tr:has(:target), tr:target");
  const link = row.locator('a[href*=".html#c"]').first();
  // The source of a published figure is no document of ours.
  if (!(await link.count())) return null;
  await link.click();
  await page.waitForURL(/#c\d+-\d+$/);
  return { ...(await page.evaluate(lit)), row: place.href.split("#")[1] };
}

// ---- marks on and off

const MARKS = {
  statement: ["backgroundColor", "borderLeftStyle"],
  quantity: ["borderBottomStyle"],
  theme: ["borderBottomStyle"],
};

async function marks(page) {
  const seen = {};
  for (const [kind, properties] of Object.entries(MARKS)) {
    // A mark of this kind alone, for several kinds share a border.
    const others = Object.keys(MARKS).filter((one) => one !== kind).map((one) => `:not(.${one})`).join("");
    const mark = page.locator(`#text .${kind}[id]${others}`).first();
    if (!(await mark.count())) continue;
    const look = () =>
      mark.evaluate((one, names) => names.map((name) => getComputedStyle(one)[name]).join(" "), properties);
    const on = await look();
    await page.uncheck(`#show-${kind}`);
    const off = await look();
    await page.check(`#show-${kind}`);
    seen[kind] = { on, off, again: await look() };
  }
  return seen;
}

// ---- still, and on paper

async function motion(page) {
  const found = {};
  for (const reducedMotion of ["no-preference", "reduce"]) {
    await page.emulateMedia({ reducedMotion });
    found[reducedMotion] = await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior);
  }
  return found;
}

// A4 between its margins, in CSS pixels; tables on a page of their own may lie on their side.
const [PAPER, SIDEWAYS] = [210, 297].map((edge) => Math.floor(((edge - 2 * 18) / 25.4) * 96));

async function onPaper(page) {
  await page.setViewportSize({ width: PAPER, height: 1000 });
  await page.emulateMedia({ media: "print" });
  const found = await page.evaluate((sideways) => {
    document.querySelectorAll("details").forEach((fold) => (fold.open = true));
    const turned = (one) => getComputedStyle(one).page === "wide";
    const regions = [...document.querySelectorAll(".scroll")].filter(turned);
    regions.forEach((one) => Object.assign(one.style, { width: `${sideways}px`, maxWidth: "none" }));
    const cut = [...document.querySelectorAll("main *")].filter((one) => {
      const box = one.closest(".scroll");
      const edge = box && turned(box) ? box.getBoundingClientRect().right : document.body.clientWidth;
      return one.checkVisibility() && one.getBoundingClientRect().right > edge + 1;
    });
    return {
      navigation: document.querySelector("header nav").checkVisibility(),
      cut: cut.slice(0, 3).map((one) => `${one.tagName} ${one.textContent.slice(0, 60)}`),
    };
  }, SIDEWAYS);
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 1280, height: 900 });
  return found;
}

async function read(browser, site, file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(15000);
  const url = address(site, file);
  await page.goto(url);
  const found = {
    file,
    motion: await motion(page),
    keyboard: await byKeyboard(page),
    fold: await openFold(page),
    marks: await marks(page),
    paper: await onPaper(page),
    table: await follow(page, url, 'main div.scroll:not(figure *) td a[href*=".html#c"]'),
    figure: await followMark(page, url),
  };
  await page.close();
  return found;
}

run((browser, { site }) => each(pagesOf(site), 3, (file) => read(browser, site, file)));
