// The call: what the caller does is sent to the line, and what the line answers is heard.
import { giveEars } from "./ears.js";
import { ask, at, numberFrom, tellOfLeaving, why } from "./line.js";
import { showCall, startPatience, stopPatience } from "./screen.js";
import "./texts.js";
import { cutOff, did, mark, note, write } from "./transcript.js";
import { hush, sayAloud, sound } from "./voice.js";

const keys = [...document.querySelectorAll("[data-key]")];

const place = placeAsked(); // where a call begins, if not at the greeting

let call = null; // {id, waits, hears, dialling} while a call is on
let turn = 0; // grows with every answer: what belongs to an older turn is stale
let unheard = []; // of this turn
let busy = false;
let held = null; // what was said while the line spoke: words do not cut it off, keys do

// One request at a time: a key pressed while the line still answers is lost, as on a phone.
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
}

function act(done, what, given = {}) {
  return send(done, `calls/${call.id}/${what}`, given);
}

function dial() {
  return send("You call.", "calls", { number: numberFrom(), ...place });
}

// /?at=goals.2&language=en begins there.
function placeAsked() {
  const asked = new URLSearchParams(location.search);
  if (!asked.get("at")) return {};
  at("begins").hidden = false;
  at("begins-at").textContent = asked.get("at");
  return { at: asked.get("at"), language: asked.get("language") ?? "" };
}

function press(key) {
  flash(key);
  if (!call) return tell("There is no call. Call first.");
  return act(`You press ${key}`, "press", { keys: key });
}

function say(words, confidence) {
  if (!call) return tell("There is no call. Call first.");
  if (call.hears === null) return tell("The line does not listen to words just now.");
  const sure = confidence > 0 ? { confidence: String(Math.min(confidence, 1)) } : {};
  const given = { words, ...sure };
  if (!unheard.length) return act(`You say: ${words}`, "say", given);
  held = given;
  note(`You say: ${words}. The line goes on: your words count when it has finished.`);
}

function staySilent() {
  if (!call) return tell("There is no call. Call first.");
  if (call.waits === null) return tell("The line is not waiting for a key.");
  return act("You stay silent.", "wait");
}

function hangUp() {
  return act("You hang up.", "hang-up");
}

function tell(text) {
  note(text);
  sayAloud(text);
}

function beQuiet() {
  turn += 1;
  stopPatience();
  hush();
  cutOff(unheard);
  unheard = [];
}

// What the line answered

async function hear(view) {
  turn += 1;
  const mine = turn;
  call = view.ended ? null : { id: view.id, waits: view.waits, hears: view.hears, dialling: view.dialling };
  unheard = write(view.heard);
  if (view.ended) note("The call is over.");
  show();
  await play(mine);
  if (mine !== turn) return;
  mark(null);
  if (call) listen();
  else sayAloud("The call is over.");
}

async function play(mine) {
  while (mine === turn && unheard.length) {
    if (unheard[0].element) mark(unheard[0].element);
    await sound(unheard[0], () => mine !== turn);
    if (mine === turn) unheard.shift();
  }
}

// Silence counts from the end of speech.
function listen() {
  stopPatience();
  if (call && !unheard.length && held !== null) return act(`You say: ${held.words}`, "say", held);
  if (call && !unheard.length && call.waits !== null) startPatience(call.waits, staySilent);
}

function end() {
  call = null;
  note("The call is over.");
  show();
}

function show() {
  showCall(call);
  for (const key of [...keys, at("silent")]) key.setAttribute("aria-disabled", String(!call));
  if (call && call.hears !== null) at("say-form").hidden = false;
  showDialling(call?.dialling);
}

function showDialling(number) {
  const group = at("dialling");
  const had = group.contains(document.activeElement);
  group.hidden = !number;
  if (number) {
    at("dialling-title").textContent = `Connecting you to ${number}`;
    note(`The line is connecting you to ${number}. What happens?`);
    group.querySelector("button").focus();
  } else if (had) {
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
giveEars(say, tell, () => call?.hears ?? document.documentElement.lang);
at("withheld").addEventListener("change", () => {
  at("number").readOnly = at("withheld").checked;
});
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
