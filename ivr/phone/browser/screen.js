// The phone's own screen: whether a call is on, how long, what is being said, and how long the line still waits.
import { at, fill } from "./elements.js";

let begun = null;
let left = 0;
let after = null;
let until = null; // the line speaks until then

/** `rings`: whether the line calls. */
export function showCall(call, rings) {
  if (!call) begun = null;
  else begun ??= Date.now();
  at("now").textContent = rings ? "Ringing" : state(call);
  at("call-label").textContent = call ? "Hang up" : "Call";
  at("call").className = call ? "stop" : "go";
  showClock();
  showStrip();
}

function state(call) {
  if (!call) return "Ready to call";
  return call.dialling ? "Connecting you" : "On a call";
}

export function showCaption(text, language) {
  for (const box of [at("caption"), at("strip")]) {
    fill(box, text);
    box.lang = language || "en";
  }
  showStrip();
}

/** How long the line still speaks. */
export function showLeft(seconds) {
  until = Date.now() + seconds * 1000;
  showSpeech();
}

function showSpeech() {
  const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
  at("patience").textContent = `Speaking: ${seconds} s left`;
}

export function startPatience(seconds, whenOver) {
  until = null;
  left = seconds;
  after = at("counts").checked ? whenOver : null;
  showPatience();
}

export function stopPatience() {
  left = 0;
  after = until = null;
  at("patience").textContent = "";
}

function showPatience() {
  at("patience").textContent = after ? `Waiting for a key: ${left} s` : "Waiting for a key";
}

function showClock() {
  const seconds = begun === null ? 0 : Math.floor((Date.now() - begun) / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), String(seconds % 60).padStart(2, "0")];
  at("clock").textContent = begun === null ? "" : `${minutes}:${rest}`;
}

function tick() {
  if (begun !== null) showClock();
  if (until !== null) showSpeech();
  if (!after) return;
  left -= 1;
  showPatience();
  if (left > 0) return;
  const whenOver = after;
  stopPatience();
  whenOver();
}

// The caption stays in view while the phone is scrolled out of it, as on a page enlarged to 400 %.
let isScreenSeen = true;

function showStrip() {
  const isNeeded = !isScreenSeen && Boolean(at("strip").textContent);
  at("strip").hidden = !isNeeded;
  document.documentElement.classList.toggle("captioned", isNeeded);
}

new IntersectionObserver(([seen]) => {
  isScreenSeen = seen.intersectionRatio === 1;
  showStrip();
}, { threshold: 1 }).observe(at("caption"));

setInterval(tick, 1000);
