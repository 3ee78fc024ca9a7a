// The report in Chromium: `node report.cjs BROWSER PAGE FOLDER` prints what axe finds in each view, how wide the page
// is there, and how many pages it prints on (PDFs in FOLDER).
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const packages = createRequire(join(__dirname, "..", "..", "api", "package.json"));
const { chromium } = packages("playwright-core");
const axe = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");
const [browserCommand, file, folder] = process.argv.slice(2);
const MEDIA = [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "light", forcedColors: "active" }];

(async () => {
  const browser = await chromium.launch({ executablePath: browserCommand });
  const found = { violations: [], widths: {}, pages: {} };
  try {
    const page = await browser.newPage();
    await page.goto(`file://${file}`);
    await page.evaluate(axe);
    for (const open of [false, true]) {
      await page.evaluate((is) => document.querySelectorAll("details").forEach((one) => (one.open = is)), open);
      for (const width of [320, 390, 1280, 1600]) {
        await page.setViewportSize({ width, height: 900 });
        for (const media of MEDIA) {
          await page.emulateMedia(media);
          const told = await page.evaluate(() => axe.run());
          found.violations.push(...told.violations.map((one) => `${width} ${JSON.stringify(media)}: ${one.id}`));
        }
        found.widths[width] = Math.max(found.widths[width] || 0, await page.evaluate(() => document.documentElement.scrollWidth));
      }
    }
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = false)));
    for (const format of ["A4", "Letter"]) {
      const pdf = await page.pdf({ path: join(folder, `${format}.pdf`), format });
      found.pages[format] = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
    }
    console.log(JSON.stringify(found));
  } finally {
    await browser.close();
  }
})();
