// Who calls: a number, none, or somebody whom the line has never met.
import { announce } from "./announcer.js";
import { at } from "./elements.js";

/** Area codes of real places; 555-0100 to 555-0199 belong to nobody in any of them. */
const AREAS = [202, 206, 212, 303, 312, 404, 415, 504, 602, 617, 713, 808, 901];
const met = new Set([at("number").value]);

export function numberFrom() {
  return at("withheld").checked ? "withheld" : at("number").value;
}

function stranger() {
  const area = AREAS[Math.floor(Math.random() * AREAS.length)];
  const number = `+1${area}55501${String(Math.floor(Math.random() * 100)).padStart(2, "0")}`;
  return met.has(number) && met.size < AREAS.length * 100 ? stranger() : number;
}

at("stranger").addEventListener("click", () => {
  at("withheld").checked = at("number").readOnly = false;
  at("number").value = stranger();
  met.add(at("number").value);
  announce(`You call and text from ${at("number").value} now.`);
});
at("withheld").addEventListener("change", () => {
  at("number").readOnly = at("withheld").checked;
});
