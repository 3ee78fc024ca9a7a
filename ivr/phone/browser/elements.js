// Pieces of the page: those that stand in it, and new ones.

/** A phone number or digits said one by one: a line may not break inside. */
const TOGETHER = /(\+?\d(?:[\d\u2011-]*\d)?(?:[ -]\d+)*)/;

export const at = (id) => document.getElementById(id);

export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  fill(made, text);
  return made;
}

/** Puts text into a box, with its numbers kept on one line each. */
export function fill(box, text) {
  const pieces = text.split(TOGETHER).map((piece, number) => (number % 2 && piece.length > 2 ? together(piece) : piece));
  box.replaceChildren(...pieces);
}

function together(text) {
  const kept = document.createElement("span");
  kept.className = "together";
  kept.textContent = text;
  return kept;
}
