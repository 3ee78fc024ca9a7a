// Speech and recordings, and the time that they take.
import { announceNoMore } from "./announcer.js";
import { at } from "./elements.js";

const canSpeak = "speechSynthesis" in window;
let playing = null;
let ended = null;

export function isAloud() {
  return canSpeak && at("aloud").checked;
}

/** How much faster this page speaks than the line. */
export function pace() {
  return Number(at("pace").value);
}

export function sayAloud(text) {
  utter({ text, rate: 1 });
}

function volume() {
  return Number(at("volume").value) / 100;
}

export function hush() {
  playing?.pause();
  playing = null;
  if (canSpeak) speechSynthesis.cancel();
}

/** Resolves when the sentence has been heard; aloud or not, that takes as long. */
export function sound(piece) {
  if (!isAloud()) return pause(piece.seconds);
  if (piece.player) return playRecording(piece);
  return piece.text ? speak(piece) : pause(piece.seconds);
}

function pause(seconds) {
  return new Promise((done) => setTimeout(done, (seconds * 1000) / pace()));
}

// Its sentences are marked as it goes on. The wait for its length goes on where a browser cannot play it.
function playRecording({ player, seconds, begins, isLast }) {
  if (playing !== player) {
    playing = player;
    player.currentTime = begins;
    player.playbackRate = pace();
    player.volume = volume();
    ended = new Promise((done) => (player.onended = done));
    player.play().catch(() => {});
  }
  return isLast ? Promise.race([ended, pause(seconds + 1)]) : pause(seconds);
}

// A voice that never ends must not hold up the call.
function speak(piece) {
  return Promise.race([utter(piece), pause(piece.seconds * 2 + 2)]);
}

function utter({ text, language = "en-US", rate }) {
  return new Promise((done) => {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = language || "en-US";
    words.rate = rate * pace();
    words.volume = volume();
    words.onend = words.onerror = done;
    speechSynthesis.speak(words);
  });
}

at("volume").addEventListener("input", () => {
  if (playing) playing.volume = volume();
});
at("aloud").disabled = !canSpeak;
at("aloud").addEventListener("change", () => {
  hush();
  announceNoMore();
});
