// The browser's half of the phone: shows and speaks what the line says, and sends what the caller does.
"use strict";

const at = (id) => document.getElementById(id);
const keys = [...document.querySelectorAll("[data-key]")];
const canSpeak = "speechSynthesis" in window;

let call = null; // {id, waits, dialling} while a call is on
let turn = 0; // grows with every answer: what belongs to an older turn is stale
let silence = null; // the timer that ends in silence
let recording = null; // what is being played
let busy = false;

async function ask(path, given) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given),
  });
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.error), { status: answer.status });
  return body;
}

// One request at a time: a key pressed while the line still answers is lost, as on a phone.
async function send(path, given) {
  if (busy) return;
  busy = true;
  beQuiet();
  try {
    show(await ask(path, given));
  } catch (error) {
    tell(error.status ? error.message : "The phone itself is not running any more.");
    if (call && error.status !== 400 && error.status !== 409) end();
  } finally {
    busy = false;
  }
}

function act(what, given = {}) {
  return send(`calls/${call.id}/${what}`, given);
}

function dial() {
  write("You call.", "mine");
  return send("calls", { number: number() });
}

function press(key) {
  flash(key);
  if (!call) return tell("There is no call. Call first.");
  write(`You press ${key}`, "mine");
  return act("press", { keys: key });
}

function staySilent() {
  if (!call) return tell("There is no call. Call first.");
  if (call.waits === null) return tell("The line is not waiting for a key.");
  write("You stay silent.", "mine");
  return act("wait");
}

function hangUp() {
  write("You hang up.", "mine");
  return act("hang-up");
}

function number() {
  return at("withheld").checked ? "withheld" : at("number").value;
}

// What the line answered

function show(view) {
  turn += 1;
  call = { id: view.id, waits: view.waits, dialling: view.dialling };
  for (const line of view.lines) write(line.text, "theirs", line.language);
  if (view.ended) end();
  setCall();
  const mine = turn;
  play(view.heard, mine).then(() => mine === turn && (call ? startSilence() : sayAloud("The call is over.")));
}

function end() {
  call = null;
  note("The call is over.");
  setCall();
}

function setCall() {
  const button = at("call");
  button.textContent = call ? "Hang up" : "Call";
  button.className = call ? "stop" : "go";
  for (const key of [...keys, at("silent")]) key.setAttribute("aria-disabled", String(!call));
  setDialling(call && call.dialling);
  at("now").textContent = now();
}

function now() {
  if (!call) return "No call.";
  if (call.dialling) return "On a call. The line is connecting you.";
  return `On a call. The line waits ${call.waits} seconds for a key.`;
}

function setDialling(number) {
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

// The transcript

function write(text, whose, language = "", log = at("log")) {
  const line = document.createElement("p");
  line.className = whose;
  line.textContent = text;
  if (language) line.lang = language;
  log.append(line);
  log.scrollTop = log.scrollHeight;
  return line;
}

function note(text) {
  write(text, "note");
}

function tell(text) {
  note(text);
  sayAloud(text);
}

// Speech. While the browser speaks, a screen reader is not given the transcript too: one voice at a time.

function aloud() {
  return canSpeak && at("aloud").checked;
}

function setLive() {
  at("log").setAttribute("aria-live", aloud() ? "off" : "polite");
}

function sayAloud(text) {
  if (aloud()) utter(text, { language: "en", rate: 1 });
}

async function play(heard, mine) {
  for (const item of heard) {
    if (mine !== turn) return;
    if (item.text && aloud()) await speak(item);
    else if (item.sound && aloud()) await playSound(item);
    else await pause(item.seconds);
  }
}

// The wait for its length goes on where a browser cannot play it.
async function playSound(item) {
  const sound = (recording = new Audio(item.sound));
  const ended = new Promise((done) => (sound.onended = sound.onpause = done));
  sound.play().catch(() => {});
  await Promise.race([ended, pause(item.seconds + 1)]);
}

function pause(seconds) {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}

// Sentence by sentence: some browsers cut long speech off. A voice that never ends must not hold up the call.
async function speak(item) {
  const mine = turn;
  for (const sentence of item.text.split(/(?<=[.!?])\s+/)) {
    if (mine !== turn) return;
    const share = (item.seconds * sentence.length) / item.text.length;
    await Promise.race([utter(sentence, item), pause(share * 2 + 2)]);
  }
}

function utter(sentence, item) {
  return new Promise((done) => {
    const words = new SpeechSynthesisUtterance(sentence);
    words.lang = item.language || "en-US";
    words.rate = item.rate;
    words.onend = words.onerror = done;
    speechSynthesis.speak(words);
  });
}

function beQuiet() {
  turn += 1;
  stopSilence();
  hush();
}

function hush() {
  if (canSpeak) speechSynthesis.cancel();
  if (recording) recording.pause();
}

// Silence counts from the end of speech.

function startSilence() {
  stopSilence();
  if (!call || call.waits === null || !at("counts").checked) return;
  silence = setTimeout(staySilent, call.waits * 1000);
}

function stopSilence() {
  clearTimeout(silence);
  silence = null;
}

// Texts

async function text(words) {
  const log = at("texts");
  write(`You: ${words}`, "mine", "", log);
  try {
    const { texts } = await ask("texts", { number: number(), words });
    for (const one of texts) showText(one, log);
    if (texts.length === 0) write("No reply.", "note", "", log);
  } catch (error) {
    write(error.status ? error.message : "The phone itself is not running any more.", "note", "", log);
  }
}

function showText({ text, fragments, encoding }, log) {
  const count = document.createElement("span");
  count.className = "count";
  count.textContent = `${fragments} ${fragments === 1 ? "fragment" : "fragments"}, ${encoding}`;
  const line = write(text, "theirs", "", log);
  line.append(count);
  log.scrollTop = log.scrollHeight;
}

// What the caller can touch

function flash(key) {
  const button = keys.find((one) => one.dataset.key === key);
  button.classList.add("down");
  setTimeout(() => button.classList.remove("down"), 150);
}

function isWriting(element) {
  return element.matches("input[type=tel], input[type=text]");
}

at("call").addEventListener("click", () => (call ? hangUp() : dial()));
at("silent").addEventListener("click", staySilent);
for (const key of keys) key.addEventListener("click", () => press(key.dataset.key));
for (const choice of document.querySelectorAll("[data-ends]")) {
  choice.addEventListener("click", () => act("dial-ends", { status: choice.dataset.ends }));
}
at("withheld").addEventListener("change", () => {
  at("number").readOnly = at("withheld").checked;
});
at("counts").addEventListener("change", startSilence);
at("aloud").addEventListener("change", () => {
  hush();
  setLive();
});
at("text-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = at("words").value;
  at("words").value = "";
  text(words);
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (!at("typed").checked || isWriting(event.target) || !/^[0-9*#]$/.test(event.key)) return;
  event.preventDefault();
  press(event.key);
});
window.addEventListener("pagehide", () => {
  if (!call) return;
  const headers = { "Content-Type": "application/json" };
  fetch(`calls/${call.id}/hang-up`, { method: "POST", headers, body: "{}", keepalive: true });
});

at("aloud").disabled = !canSpeak;
setLive();
setCall();
