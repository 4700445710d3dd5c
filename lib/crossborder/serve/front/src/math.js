// Formulas inside widgets, written between dollar signs: typeset as MathML when the first one is met.
const MATH = /\$\$([^$]+)\$\$|\\\[(.+?)\\\]|\$([^$\n]+)\$|\\\((.+?)\\\)/gs;
let loaded = null;

export const latexTypesetter = {
  async typeset(element) {
    if (!MATH.test(element.textContent)) return;
    MATH.lastIndex = 0;
    loaded ||= import("./temml.js");
    const { default: temml } = await loaded;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("code, pre, math, script")) texts.push(walker.currentNode);
    for (const text of texts) replaceIn(text, temml);
  },
};

function replaceIn(text, temml) {
  const pieces = document.createDocumentFragment();
  let at = 0;
  for (const found of text.data.matchAll(MATH)) {
    const display = found[1] !== undefined || found[2] !== undefined;
    const box = document.createElement("span");
    // "trust" stays off: a formula may not hold an address
    temml.render(found[1] ?? found[2] ?? found[3] ?? found[4], box, { displayMode: display, throwOnError: false, trust: false });
    pieces.append(text.data.slice(at, found.index), box);
    at = found.index + found[0].length;
  }
  if (!at) return;
  pieces.append(text.data.slice(at));
  text.replaceWith(pieces);
}
