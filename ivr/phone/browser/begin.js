// Where a call begins, in which language: chosen on the page, or asked for by its address (/?at=goals.2&language=en).
import { at, element } from "./elements.js";
import { get } from "./line.js";

const asked = new URLSearchParams(location.search);
let known = [];

/** What a call is dialled with. */
export function beginning() {
  return at("begin").value ? { at: at("begin").value, language: at("tongue").value } : {};
}

function option(value, text) {
  const made = element("option", "", text);
  made.value = value;
  return made;
}

function showTongues() {
  at("tongue").replaceChildren(...known.map(({ language, name }) => option(language, name)));
}

function showPlaces(chosen = at("begin").value) {
  const { places = [], language = "" } = known.find((one) => one.language === at("tongue").value) ?? {};
  const options = places.map(({ at: place, name }) => option(place, name));
  if (chosen && !places.some((one) => one.at === chosen)) options.unshift(option(chosen, chosen));
  at("begin").replaceChildren(option("", "The greeting"), ...options);
  for (const one of options) one.lang = language;
  at("begin").value = chosen;
  showNotice();
}

function showNotice() {
  at("begins").hidden = !at("begin").value;
  at("begins-at").textContent = at("begin").selectedOptions[0]?.textContent ?? "";
}

async function load() {
  known = await get("places").catch(() => []);
  const tongue = at("tongue").value || asked.get("language");
  showTongues();
  if (known.some((one) => one.language === tongue)) at("tongue").value = tongue;
  showPlaces();
}

at("tongue").addEventListener("change", () => showPlaces());
at("begin").addEventListener("change", showNotice);
showPlaces(asked.get("at") ?? "");
load();
