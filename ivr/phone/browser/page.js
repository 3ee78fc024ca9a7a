// The call: what the caller does is sent to the line, and what the line answers is heard.
import { announce, announceNoMore } from "./announcer.js";
import { beginning } from "./begin.js";
import { numberFrom } from "./caller.js";
import "./carrier.js";
import "./copy.js";
import { giveEars } from "./ears.js";
import { at, fill } from "./elements.js";
import { ask, tellOfLeaving, why } from "./line.js";
import { giveRing, isRinging, setRinging } from "./ringing.js";
import { showCall, showCaption, showLeft, startPatience, stopPatience } from "./screen.js";
import "./texts.js";
import { cutOff, did, mark, note, write, writeUnder } from "./transcript.js";
import { hush, isAloud, pace, sayAloud, sound } from "./voice.js";

const keys = [...document.querySelectorAll("[data-key]")];

let call = null; // {id, waits, hears, dialling} while a call is on
let turn = 0; // grows with every answer: what belongs to an older turn is stale
let unheard = []; // of this turn
let busy = false;
let held = null; // what was said while the line spoke: words do not cut it off, keys do
let early = []; // keys pressed while the line still answers: each counts, one after the other

// One request at a time.
async function send(done, path, given) {
  if (busy) return;
  busy = true;
  held = null;
  beQuiet();
  did(done);
  try {
    hear(await ask(path, given));
  } catch (error) {
    tell(why(error));
    if (call && error.status !== 400 && error.status !== 409) end();
  } finally {
    busy = false;
  }
  pressEarly();
}

function act(done, what, given = {}) {
  return send(done, `calls/${call.id}/${what}`, given);
}

function dial() {
  return send("You call.", "calls", { number: numberFrom(), ...beginning() });
}

function press(key) {
  flash(key);
  if (busy) return early.push(key);
  if (!call) return tell("There is no call. Call first.");
  return act(`You press ${key}`, "press", { keys: key });
}

function pressEarly() {
  if (call && !call.dialling && early.length) return press(early.shift());
  if (early.length) tell(`Too late to press ${early.join(", ")}: the line does not listen for keys any more.`);
  early = [];
}

function say(words, confidence) {
  if (!call) return tell("There is no call. Call first.");
  if (call.hears === null) return tell("The line does not listen to words just now.");
  const sure = confidence > 0 ? { confidence: String(Math.min(confidence, 1)) } : {};
  const given = { words, ...sure };
  if (!unheard.length) return act(`You say: ${words}`, "say", given);
  held = given;
  tell(`You say: ${words}. The line goes on: your words count when it has finished.`);
}

function staySilent() {
  if (!call) return tell("There is no call. Call first.");
  if (call.waits === null) return tell("The line is not waiting for a key.");
  return act("You stay silent.", "wait");
}

function hangUp() {
  early = [];
  return act("You hang up.", "hang-up");
}

function tell(text) {
  note(text);
  speak(text);
}

function speak(text, language) {
  if (isAloud()) sayAloud(text);
  else announce(text, language);
}

function beQuiet() {
  turn += 1;
  stopPatience();
  hush();
  cutOff(unheard);
  showCaption("");
  announceNoMore();
  unheard = [];
}

// What the line answered

async function hear(view) {
  turn += 1;
  const mine = turn;
  call = view.ended ? null : { id: view.id, waits: view.waits, hears: view.hears, dialling: view.dialling };
  unheard = write(view.heard);
  writeUnder(view);
  document.dispatchEvent(new CustomEvent("arrivals", { detail: view }));
  if (view.ended) note("The call is over.");
  show();
  await play(mine);
  if (mine !== turn) return;
  mark(null);
  if (call) return listen();
  showCaption("");
  speak("The call is over.");
}

async function play(mine) {
  while (mine === turn && unheard.length) {
    showLeft(unheard.reduce((sum, one) => sum + one.seconds, 0) / pace());
    if (unheard[0].element) begin(unheard[0]);
    await sound(unheard[0]);
    if (mine === turn) unheard.shift();
  }
}

function begin({ element, text, language }) {
  mark(element);
  showCaption(text, language);
  if (!isAloud()) announce(text, language);
}

// Silence counts from the end of speech.
function listen() {
  stopPatience();
  if (call && !unheard.length && held !== null) return act(`You say: ${held.words}`, "say", held);
  if (call && !unheard.length && call.waits !== null) startPatience(call.waits, staySilent);
}

function end() {
  call = null;
  tell("The call is over.");
  show();
}

function show() {
  const rings = !call && isRinging();
  showCall(call, rings);
  for (const key of keys) key.setAttribute("aria-disabled", String(!call));
  at("silent").setAttribute("aria-disabled", String(!call || call.waits === null));
  if (call && call.hears !== null) at("say-form").hidden = false;
  showInstead(call?.dialling, rings);
}

/** What stands in the place of the keypad while the line connects (keys do nothing then but end the talk, with *, which
    can still be typed) or calls. */
function showInstead(dialling, rings) {
  const groups = [at("dialling"), at("ringing")];
  const had = groups.some((one) => one.contains(document.activeElement));
  const [isNewDial, isNewRing] = [dialling && groups[0].hidden, rings && groups[1].hidden];
  groups[0].hidden = !dialling;
  groups[1].hidden = !rings;
  at("pad").hidden = Boolean(dialling) || rings;
  if (isNewDial) {
    fill(at("dialling-title"), `Connecting you to ${dialling}`);
    tell(`The line is connecting you to ${dialling}. What happens?`);
    groups[0].querySelector("button").focus();
  } else if (isNewRing) {
    tell("The line calls you.");
    at("answer").focus();
  } else if (had && !at("pad").hidden) {
    (call ? keys[0] : at("call")).focus();
  }
}

// What the caller can touch

function flash(key) {
  const button = keys.find((one) => one.dataset.key === key);
  button.classList.add("down");
  setTimeout(() => button.classList.remove("down"), 150);
}

function isWriting(target) {
  return target.matches("input[type=tel], input[type=text]");
}

at("call").addEventListener("click", () => (call ? hangUp() : dial()));
at("silent").addEventListener("click", staySilent);
for (const key of keys) key.addEventListener("click", () => press(key.dataset.key));
for (const choice of document.querySelectorAll("[data-ends]")) {
  choice.addEventListener("click", () => act(choice.textContent, "dial-ends", { status: choice.dataset.ends }));
}
at("say-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = at("say").value.trim();
  if (words) say(words);
  at("say").value = "";
});
document.addEventListener("arrivals", ({ detail }) => {
  setRinging(detail.rings);
  show();
});
giveRing(
  (answers) => send("You answer.", "calls", { number: numberFrom(), ...answers }),
  () => {
    show();
    tell("You let it ring out.");
  },
);
giveEars(say, tell, () => call?.hears ?? document.documentElement.lang);
at("counts").addEventListener("change", listen);
at("sources").addEventListener("change", () => {
  document.body.classList.toggle("sourceless", !at("sources").checked);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (!at("typed").checked || isWriting(event.target) || !/^[0-9*#]$/.test(event.key)) return;
  event.preventDefault();
  press(event.key);
});
window.addEventListener("pagehide", () => call && tellOfLeaving(`calls/${call.id}/hang-up`));

show();
