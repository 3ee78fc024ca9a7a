// The pretend carrier: texts and calls that the line makes arrive here. Shown only where there is one.
import { at } from "./elements.js";
import { ask, get } from "./line.js";

async function load() {
  const { pretends, fate } = await get("carrier");
  at("carrier").hidden = !pretends;
  if (pretends) at("fate").value = fate;
}

at("fate").addEventListener("change", () => ask("carrier", { fate: at("fate").value }));
load();
