// What the check says moves while one types. Without this, the Check button does the same.
const PAUSE = 400; // milliseconds without a key before the words are looked at
const LONG_PAUSE = 1500; // more of them before it is tried, too, whether texts are still understood

const form = document.getElementById("edit");
const opened = JSON.stringify(words());
let waiting = null;
let isAsking = false; // One look at a time: the server finishes each that it has begun.
let isStale = false; // Something was typed since that look began.
let sending = false;

function words() {
  return [...new FormData(form)];
}

async function look(whole = false) {
  if (isAsking) {
    isStale = true;
    return;
  }
  [isAsking, isStale] = [true, false];
  const fields = words();
  if (whole) fields.push(["whole", "1"]);
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body: new URLSearchParams(fields) });
    if (answer.ok) {
      show(await answer.json());
      if (!whole && !isStale) waiting = setTimeout(look, LONG_PAUSE, true);
    }
  } catch {
    if (!sending) tell("The workbench does not answer. Is `make run` still running?");
  }
  isAsking = false;
  if (isStale) look();
}

function tell(sentence) {
  document.getElementById("summary").textContent = sentence;
}

function show({ pieces, bad }) {
  for (const [id, piece] of Object.entries(pieces)) {
    const place = document.getElementById(id);
    if (place && place.dataset.shown !== piece) {
      place.innerHTML = piece;
      place.dataset.shown = piece;
    }
  }
  for (const box of form.querySelectorAll("textarea, input[type=text]")) {
    if (bad.includes(box.id.slice("box-".length))) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
  }
}

// A box is as high as its words.
function fit(box) {
  if (CSS.supports("field-sizing", "content")) return;
  box.rows = Math.max(3, Math.ceil(box.value.length / 45) + 1);
}

for (const box of form.querySelectorAll("textarea")) fit(box);
form.addEventListener("input", (event) => {
  if (event.target.matches("textarea")) fit(event.target);
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
});
form.addEventListener("submit", () => (sending = true));
window.addEventListener("beforeunload", (event) => {
  if (!sending && JSON.stringify(words()) !== opened) event.preventDefault();
});
if ("look" in form.dataset) look();
