// The browser's own voice says what stands in a box, at each pace. Where it has none, the buttons stay hidden.
const canSpeak = "speechSynthesis" in window;

function say(words, rate, language) {
  speechSynthesis.cancel();
  if (!rate) return;
  // Sentence by sentence: some browsers cut long speech off.
  for (const sentence of words.split(/(?<=[.!?])\s+/)) {
    const spoken = new SpeechSynthesisUtterance(sentence);
    spoken.lang = language;
    spoken.rate = rate;
    speechSynthesis.speak(spoken);
  }
}

// Names and numbers are filled in by the check; until it has looked, what is typed is said.
function wordsOf(id) {
  const checked = document.getElementById(`under-${id}`).querySelectorAll(".said");
  return [...checked].map((part) => part.textContent).join(" ") || document.getElementById(`box-${id}`).value;
}

for (const group of document.querySelectorAll(".hear")) {
  group.hidden = !canSpeak;
  group.addEventListener("click", ({ target }) => {
    if (target.dataset.rate) say(wordsOf(group.dataset.box), Number(target.dataset.rate), group.dataset.speech);
  });
}
