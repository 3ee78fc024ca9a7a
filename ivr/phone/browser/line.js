// The way to the line, through the page's own server.

const headers = { "Content-Type": "application/json" };

export async function ask(path, given) {
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(given) });
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.error), { status: answer.status });
  return body;
}

export async function get(path) {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : [];
}

/** Also while the page is being closed. */
export function tellOfLeaving(path) {
  fetch(path, { method: "POST", headers, body: "{}", keepalive: true });
}

export function why(error) {
  return error.status ? error.message : "The phone itself is not running any more.";
}
