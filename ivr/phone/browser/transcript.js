// What is heard and done, written down. What is being said is marked.
import { cameBack } from "./behind.js";
import { at, element } from "./elements.js";

const SENTENCE_ENDS = /(?<=[.!?])\s+/;

const log = at("log");
let marked = null;

export function append(list, line) {
  list.querySelector(".empty")?.remove();
  list.append(line);
  list.scrollTop = list.scrollHeight;
  return line;
}

export function note(text) {
  append(log, element("p", "note", text));
}

export function did(text) {
  append(log, element("p", "mine", text));
}

/** One block for each run of words from one file. Returns what is heard, sentence by sentence, each with the element
    that shows it: {text, seconds, element}, and what is known of the stretch that it belongs to. */
export function write(heard) {
  const shown = [];
  let block = null;
  for (const item of heard) {
    const words = item.text || item.sound;
    if (words && !(block && block.file === item.origin?.file)) block = startBlock(item.origin?.file);
    shown.push(...(words ? addTo(block, item) : [item]));
  }
  reveal(shown.find((one) => one.element)?.element);
  return shown;
}

/** What stands under the words of a turn: their measures, and what they came in. */
export function writeUnder(view) {
  const { measured } = view;
  if (measured) {
    const figures = [`${Math.round(measured.seconds)} s`, `${measured.words} words`, measured.ease];
    append(log, element("p", "count measured", figures.filter(Boolean).join(", ")));
  }
  const came = cameBack(view);
  if (came) append(log, came);
}

function startBlock(file) {
  const box = append(log, element("div", "said"));
  const words = box.appendChild(element("p", "words"));
  const source = file ? box.appendChild(element("p", "source")) : null;
  return { file, words, source, parts: [] };
}

function addTo(block, item) {
  const { part } = item.origin ?? {};
  if (part && !block.parts.includes(part)) block.parts.push(part);
  if (block.source) block.source.textContent = sourceLine(block.file, block.parts);
  const player = item.sound ? recording(item) : null;
  const pieces = inSentences(item).map((piece) => ({ ...piece, element: addPiece(block, piece) }));
  if (!player) return pieces;
  pieces[0].element.append(player);
  return pieces.map((piece) => ({ ...piece, player }));
}

/** Each with its share of the time, and when it begins. */
function inSentences(item) {
  const texts = item.text ? item.text.split(SENTENCE_ENDS) : [""];
  const whole = Math.max(1, texts.join("").length);
  let begins = 0;
  return texts.map((text, number) => {
    const seconds = (item.seconds * Math.max(1, text.length)) / whole;
    begins += seconds;
    return { ...item, text, seconds, begins: begins - seconds, isLast: number === texts.length - 1 };
  });
}

function addPiece(block, { text, language }) {
  const piece = element("span", "sentence", text);
  if (language) piece.lang = language;
  block.words.append(piece, " ");
  return piece;
}

export function sourceLine(file, parts) {
  return [file, ...parts].join(", ");
}

function recording({ sound, text }) {
  const player = document.createElement("audio");
  player.controls = true;
  player.src = sound;
  player.setAttribute("aria-label", text ? "Recording of these words" : "Recording");
  return player;
}

export function mark(piece) {
  marked?.removeAttribute("aria-current");
  marked = piece;
  piece?.setAttribute("aria-current", "true");
  reveal(piece);
}

/** What a key cut off was never heard. */
export function cutOff(unheard) {
  mark(null);
  const pieces = unheard.map((one) => one.element).filter(Boolean);
  for (const piece of pieces) piece.classList.add("unheard");
  pieces[0]?.classList.add("cut");
}

function reveal(piece) {
  if (!piece) return;
  const [box, view] = [piece.getBoundingClientRect(), log.getBoundingClientRect()];
  if (box.top < view.top + 16) log.scrollTop -= view.top + 16 - box.top;
  else if (box.bottom > view.bottom - 48) log.scrollTop += box.top - view.top - 48;
}
