// From a page of text and still pictures to a living one: the line to the kernel, the widgets' states, their views.
import { carryOver } from "./begun.js";
import { connect } from "./connection.js";
import { drawIcons } from "./icons.js";
import { keep, restore, snapshot, takeKept } from "./inputs.js";
import { PageManager } from "./manager.js";

const page = window.crossborderPage;
const mark = (name) => performance.mark(`crossborder:${name}`);

// Beside the still picture, out of sight and out of the flow, until all of it stands; then one change of places
async function enliven(manager, slot) {
  const living = document.createElement("div");
  living.className = "xb-living xb-waiting";
  slot.append(living);
  await manager.show(slot.dataset.widget, living);
}

// Where nothing living could be made, what is told already stays
function takeThePlace(slot) {
  const still = slot.querySelector(":scope > .xb-still"), living = slot.querySelector(":scope > .xb-living");
  if (!living?.firstElementChild) {
    living?.remove();
    return;
  }
  const goOn = still && carryOver(still, living);
  still?.remove();
  living.classList.remove("xb-waiting");
  goOn?.();
}

async function start() {
  mark("bundle");
  const config = await page.config;
  const line = connect(config);
  const manager = new PageManager(line);
  setTimeout(page.draws, 0);
  line.connected.then(() => mark("connected"));
  await page.cells;
  drawIcons(document.getElementById("rendered_cells"));
  page.keep = async () => keep(await snapshot(manager));
  await manager.load();
  mark("models");
  if (await manager.arrived()) await line.heard(); // what the kernel makes of the page's address belongs into the first view
  mark("heard");
  const slots = [...document.querySelectorAll("[data-widget]")];
  const made = await Promise.allSettled(slots.map((slot) => enliven(manager, slot)));
  for (const { reason } of made) if (reason) console.error(reason);
  await manager.settled();
  const kept = takeKept();
  if (kept) await restore(manager, kept);
  slots.forEach(takeThePlace);
  mark("views");
  page.opened();
}

start().catch((problem) => {
  console.error(problem);
  page.failed();
});
