// What the line answered with, as it came: for those who build it.
import { at, element } from "./elements.js";

const OPENS = /^<(Response|Gather|Dial|Message)(\s[^>]*)?(?<!\/)>$/;

/** Documents and warnings, folded. Null where there are none. */
export function cameBack({ came, warnings = [] }) {
  if (!came.length && !warnings.length) return null;
  const box = element("details", "behind");
  box.append(element("summary", "", "What came back"));
  for (const { document, seconds } of came) {
    box.append(element("p", "", `After ${Math.round(seconds * 1000)} ms`));
    const code = box.appendChild(element("pre", ""));
    code.textContent = laidOut(document);
  }
  for (const warning of warnings) box.append(element("p", "", `A carrier would log: ${warning}`));
  return box;
}

/** A line for each verb. What stands between the tags of a sentence is left as it is. */
function laidOut(document) {
  const verbs = /(<\?[^>]*>|<\/?(?:Response|Gather|Dial|Message)\b[^>]*>|<(?:Say|Play|Number|Redirect|Body)\b[^>]*>.*?<\/[A-Z]\w*>|<(?:Hangup|Pause|Reject)\b[^>]*>)/s;
  let depth = 0;
  const lines = [];
  for (const piece of document.split(verbs).map((one) => one.trim()).filter(Boolean)) {
    if (/^<\/(Response|Gather|Dial|Message)>/.test(piece)) depth -= 1;
    lines.push("  ".repeat(Math.max(0, depth)) + piece);
    if (OPENS.test(piece)) depth += 1;
  }
  return lines.join("\n");
}

at("behind").addEventListener("change", () => {
  document.body.classList.toggle("behind-shown", at("behind").checked);
});
