// What a screen reader says by itself: each sentence as it begins, never the files that words come from. What stands on
// the page is read as anything else there. While the browser speaks aloud, the line is not announced: one voice at a time.
import { at, element } from "./elements.js";

const KEPT = 20;

export function announce(text, language = "") {
  const line = element("p", "", text);
  if (language) line.lang = language;
  const box = at("announced");
  box.append(line);
  while (box.childElementCount > KEPT) box.firstElementChild.remove();
}

export function announceNoMore() {
  at("announced").replaceChildren();
}
