// One visit to the workbench in a real browser, by keyboard; prints what was found there as JSON.
// Arguments: the browser's command, the workbench's address, and the view as JSON (see VIEWS in test_workbench_browser.py).
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const packages = createRequire(join(__dirname, "..", "..", "api", "package.json"));
const { chromium } = packages("playwright-core");
const axe = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");

const [browserCommand, address] = process.argv.slice(2);
const { context, colors, scripts, pages } = JSON.parse(process.argv[4]);
const ONLY_HERE = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const SMALLEST = 44;
const found = { violations: [], tooSmall: [], wide: [], errors: [] };

async function look(page, moment) {
  await page.waitForLoadState("load"); // Its style sheet too.
  for (const media of colors) {
    await page.emulateMedia(media);
    if (scripts) {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run());
      found.violations.push(...violations.map((one) => `${moment}, ${JSON.stringify(media)}: ${one.id}: ${one.nodes.map((node) => node.html + node.failureSummary).join(" ")}`));
    }
  }
  const [wide, small] = await page.evaluate((smallest) => {
    const touched = [...document.querySelectorAll("button:not(.unseen), summary, input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select, nav a")];
    const boxes = touched.map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()]);
    return [document.documentElement.scrollWidth, boxes.filter(([, box]) => box.width && Math.min(box.width, box.height) < smallest).map(([html]) => html)];
  }, SMALLEST);
  if (wide > context.viewport.width) found.wide.push(`${moment}: ${wide}`);
  found.tooSmall.push(...small.map((html) => `${moment}: ${html}`));
}

const focused = (page) => page.evaluate(() => document.activeElement.name || document.activeElement.textContent.trim());

async function tabTo(page, name) {
  for (let times = 0; times < 60; times += 1) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === name) return true;
  }
  return false;
}

async function edit(page) {
  await page.goto(`${address}en/edit/topics/apples#box-voice-2`); // As from a search.
  found.reached = await tabTo(page, "voice/1");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Apples cost 5 $.");
  if (scripts) await page.locator("#under-voice-1 .bad").first().waitFor();
  found.focused = await focused(page);
  await look(page, "typed");
  found.save = await page.evaluate(() => [...document.querySelectorAll(".acts button")].map((one) => one.textContent));
  await page.locator(".acts button", { hasText: "Save" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname.endsWith("apples"));
  await page.locator("h2", { hasText: "Not saved" }).waitFor();
  found.refused = await page.title();
  await look(page, "refused");
  await page.fill("#box-voice-1", "Apples are red. I love apples.");
  await page.fill("#box-text-1", "Apples are red. You love apples.");
  await page.locator(".acts button", { hasText: "Save" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".notice.good").waitFor();
  found.saved = await page.title();
  found.told = await page.evaluate(() => document.activeElement.textContent.trim());
  await look(page, "saved");
}

(async () => {
  const browser = await chromium.launch({ executablePath: browserCommand, args: ONLY_HERE });
  try {
    const opened = await browser.newContext({ ...context, javaScriptEnabled: scripts });
    const page = await opened.newPage();
    page.setDefaultTimeout(10000);
    page.on("pageerror", (error) => found.errors.push(error.message));
    page.on("console", (line) => line.type() === "error" && !line.text().includes("status of 422") && found.errors.push(line.text()));
    page.on("request", (one) => one.url().startsWith(new URL(address).origin) || found.errors.push(`elsewhere: ${one.url()}`));
    await edit(page);
    for (const path of pages) {
      await page.goto(address + path);
      await look(page, path);
    }
    await page.goto(`${address}en/`);
    await page.keyboard.press("Tab");
    found.first = await focused(page);
    console.log(JSON.stringify(found));
  } finally {
    await browser.close();
  }
})();
