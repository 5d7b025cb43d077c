// Runs a notebook in JupyterLab and uses its explorer as a reader would. Takes one JSON argument:
// `executable` (the browser), `address` (of the notebook), `steps` ([control, option] pairs to choose, one after
// the other), `exports` (the buttons to press at last), `screenshot` (a file to write, may be missing).
// Prints JSON: what was seen at first, after each step and after each export, and what must not be there.
"use strict";

const { run } = require("./common.js");

const PATIENCE = 60_000;

const seen = (page) =>
  page.evaluate(() => ({
    status: document.querySelector(".luntan-status").innerText.trim(),
    evidence: [...document.querySelectorAll(".luntan-list tbody tr td:nth-child(2)")].map((cell) => cell.innerText.trim()),
    statements: [...document.querySelectorAll(".luntan-list tbody b")].map((bold) => bold.innerText.trim()),
    pictures: [...document.querySelectorAll(".luntan-chart img, .luntan-network img")].map((picture) => ({
      alt: picture.alt,
      wide: picture.naturalWidth,
    })),
  }));

async function settled(page, before, words) {
  await page.waitForFunction(
    ([old, wanted]) => {
      const status = document.querySelector(".luntan-status")?.innerText.trim();
      return status && status !== old && status.includes(wanted);
    },
    [before, words],
    { timeout: PATIENCE },
  );
  return seen(page);
}

run(async (browser, { address, steps, exports, screenshot }) => {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  try {
    const foreign = [];
    page.on("request", (request) => {
      if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).hostname !== new URL(address).hostname)
        foreign.push(request.url());
    });
    await page.goto(address, { timeout: PATIENCE });
    await page.waitForSelector(".jp-Notebook .jp-CodeCell", { timeout: PATIENCE });
    await page.getByText("Kernel status: Idle").first().waitFor({ state: "attached", timeout: PATIENCE });
    // The page says so before the kernel has answered for the first time.
    await page.waitForFunction(
      async () => (await (await fetch("/api/kernels")).json()).some((kernel) => kernel.execution_state === "idle"),
      undefined,
      { timeout: PATIENCE, polling: 500 },
    );
    const broken = page.locator('.jp-RenderedText[data-mime-type$="error"]');
    const ended = page.locator(".luntan-status").or(broken).first();
    // On a busy machine JupyterLab may still drop the first request: ask again.
    for (let asked = 0; asked < 2; asked++) {
      // The menu acts on the notebook that was clicked into.
      await page.click(".jp-Notebook .jp-MarkdownCell");
      await page.click("#jp-MainMenu >> text=Run");
      await page.click(".lm-Menu >> text=Run All Cells");
      if (await ended.waitFor({ state: "attached", timeout: PATIENCE }).then(() => true, () => false)) break;
    }
    if (await broken.count()) throw new Error(`a cell failed: ${await broken.first().textContent()}`);
    await page.locator(".luntan-status").scrollIntoViewIfNeeded();
    const views = [await settled(page, "", "statements shown")];
    // The status says that it is busy before it says what is shown.
    await page.evaluate(() => {
      window.said = [];
      const note = () => window.said.push(document.querySelector(".luntan-status").innerText.trim());
      new MutationObserver(note).observe(document.querySelector(".luntan-status"), { childList: true, subtree: true });
    });
    for (const [control, option] of steps) {
      const choice = page.locator(".widget-dropdown", { has: page.locator("label", { hasText: control }) });
      await choice.locator("select").selectOption({ label: option });
      views.push(await settled(page, views.at(-1).status, "statements shown"));
    }
    const written = [];
    for (const button of exports) {
      await page.getByRole("button", { name: button }).click();
      written.push((await settled(page, written.at(-1) ?? views.at(-1).status, " written to ")).status);
    }
    const errors = await page.locator('[data-mime-type$="stderr"], [data-mime-type$="error"]').allTextContents();
    const busy = await page.evaluate(() => window.said.some((status) => status.includes("drawing")));
    return { views, written, errors, foreign, busy };
  } finally {
    if (screenshot) await page.screenshot({ path: screenshot });
  }
});
