// The way to the line, through the page's own server.
import { at } from "./elements.js";

const headers = { "Content-Type": "application/json" };

export async function ask(path, given) {
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(given) });
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.error), { status: answer.status });
  return body;
}

/** Also while the page is being closed. */
export function tellOfLeaving(path) {
  fetch(path, { method: "POST", headers, body: "{}", keepalive: true });
}

export function why(error) {
  return error.status ? error.message : "The phone itself is not running any more.";
}

export function numberFrom() {
  return at("withheld").checked ? "withheld" : at("number").value;
}
