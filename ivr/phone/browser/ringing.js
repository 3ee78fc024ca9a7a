// A call that the line makes, after CALL was texted: it rings until it is answered or has rung out.
import { at } from "./elements.js";
import { ask } from "./line.js";

let ringing = null; // {sid, from}

export function setRinging(rings) {
  ringing = rings;
}

export function isRinging() {
  return Boolean(ringing);
}

/** `answer` is called with what a call is answered with, `stopped` once it has rung out. */
export function giveRing(answer, stopped) {
  at("answer").addEventListener("click", () => answer({ answers: take() }));
  at("ring-out").addEventListener("click", async () => {
    await ask("rings-out", { sid: take() }).catch(() => {});
    stopped();
  });
}

function take() {
  const { sid } = ringing;
  ringing = null;
  return sid;
}
