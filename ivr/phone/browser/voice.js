// Speech. While the browser speaks, a screen reader is not given the transcript too: one voice at a time.
import { at } from "./line.js";

const canSpeak = "speechSynthesis" in window;
let playing = null;

export function isAloud() {
  return canSpeak && at("aloud").checked;
}

export function sayAloud(text) {
  if (isAloud()) utter(text, { rate: 1 });
}

export function hush() {
  playing?.pause();
  playing = null;
  if (canSpeak) speechSynthesis.cancel();
}

/** Resolves when it has been heard; aloud or not, that takes as long. */
export function sound(item, isStale) {
  if (!isAloud()) return pause(item.seconds);
  if (item.sound) return playRecording(item);
  return item.text ? speak(item, isStale) : pause(item.seconds);
}

function pause(seconds) {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}

// The wait for its length goes on where a browser cannot play it.
function playRecording({ player, seconds }) {
  playing = player;
  const ended = new Promise((done) => (player.onended = done));
  player.play().catch(() => {});
  return Promise.race([ended, pause(seconds + 1)]);
}

// Sentence by sentence: some browsers cut long speech off. A voice that never ends must not hold up the call.
async function speak(item, isStale) {
  for (const sentence of item.text.split(/(?<=[.!?])\s+/)) {
    if (isStale()) return;
    const share = (item.seconds * sentence.length) / item.text.length;
    await Promise.race([utter(sentence, item), pause(share * 2 + 2)]);
  }
}

function utter(sentence, { language = "en-US", rate }) {
  return new Promise((done) => {
    const words = new SpeechSynthesisUtterance(sentence);
    words.lang = language || "en-US";
    words.rate = rate;
    words.onend = words.onerror = done;
    speechSynthesis.speak(words);
  });
}

function setLive() {
  at("log").setAttribute("aria-live", isAloud() ? "off" : "polite");
}

at("aloud").disabled = !canSpeak;
at("aloud").addEventListener("change", () => {
  hush();
  setLive();
});
setLive();
