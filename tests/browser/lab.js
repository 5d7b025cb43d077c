// Open JupyterLab as `make lab` does: what is shown, whether anything pops up, and whom the page asks for anything.
"use strict";

const { run } = require("./common.js");

const CALM = 3000; // milliseconds in which a notice about news would have come

run(async (browser, { url }) => {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  page.setDefaultTimeout(30000);
  const hosts = new Set();
  const note = (address) => /^(data|blob):/.test(address) || hosts.add(new URL(address).host);
  page.on("request", (request) => note(request.url()));
  page.on("websocket", (socket) => note(socket.url()));
  await page.goto(url);
  const readme = page.locator(".jp-MarkdownViewer");
  await readme.locator("h1").waitFor();
  const heading = await readme.locator("h1").innerText();
  await page.waitForTimeout(CALM);
  const popups = await page.locator(".jp-Dialog, .Toastify__toast").allInnerTexts();
  const links = readme.locator("table a");
  const notebooks = await links.allInnerTexts();
  await links.first().click();
  const opened = await page.locator(".jp-NotebookPanel .jp-MarkdownCell h1").first().innerText();
  return { heading, popups, notebooks, opened, hosts: [...hosts] };
});
