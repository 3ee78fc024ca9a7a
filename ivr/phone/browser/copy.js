// The call and the texts as plain words, for an e-mail or a note.
import { announce } from "./announcer.js";
import { at } from "./elements.js";

const SECONDS_SHOWN = 3;

/** What was heard: not what was cut off, not the files. */
function theCall() {
  return [...at("log").children].map(lineOfCall).filter(Boolean).join("\n");
}

function lineOfCall(line) {
  if (!line.matches(".said")) return line.matches(".mine, .note") ? line.textContent : "";
  const pieces = [...line.querySelectorAll(".sentence")];
  const heard = pieces.filter((one) => !one.matches(".unheard")).map((one) => one.textContent.trim());
  if (pieces.some((one) => one.matches(".cut"))) heard.push("[cut off here]");
  return heard.length ? `The line: ${heard.join(" ")}` : "";
}

function theTexts() {
  return [...at("texts").querySelectorAll(".words, .note")].map((one) => one.textContent).join("\n\n");
}

async function copy(button, words) {
  const label = button.firstChild;
  try {
    await navigator.clipboard.writeText(words);
    at("by-hand").hidden = true;
    label.data = "Copied";
    announce("Copied.");
    setTimeout(() => (label.data = "Copy"), SECONDS_SHOWN * 1000);
  } catch {
    showToSelect(words);
  }
}

/** Some browsers let no page copy: then the words stand where they can be selected. */
function showToSelect(words) {
  const box = at("copied");
  at("by-hand").hidden = false;
  box.value = words;
  box.focus();
  box.select();
}

for (const [id, words] of [["copy-call", theCall], ["copy-texts", theTexts]]) {
  at(id).addEventListener("click", () => copy(at(id), words()));
}
