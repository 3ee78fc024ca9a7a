// The browser's recogniser: off until it is asked for, since some browsers send the voice to their maker.
import { at } from "./elements.js";

const Recogniser = window.SpeechRecognition ?? window.webkitSpeechRecognition;
let listening = null;

/** `heard` gets words and how sure the browser is of them, `tell` a sentence for the caller, `language` tells which to expect. */
export function giveEars(heard, tell, language) {
  at("ears").disabled = !Recogniser;
  at("ears").addEventListener("change", () => {
    listening?.abort();
    at("listen").hidden = !at("ears").checked;
  });
  at("listen").addEventListener("click", () => (listening ? listening.stop() : start(heard, tell, language())));
}

function start(heard, tell, language) {
  listening = new Recogniser();
  listening.lang = language;
  listening.onresult = ({ results }) => heard(results[0][0].transcript, results[0][0].confidence);
  listening.onerror = ({ error }) => error !== "aborted" && tell(`This browser heard nothing: ${error}.`);
  listening.onend = () => show(null);
  listening.start();
  show(listening);
}

function show(now) {
  listening = now;
  at("listen").setAttribute("aria-pressed", String(Boolean(now)));
  at("listen").textContent = now ? "Listening: press to stop" : "Speak into this browser";
}
