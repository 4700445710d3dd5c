// One chart: plotly loaded once per page, the newest figure only, its sentence and its table beside it.

// Fetch plotly by its address. AMD loaders are hidden meanwhile: plotly would hand itself to one and not be found.
function fetched(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    const define = globalThis.define;
    globalThis.define = undefined;
    script.onload = () => { globalThis.define = define; resolve(globalThis.Plotly); };
    script.onerror = () => { globalThis.define = define; reject(new Error(address)); };
    document.head.appendChild(script);
  });
}

// A served page is already loading the small plotly; its address of the larger one is for charts that need more.
const SMALL = ["scatter", "bar", "pie"];
const ready = (script) => globalThis.Plotly ? Promise.resolve(globalThis.Plotly) : new Promise((resolve, reject) => {
  script.addEventListener("load", () => resolve(globalThis.Plotly));
  const failed = () => reject(new Error(script.src));
  if ("failed" in script.dataset) failed();
  script.addEventListener("error", failed);
});

function loadPlotly(figure) {
  const script = document.querySelector("script[data-plotly]");
  const larger = script && figure.data.some((trace) => !SMALL.includes(trace.type || "scatter"));
  const slot = larger ? "crossborderPlotlyLarge" : "crossborderPlotly";
  if (!globalThis[slot]) {
    const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
    const folder = (config.fullLabextensionsUrl || `${config.baseUrl || "/"}lab/extensions`).replace(/\/$/, "");
    const loading = larger ? fetched(script.dataset.more) : script ? ready(script) : globalThis.Plotly ? Promise.resolve(globalThis.Plotly)
      : fetched(`${folder}/crossborder/static/plotly.min.js`);
    globalThis[slot] = loading.catch((problem) => { globalThis[slot] = null; throw problem; });
  }
  return globalThis[slot];
}

const REHEARSALS = 3;
const PAPER = 680; // pixels between the usual margins of a sheet, A4 or Letter

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") node.className = value;
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

const plain = (text) => new DOMParser().parseFromString(String(text ?? "").replace(/<br\s*\/?>/gi, " · ").replace(/<\/?[a-z][^>]*>/gi, ""), "text/html").body.textContent;

// Lines of at most so many letters (a Chinese character counts two); breaks and bold stay
function wrapped(text, most) {
  const wide = (word) => [...word.replace(/<[^>]*>/g, "")].reduce((sum, c) => sum + (c > "\u2e7f" ? 2 : 1), 0);
  return String(text).split(/<br\s*\/?>/i).map((line) => {
    const lines = [""];
    for (const word of line.match(/[\u2e80-\uffff]|(?:<[^>]*>|[^\s\u2e80-\uffff])+\s*|\s+/g) || []) {
      if (lines.at(-1) && wide(lines.at(-1) + word.trimEnd()) > most) lines.push("");
      lines[lines.length - 1] += word;
    }
    const bold = /<b>/i.test(line);
    return lines.map((part) => (bold ? `<b>${part.replace(/<\/?b>/gi, "").trim()}</b>` : part.trim())).join("<br>");
  }).join("<br>");
}

function drawTable(box, table, words) {
  const head = make("tr", {}, ...table.columns.map((name, i) => make("th", { scope: "col", class: table.numeric[i] ? "xb-number" : "" }, name)));
  const rows = table.rows.map((row) => make("tr", {}, ...row.map((cell, i) => make("td", { class: table.numeric[i] ? "xb-number" : "" }, cell))));
  const frame = make("div", { class: "xb-table-frame", tabindex: "0", role: "region", "aria-label": words.table },
    make("table", { class: "xb-table" }, make("thead", {}, head), make("tbody", {}, ...rows)));
  box.replaceChildren(frame);
  if (table.left_out) box.append(make("p", { class: "xb-small" }, words.more.replace("{n}", table.left_out)));
}

// Every second mark of a scale, zero among them
function halve(scale) {
  const odd = Math.max(scale.tickvals.indexOf(0), 0) % 2;
  for (const list of ["tickvals", "ticktext"]) scale[list] = scale[list].filter((_, i) => i % 2 === odd);
}

// A figure tells light colours. Where the page is dark, each gives way to the one of the same name: colours.css lists the
// pairs, and none where the page is light.
const hex = (parts) => parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("");
const rgb = (colour) => colour.match(/../g).map((part) => parseInt(part, 16)).join(",");

function recoloured(json, listed) {
  const pairs = listed.match(/[0-9a-f]{6}/g) || [];
  const dark = new Map();
  for (let i = 0; i < pairs.length; i += 2) dark.set(pairs[i], pairs[i + 1]);
  if (!dark.size) return json;
  return json
    .replace(/"#([0-9a-f]{6})"/gi, (told, colour) => (dark.has(colour.toLowerCase()) ? `"#${dark.get(colour.toLowerCase())}"` : told))
    .replace(/"rgba\((\d+),(\d+),(\d+),/g, (told, ...parts) => {
      const found = dark.get(hex(parts.slice(0, 3)));
      return found ? `"rgba(${rgb(found)},` : told;
    });
}

function save(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function render({ model, el, signal }) {
  el.classList.add("xb", "xb-chart-box");
  el.addEventListener("focusin", (event) => { event.target.dataset.lmSuppressShortcuts = "true"; }); // JupyterLab, hands off
  const title = make("figcaption", { class: "xb-chart-title" });
  const plot = make("div", { class: "xb-plot", role: "img", tabindex: "0" });
  const voice = make("p", { class: "xb-heard", "aria-live": "polite" });
  const trouble = make("p", { class: "xb-failure", role: "status", hidden: "" });
  const tableSummary = make("summary");
  const tableBox = make("div");
  const tableFold = make("details", { class: "xb-fold" }, tableSummary, tableBox);
  const pictures = make("span", { class: "xb-pictures xb-noprint" });
  el.append(make("figure", { class: "xb-chart" }, title, plot, voice, trouble, make("div", { class: "xb-under" }, tableFold, pictures)));

  let Plotly = null;
  let drawing = false;
  let waiting = false;
  let drawn = null;
  let dressed = "";  // the pairs of colours that the drawing was made with
  let width = 0; // what it was drawn for
  let printing = false;
  let tableDrawn = null;

  const words = () => model.get("words");
  const told = () => model.get("figure") || '{"data":[],"layout":{}}';
  const parsed = () => JSON.parse(told());
  const dress = () => (printing ? "" : getComputedStyle(document.body).getPropertyValue("--xb-recolour"));

  function describe(figure) {
    const meta = figure.layout.meta || {};
    title.textContent = plain(figure.layout.title?.text);
    title.hidden = !title.textContent;
    plot.setAttribute("aria-label", plain(meta.alt || figure.layout.title?.text || ""));
    tableDrawn = null;
    tableFold.hidden = !meta.table;
    if (tableFold.open || printing) fillTable();
  }
  function fillTable() {
    const table = (parsed().layout.meta || {}).table;
    if (table && tableDrawn !== model.get("figure")) drawTable(tableBox, table, words());
    tableDrawn = model.get("figure");
  }
  tableFold.addEventListener("toggle", () => tableFold.open && fillTable());

  function label() {
    tableSummary.textContent = words().table;
    pictures.replaceChildren(make("span", { class: "xb-small" }, words().picture), ...["png", "svg"].map((format) => {
      const button = make("button", { type: "button", class: "xb-link", "aria-label": `${words().picture} ${format.toUpperCase()}` }, format.toUpperCase());
      button.addEventListener("click", () => picture(format));
      return button;
    }));
  }

  async function picture(format) {
    const figure = parsed();
    const size = { width: 1100, height: Math.max(figure.layout.height || 420, 420) + 40 };
    const address = await Plotly.toImage({ data: figure.data, layout: { ...figure.layout, ...size, autosize: false }, config: model.get("config") },
      { format, ...size, scale: format === "png" ? 2 : 1 });
    const blob = format === "svg"
      ? new Blob([decodeURIComponent(address.slice(address.indexOf(",") + 1))], { type: "image/svg+xml" })
      : await (await fetch(address)).blob();
    const name = (title.textContent || "chart").normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "chart";
    save(`${name}.${format}`, blob);
  }

  // Names beside the rows as the library broke them for this kind of page, the picture high enough for them
  function labelled(layout, narrow) {
    const rows = layout.meta?.rows?.[narrow ? "narrow" : "wide"];
    if (!rows) return;
    layout.yaxis = { ...layout.yaxis, tickvals: layout.yaxis.categoryarray, ticktext: rows.ticktext };
    layout.height = Math.max(layout.height || 420, rows.height);
  }

  function fitted(figure) {
    // The title stands above as text, where it can wrap; a narrow screen gets narrower labels
    const wide = printing ? PAPER : el.clientWidth;
    const narrow = wide < 520;
    const layout = { ...figure.layout, title: { text: "" } };
    if (printing) layout.width = wide; // a wider one would make the browser shrink the whole sheet
    layout.margin = { ...(layout.template?.layout?.margin || {}), ...(layout.margin || {}), t: layout.showlegend ? 34 : 12 };
    labelled(layout, narrow);
    if (narrow) {
      layout.font = { ...(layout.font || {}), size: 12 };
      for (const { colorbar } of figure.data) if (colorbar?.tickvals?.length > 3) halve(colorbar);
      if (layout.yaxis?.scaleanchor) layout.height = Math.min(layout.height || 420, wide + 64); // a square stays one
      for (const key of Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name))) {
        const axis = layout[key] = { ...layout[key], tickfont: { ...(layout.template?.layout?.xaxis?.tickfont || {}), size: 11 } };
        if (key.startsWith("x") && axis.tickvals) {
          axis.tickangle = 0;
          if (axis.title?.text) axis.title = { ...axis.title, text: wrapped(axis.title.text, 40) };
          if (axis.tickvals.length > 4) halve(axis);
        }
      }
    }
    return layout;
  }

  async function draw() {
    if (!model.get("figure") || !el.clientWidth) return; // nothing to draw yet, or no place for it: the watcher sees one
    if (drawing) { waiting = true; return; }
    drawing = true;
    if (!drawn) el.dataset.waiting = "";
    try {
      do {
        waiting = false;
        dressed = dress();
        const figure = JSON.parse(recoloured(told(), dressed));
        describe(figure);
        Plotly = await loadPlotly(figure);
        if (!drawn) plot.replaceChildren();
        width = el.clientWidth;
        const layout = fitted(figure);
        plot.style.blockSize = `${layout.height || 420}px`;
        await Plotly.react(plot, figure.data, layout, model.get("config"));
        if (!drawn) plot.on("plotly_click", (event) => report(event.points[0]));
        if (!drawn) rehearse();
        drawn = figure;
        el.dataset.drawn = String(Number(el.dataset.drawn || 0) + 1);
      } while (waiting && !signal?.aborted);
      trouble.hidden = true;
    } catch (problem) {
      console.warn(problem);
      trouble.textContent = words().trouble;
      trouble.hidden = false;
      tableFold.open = true;
    } finally {
      drawing = false;
      delete el.dataset.waiting;
      if (!model.get("seen")) { model.set("seen", true); model.save_changes(); }
    }
  }

  // The browser compiles what a change of a picture needs at the first change: once a page, while nobody waits, so that a
  // reader's first move is as quick as the next
  function rehearse() {
    const left = globalThis.crossborderRehearsals ?? REHEARSALS;
    if (!left) return;
    globalThis.crossborderRehearsals = left - 1;
    const idle = globalThis.requestIdleCallback || ((act) => setTimeout(act, 300));
    idle(async () => {
      if (signal?.aborted || drawing) return;
      await draw();
      rehearse();
    });
  }

  let clicks = 0;
  function report(point) {
    const raw = point.customdata;
    model.set("clicked", { n: ++clicks, trace: point.curveNumber, point: point.pointNumber ?? point.pointIndex, x: point.x ?? null, y: point.y ?? null,
      name: point.data?.name ?? "", data: raw === undefined ? null : raw });
    model.save_changes();
  }

  // By keyboard: arrows walk over the points and say them, Enter picks one
  let at = { trace: 0, point: -1 };
  const walkable = () => (plot._fullData || []).filter((trace) => trace.visible === true && trace.hoverinfo !== "skip" && trace.x && trace.x.length && trace.type !== "heatmap");
  plot.addEventListener("keydown", (event) => {
    const traces = walkable();
    if (!traces.length) return;
    const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (steps) {
      event.preventDefault();
      at.trace = (at.trace + steps[0] + traces.length) % traces.length;
      const n = traces[at.trace].x.length;
      at.point = steps[1] ? (at.point + steps[1] + n) % n : Math.min(Math.max(at.point, 0), n - 1);
      const trace = traces[at.trace];
      try { Plotly.Fx.hover(plot, [{ curveNumber: trace.index, pointNumber: at.point }]); } catch (_) { /* outside the picture */ }
      const text = Array.isArray(trace.text) ? trace.text[at.point] : "";
      voice.textContent = plain([trace.name && !/^trace \d+$/.test(trace.name) ? trace.name : "", text && text.length > 12 ? text : `${trace.x[at.point]}, ${text || trace.y[at.point]}`].filter(Boolean).join(": "));
    } else if (event.key === "Enter" && at.point >= 0) {
      const trace = traces[at.trace];
      report({ curveNumber: trace.index, pointNumber: at.point, x: trace.x[at.point], y: trace.y[at.point], data: trace, customdata: trace.customdata?.[at.point] });
    } else if (event.key === "Escape") {
      Plotly.Fx.unhover(plot);
    }
  });

  // A still picture until plotly is there, as high as the living one will be
  function still() {
    if (drawn || !model.get("poster")) return;
    plot.innerHTML = model.get("poster"); // drawn and escaped by our own library
    plot.style.blockSize = `${fitted(parsed()).height || 420}px`;
  }
  label();
  describe(parsed());
  still();
  model.on("change:figure", draw);
  model.on("change:words", label);
  const watcher = new ResizeObserver(() => {
    const wide = el.clientWidth;
    if (!drawn) return drawing || draw();
    if (!wide || wide === width || printing) return;
    const redraw = (wide < 520) !== (width < 520);
    width = wide;
    requestAnimationFrame(async () => {
      if (redraw) await draw();
      Plotly.Plots.resize(plot);
    });
  });
  watcher.observe(el);

  // Light or dark, when the page's switch, JupyterLab or the system changes it; on paper always light, as wide as a sheet,
  // with its table
  const redress = () => drawn && dress() !== dressed && draw();
  const leaving = new AbortController();
  const listen = (name, act) => window.addEventListener(name, act, { signal: leaving.signal });
  listen("crossborder-theme", redress);
  const paper = async (on) => {
    if (on === printing || !drawn) return redress();
    printing = on;
    if (on) fillTable();
    await draw();
    if (!printing && el.clientWidth) Plotly.Plots.resize(plot); // plotly keeps a width that it was given
  };
  listen("beforeprint", () => paper(true));
  listen("afterprint", () => paper(false));
  matchMedia("print").addEventListener("change", (event) => paper(event.matches), { signal: leaving.signal });
  const laboratory = new MutationObserver(redress);
  laboratory.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });

  draw();
  return () => { watcher.disconnect(); laboratory.disconnect(); leaving.abort(); if (Plotly && drawn) Plotly.purge(plot); };
}

export default { render };
