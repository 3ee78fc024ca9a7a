// The phone's own screen: whether a call is on, how long, and how long the line still waits.
import { at } from "./line.js";

let begun = null;
let left = 0;
let after = null;

export function showCall(call) {
  if (!call) begun = null;
  else begun ??= Date.now();
  at("now").textContent = state(call);
  at("call-label").textContent = call ? "Hang up" : "Call";
  at("call").className = call ? "stop" : "go";
  showClock();
}

function state(call) {
  if (!call) return "Ready to call";
  return call.dialling ? "Connecting you" : "On a call";
}

export function startPatience(seconds, whenOver) {
  left = seconds;
  after = at("counts").checked ? whenOver : null;
  showPatience();
}

export function stopPatience() {
  left = 0;
  after = null;
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
  if (!after) return;
  left -= 1;
  showPatience();
  if (left > 0) return;
  const whenOver = after;
  stopPatience();
  whenOver();
}

setInterval(tick, 1000);
