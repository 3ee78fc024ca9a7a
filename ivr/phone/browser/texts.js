// Texts, as a conversation.
import { announce } from "./announcer.js";
import { cameBack } from "./behind.js";
import { numberFrom } from "./caller.js";
import { at, element } from "./elements.js";
import { ask, why } from "./line.js";
import { append, sourceLine } from "./transcript.js";

const log = at("texts");

async function send(words) {
  const mine = append(log, bubble("mine", "You", words));
  try {
    const answer = await ask("texts", { number: numberFrom(), words });
    const { texts, why: remarks } = answer;
    if (remarks.length) mine.append(reading(words, remarks));
    mine.append(cameBack(answer) ?? "");
    for (const text of texts) receive(text);
    if (texts.length === 0) tell("No reply.");
    document.dispatchEvent(new CustomEvent("arrivals", { detail: answer }));
  } catch (error) {
    tell(why(error));
  }
}

/** Texts that the line has sent by itself. */
function arrive({ arrived, lost }) {
  for (const text of arrived) receive(text);
  if (lost) tell("A text of the line was lost on its way here. The carrier has told the line.");
}

function receive(text) {
  append(log, answer(text));
  announce(`The line: ${text.text}`, text.language);
}

function tell(text) {
  append(log, element("p", "note", text));
  announce(text);
}

function bubble(whose, name, text) {
  const box = element("div", `bubble ${whose}`);
  const words = element("p", "words", text);
  words.prepend(element("span", "unseen", `${name}: `));
  box.append(words);
  return box;
}

function answer({ text, fragments, encoding, language, ease, origins }) {
  const box = bubble("theirs", "The line", text);
  if (language) box.querySelector(".words").lang = language;
  const count = `${fragments} ${fragments === 1 ? "fragment" : "fragments"}, ${encoding}, ${[...text].length} characters`;
  box.append(element("p", "count", [count, ease].filter(Boolean).join(", ")));
  for (const [file, parts] of byFile(origins)) box.append(element("p", "source", sourceLine(file, parts)));
  return box;
}

/** How the line has read a text, to be opened by whoever wants to know. */
function reading(words, remarks) {
  const box = element("details", "why");
  const summary = element("summary", "", "How this was read");
  summary.append(element("span", "unseen", `: ${words}`));
  const list = element("dl", "");
  for (const remark of remarks) list.append(remarked(remark));
  box.append(summary, list);
  box.addEventListener("toggle", () => box.open && box.parentElement.scrollIntoView({ block: "nearest" }));
  return box;
}

function remarked({ about, told, places }) {
  const group = element("div", "");
  group.append(element("dt", "", about), element("dd", "", told));
  for (const place of places) group.append(breakable(element("dd", "place"), place));
  return group;
}

/** Lines may break behind a slash, so that a path keeps its number whole. */
function breakable(box, text) {
  for (const piece of text.split(/(?<=\/)/)) box.append(piece, element("wbr", ""));
  return box;
}

function byFile(origins) {
  const files = new Map();
  for (const { file, part } of origins) files.set(file, new Set(files.get(file)).add(part));
  return files;
}

document.addEventListener("arrivals", ({ detail }) => arrive(detail));
at("text-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = at("words").value;
  at("words").value = "";
  send(words);
});
