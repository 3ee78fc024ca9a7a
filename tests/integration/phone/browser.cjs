// One visit to the phone page in a real browser; prints what was found there as JSON.
// Arguments: the browser's command, the page's address, and the view as JSON (see VIEWS in test_phone_browser.py).
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const packages = createRequire(join(__dirname, "..", "..", "api", "package.json"));
const { chromium } = packages("playwright-core");
const axe = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");

const [browserCommand, address] = process.argv.slice(2);
const view = JSON.parse(process.argv[4]);
const ONLY_HERE = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const SMALLEST = 44;

async function violations(page, moment) {
  const found = await page.evaluate(() => axe.run());
  return found.violations.map((one) => `${moment}: ${one.id}: ${one.nodes.map((node) => node.html + node.failureSummary).join(" ")}`);
}

function tooSmall(page) {
  return page.evaluate((smallest) => {
    const touched = [...document.querySelectorAll("button, summary, input:not([type=checkbox]), label.check")];
    const sizes = touched.map((one) => [one.outerHTML, one.getBoundingClientRect()]);
    return sizes.filter(([, box]) => box.width && Math.min(box.width, box.height) < smallest).map(([html]) => html);
  }, SMALLEST);
}

/** Whether what is being said can be read without scrolling: on the phone's screen, or in the strip. */
function captionInView(page) {
  return page.evaluate(() => {
    const isWhole = (one) => {
      const { top, bottom, height } = one.getBoundingClientRect();
      return height > 0 && top >= 0 && bottom <= innerHeight && one.scrollHeight <= one.clientHeight + 1;
    };
    return ["caption", "strip"].map((id) => document.getElementById(id)).some((one) => one.textContent && isWhole(one));
  });
}

async function isOnTop(page, selector) {
  await page.locator(selector).scrollIntoViewIfNeeded();
  return page.locator(selector).evaluate((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
}

/** What a page has below its last line. */
const blank = (page) => page.evaluate(() => document.documentElement.scrollHeight - scrollY - document.body.getBoundingClientRect().bottom);

/** Faster than any line answers. */
const pressAtOnce = (page, keys) =>
  page.evaluate((all) => {
    for (const key of all) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  }, keys);

const wideness = (page) => page.evaluate(() => document.documentElement.scrollWidth);
const texts = (page, selector) => page.locator(selector).allInnerTexts();
const waitFor = (page, words) => page.locator("#log").getByText(words, { exact: true }).first().waitFor();

async function fakeVoice(page) {
  await page.addInitScript(() => {
    window.spoken = [];
    window.SpeechSynthesisUtterance = function (text) {
      this.text = text;
    };
    const speak = (words) => window.spoken.push([words.text, words.lang, words.rate, words.volume]) && setTimeout(words.onend);
    Object.defineProperty(window, "speechSynthesis", { value: { speak, cancel() {} } });
  });
}

async function visit(page, { context, colors }) {
  const found = { violations: [], tooSmall: [], widest: 0 };
  const look = async (moment) => {
    for (const media of colors) {
      await page.emulateMedia(media);
      found.violations.push(...(await violations(page, `${moment}, ${JSON.stringify(media)}`)));
    }
    found.tooSmall.push(...(await tooSmall(page)));
    found.widest = Math.max(found.widest, await wideness(page));
  };
  const push = (selector) => (context.hasTouch ? page.tap(selector) : page.click(selector));
  await page.goto(address);
  await page.evaluate(axe);
  await look("ready");
  await page.keyboard.press("Tab");
  found.firstStop = await page.evaluate(() => document.activeElement.id);
  const borders = () => page.locator("[data-key='5']").evaluate((key) => getComputedStyle(key).borderStyle);
  found.keys = [await borders()];
  await push("#call");
  await page.locator("[aria-current]").waitFor();
  found.keys.push(await borders());
  found.marked = await texts(page, "[aria-current]");
  found.caption = await texts(page, "#caption");
  found.announced = await texts(page, "#announced p");
  found.live = await page.locator("[aria-live]").evaluateAll((all) => all.map((one) => one.id));
  found.lines = await page.locator(".together").evaluateAll((all) => all.map((one) => [one.textContent, one.getClientRects().length]));
  found.captionInView = [await captionInView(page)];
  await page.locator("#sources").scrollIntoViewIfNeeded();
  await page.waitForTimeout(100);
  found.captionInView.push(await captionInView(page));
  await look("call");
  await pressAtOnce(page, "1#");
  await waitFor(page, "You press 1");
  await waitFor(page, "Next, please.");
  await waitFor(page, "You press #");
  await page.locator("#dialling").waitFor();
  found.onTop = await Promise.all(["#call", "[data-ends='no-answer']"].map((one) => isOnTop(page, one)));
  await look("dialling");
  await push("[data-ends='no-answer']");
  await waitFor(page, "Back.");
  found.cutOff = await texts(page, ".cut");
  await page.check("#aloud");
  await waitFor(page, "You stay silent.");
  await waitFor(page, "Goodbye.");
  found.recorded = await texts(page, ".sentence:has(audio)");
  await page.waitForFunction(() => window.spoken.length > 0);
  found.played = await page.locator("audio").evaluateAll((players) => players.map((one) => one.ended));
  await page.fill("#words", "12");
  await page.keyboard.press("Enter");
  await page.locator(".bubble.theirs").waitFor();
  found.answered = await texts(page, "#announced p");
  found.folded = await texts(page, ".why dd");
  await page.focus(".why summary");
  await page.keyboard.press("Enter");
  await page.locator(".why dl").waitFor();
  found.why = await page.locator(".why dt, .why dd").allTextContents();
  found.summary = await page.locator(".why summary").ariaSnapshot();
  found.inSight = await page.evaluate(() => {
    const [box, view] = [".why summary", "#texts"].map((one) => document.querySelector(one).getBoundingClientRect());
    return box.top >= view.top && box.bottom <= view.bottom;
  });
  await look("why");
  for (let more = 0; more < 6; more += 1) {
    await page.fill("#words", "more");
    await page.keyboard.press("Enter");
    await page.locator(".bubble.theirs").nth(more + 1).waitFor();
  }
  found.blank = await blank(page);
  found.bubbles = await page.locator(".bubble .words").allTextContents();
  found.count = await texts(page, ".bubble .count");
  found.sources = await texts(page, "#log .source");
  found.spoken = await page.evaluate(() => window.spoken);
  found.call = await texts(page, "#call-label");
  await page.focus("[data-key='5']");
  await page.keyboard.press("Tab");
  found.ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  await look("texts");
  return found;
}

async function fakeEars(page) {
  await page.addInitScript(() => {
    window.webkitSpeechRecognition = window.SpeechRecognition = function () {
      this.start = () => {
        window.asked = this.lang;
        setTimeout(() => {
          this.onresult({ results: [[{ transcript: "by mouth", confidence: 0.5 }]] });
          this.onend();
        });
      };
    };
  });
}

async function speak(page, { context, colors }) {
  const found = { violations: [], tooSmall: [], widest: 0 };
  const shown = () => Promise.all(["#say-form", "#listen"].map((one) => page.locator(one).isVisible()));
  const look = async (moment) => {
    for (const media of colors) {
      await page.emulateMedia(media);
      found.violations.push(...(await violations(page, `${moment}, ${JSON.stringify(media)}`)));
    }
    found.tooSmall.push(...(await tooSmall(page)));
    found.widest = Math.max(found.widest, await wideness(page));
  };
  await page.goto(address);
  await page.evaluate(axe);
  found.before = await shown();
  await (context.hasTouch ? page.tap("#call") : page.click("#call"));
  await page.locator("#say-form").waitFor();
  await page.locator("#patience").getByText("left").waitFor();
  found.left = await page.locator("#patience").innerText();
  found.measured = await page.locator(".measured").innerText();
  found.came = [await page.locator("#log .behind").isVisible()];
  await page.check("#behind");
  found.came.push(await page.locator("#log .behind").isVisible());
  await page.click("#log .behind summary");
  found.document = await page.locator("#log .behind pre").textContent();
  found.after = await shown();
  found.ears = await page.locator("#ears-note").innerText();
  await page.fill("#say", "radiation");
  await page.keyboard.press("Enter");
  await waitFor(page, "You say: radiation");
  await waitFor(page, "I have heard you.");
  found.cut = await texts(page, ".cut");
  await page.fill("#say", "");
  await page.focus("#say");
  await page.keyboard.type("12 please");
  found.focused = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.press("Enter");
  await waitFor(page, "You say: 12 please");
  await page.check("#ears");
  await look("words");
  await page.click("#listen");
  await waitFor(page, "You say: by mouth");
  found.lang = await page.evaluate(() => window.asked);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.click("#copy-call");
  await page.locator("#copy-call").getByText("Copied").waitFor();
  found.copied = await page.evaluate(() => navigator.clipboard.readText());
  await page.click("#call");
  await waitFor(page, "The call is over.");
  found.carrier = await page.locator("#carrier").isVisible();
  await page.fill("#words", "CALL");
  await page.keyboard.press("Enter");
  await page.locator("#ringing").waitFor();
  await waitFor(page, "The line calls you.");
  await look("ringing");
  found.rings = [await page.evaluate(() => document.activeElement.id), await page.locator("#now").innerText()];
  found.fell = await page.locator(".bubble.theirs .words").allTextContents();
  await page.keyboard.press("Enter");
  await waitFor(page, "You answer.");
  await waitFor(page, "You asked for this.");
  await page.click("#call");
  await page.locator("#log").getByText("The call is over.").nth(1).waitFor();
  await page.selectOption("#tongue", "es");
  await page.selectOption("#begin", "fruit.1");
  await page.selectOption("#pace", "2");
  await page.fill("#volume", "50");
  await page.check("#aloud");
  await page.click("#stranger");
  found.begins = await page.locator("#begins").innerText();
  await page.click("#call");
  await page.waitForFunction(() => window.spoken.some(([text]) => text === "Fruta."));
  found.sped = await page.evaluate(() => window.spoken.filter(([text]) => text === "Fruta."));
  await page.evaluate(() => Object.defineProperty(navigator.clipboard, "writeText", { value: () => Promise.reject(new Error()) }));
  await page.click("#copy-texts");
  await page.locator("#copied").waitFor();
  found.byHand = await page.inputValue("#copied");
  await look("settings");
  return found;
}

(async () => {
  const browser = await chromium.launch({ executablePath: browserCommand, args: [...ONLY_HERE, "--autoplay-policy=no-user-gesture-required"] });
  try {
    const context = await browser.newContext(view.context);
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
    page.setDefaultTimeout(10000);
    await fakeVoice(page);
    await fakeEars(page);
    const found = await (view.words ? speak : visit)(page, view);
    console.log(JSON.stringify({ ...found, errors }));
  } finally {
    await browser.close();
  }
})();
