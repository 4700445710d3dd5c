// The icons that stock widgets name, as drawings in the page: no font is loaded.
import * as shown from "./icons_shown.js";

// By today's name and by those of earlier editions, which stock widgets still use
const BY_NAME = new Map();
for (const { iconName, icon: [width, height, others, , path] } of Object.values(shown)) {
  for (const name of [iconName, ...others.filter((other) => typeof other === "string")]) BY_NAME.set(name, { width, height, path });
}
for (const [old, today] of [["bar-chart", "chart-bar"], ["line-chart", "chart-line"], ["repeat", "rotate-right"]]) {
  if (!BY_NAME.has(old)) BY_NAME.set(old, BY_NAME.get(today));
}

const NAMESPACE = "http://www.w3.org/2000/svg";

function drawingOf({ width, height, path }) {
  const svg = document.createElementNS(NAMESPACE, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("class", "xb-icon");
  svg.setAttribute("aria-hidden", "true");
  for (const d of [path].flat()) {
    const line = document.createElementNS(NAMESPACE, "path");
    line.setAttribute("d", d);
    svg.append(line);
  }
  return svg;
}

// Widgets write <i class="fa fa-play"></i>; the drawing goes inside, and follows when the name changes.
function draw(element) {
  const name = [...element.classList].find((each) => each.startsWith("fa-") && BY_NAME.has(each.slice(3)));
  if ((element.dataset.drawn || "") === (name || "")) return;
  element.dataset.drawn = name || "";
  element.replaceChildren(...(name ? [drawingOf(BY_NAME.get(name.slice(3)))] : []));
}

export function drawIcons(root) {
  const all = () => root.querySelectorAll("i.fa").forEach(draw);
  all();
  new MutationObserver(all).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
}
