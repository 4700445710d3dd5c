// The page around a notebook, before and beside its widgets: key, language and theme while nothing is drawn yet;
// progress while it opens; a notice when its kernel is gone; a farewell when it closes.
(() => {
  "use strict";
  const PULSE_MS = 4000;      // two missed pulses make a notice, so a loss is told within ten seconds
  const QUIET_MS = 150;
  const LONGEST_MS = 15000;
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const stored = (name) => { try { return localStorage.getItem(name); } catch (_) { return null; } };
  const store = (name, value) => { try { localStorage.setItem(name, value); } catch (_) { /* nowhere to keep it */ } };

  // The key opened the door and is a cookie now; it must not travel on in a copied address.
  const address = new URL(location.href);
  if (address.searchParams.has("token")) {
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }

  // The language asked for, or asked for last time, or the browser's. Prose in another one has a twin in the reader's.
  const code = (address.searchParams.get("lang") || stored("crossborder-language") || navigator.language || "en").slice(0, 2).toLowerCase();
  root.lang = code === "zh" ? "zh-CN" : "en";
  if (root.dataset.twin && !root.lang.startsWith(root.dataset.language)) {
    const twin = new URL(root.dataset.twin, location.href);
    twin.search = location.search;
    location.replace(twin);
  }

  // A still picture is of the settings that the page opens with; asked for others, it would tell something else.
  const PLAIN = ["lang", "theme", "token", "currency"];
  if ([...address.searchParams.keys()].some((name) => !PLAIN.includes(name))) root.dataset.asked = "yes";

  // Light or dark: as asked for, as chosen last time, or as the system is.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const THEMES = ["auto", "light", "dark"];
  function shine(choice) {
    root.dataset.themeChoice = choice;
    const theme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
    if (theme === root.dataset.theme) return;
    root.dataset.theme = theme;
    dispatchEvent(new CustomEvent("crossborder-theme", { detail: theme }));
  }
  const wanted = address.searchParams.get("theme") || stored("crossborder-theme");
  shine(THEMES.includes(wanted) ? wanted : "auto");
  dark.addEventListener("change", () => shine(root.dataset.themeChoice));
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("button[data-theme-choice]")?.dataset.themeChoice;
    if (!choice) return;
    store("crossborder-theme", choice);
    shine(choice);
    tend();
  });

  // A form of the still page has nobody to take it yet; sent by the browser itself it would load the page anew.
  document.addEventListener("submit", (event) => { if (event.target.closest(".xb-still")) event.preventDefault(); });

  // The reader sees the still page first; only then the browser is kept busy by what makes it live.
  function run(link, type) {
    const script = document.createElement("script");
    if (type) script.type = type;
    script.src = link.href;
    for (const name of Object.keys(link.dataset)) script.dataset[name] = link.dataset[name];
    script.onerror = () => { script.dataset.failed = ""; };
    link.replaceWith(script);
  }
  function enliven() {
    clearTimeout(hidden);
    const link = document.querySelector("link[data-module]");
    if (link) run(link, "module");
  }
  const hidden = setTimeout(enliven, 400); // a page that nobody looks at is never painted
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(enliven, 0)));

  // anywidget gives a widget two seconds to start and then leaves it empty; a busy machine needs longer.
  const limit = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (milliseconds) => limit(milliseconds === 2000 ? 60000 : milliseconds);

  let found;
  let complete;
  const page = {
    config: new Promise((resolve) => { found = resolve; }),     // what the page knows of its kernel
    cells: new Promise((resolve) => { complete = resolve; }),   // all cells have run
    keep: null,                                                 // how to keep the reader's inputs over a reload
    // The module has begun and waits for its kernel: time for plotly, a quarter of a second's work
    draws() {
      const link = document.querySelector("link[data-plotly]");
      if (link) run(link);
    },
    progress(index, count) {
      const bar = document.querySelector(".xb-opening-line i");
      if (bar) bar.style.inlineSize = `${Math.round((100 * index) / (count + 1))}%`;
    },
    // All cells have run; Voila's own front end, where it serves, draws them as soon as its theme is there.
    complete() {
      page.progress(1, 0.25);
      window.cellLoaded = true;
      if (window.themeLoaded) page.opened();
      page.watch();
    },
    // The text can be read; pictures are still on their way.
    opened() {
      document.body.classList.add("xb-opened");
      setTimeout(page.drawn, LONGEST_MS);
      page.look();
    },
    failed() {
      page.notice("lost");
      page.drawn();
    },
    // Drawn is when no output is on its way and nothing has changed for a moment.
    look() {
      const cells = byId("rendered_cells");
      clearTimeout(page.quiet);
      if (!document.body.classList.contains("xb-opened") || !cells) return;
      const waiting = cells.querySelector("script[type='application/vnd.voila.cell-output+json'], .xb-waiting, [data-waiting]");
      const outputs = [...cells.querySelectorAll(".jp-OutputArea-output")];
      if (waiting || outputs.some((output) => output.textContent === "Loading widget...")) return;
      page.quiet = setTimeout(page.drawn, QUIET_MS);
    },
    drawn() {
      byId("xb-opening")?.remove();
      document.body.classList.add("xb-drawn");
    },
    notice(why) {
      const notice = byId("xb-lost");
      notice.hidden = !why;
      for (const text of notice.querySelectorAll("[data-why]")) text.hidden = text.dataset.why !== why;
    },
    watch() {
      const config = JSON.parse(byId("jupyter-config-data").textContent);
      const pulse = `${config.baseUrl}crossborder/pulse/${config.kernelId}`;
      let missed = 0;
      let timer = 0;
      async function beat() {
        clearTimeout(timer);
        let alive = null;
        try {
          const answer = await fetch(pulse, { cache: "no-store", signal: AbortSignal.timeout(PULSE_MS) });
          alive = answer.ok ? (await answer.json()).alive : answer.status === 403 ? false : null;
        } catch (_) {
          alive = null;
        }
        missed = alive === null ? missed + 1 : 0;
        if (alive === false) page.notice("asleep");
        else if (missed >= 2) page.notice("lost");
        else if (alive) page.notice(null);
        if (alive !== false) timer = setTimeout(beat, PULSE_MS);
      }
      timer = setTimeout(beat, PULSE_MS);
      document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
      let parted = false;
      const part = (event) => {
        if (parted || event.persisted) return;
        const goodbye = new FormData();
        goodbye.append("_xsrf", /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie)?.[1] || "");
        parted = navigator.sendBeacon(`${config.baseUrl}crossborder/farewell/${config.kernelId}`, goodbye);
      };
      window.addEventListener("pagehide", part);
      // Firefox, ending the process of a closed tab, breaks off the script it finds there: every other farewell was lost.
      window.addEventListener("pagehide", (event) => part(event));
      window.addEventListener("pageshow", (event) => { if (event.persisted) beat(); });
    },
  };
  window.crossborderPage = page;

  document.addEventListener("click", async (event) => {
    if (!event.target.closest("[data-go-on]")) return;
    try { await page.keep?.(); } finally { location.reload(); }
  });

  // Voila's shell is no landmark, ipywidgets leave a slider without a name and write the tooltip "null", and a page's
  // head does not know which theme was chosen: all mended as they appear.
  let labels = 0;
  function tend() {
    byId("main")?.setAttribute("role", "main");
    for (const element of document.querySelectorAll('[title="null"]')) element.removeAttribute("title");
    for (const choice of document.querySelectorAll("button[data-theme-choice]")) {
      const on = String(choice.dataset.themeChoice === root.dataset.themeChoice);
      if (choice.getAttribute("aria-pressed") !== on) choice.setAttribute("aria-pressed", on);
    }
    for (const slider of document.querySelectorAll(".widget-slider:not([data-named])")) {
      const label = slider.querySelector(".widget-label");
      const handles = slider.querySelectorAll('[role="slider"]');
      if (!label || !handles.length) continue;
      slider.dataset.named = "";
      label.id ||= `xb-label-${++labels}`;
      for (const part of [...handles, ...slider.querySelectorAll(".widget-readout")]) {
        part.setAttribute("aria-labelledby", label.id);
      }
      const readout = slider.querySelector('.widget-readout[contenteditable="true"]');
      if (readout) readout.setAttribute("role", "textbox");
    }
  }
  let tending = 0;
  const watcher = new MutationObserver(() => {
    const known = byId("jupyter-config-data");
    if (known && known.nextSibling) found(JSON.parse(known.textContent)); // what follows it is there, so it is whole
    tending ||= requestAnimationFrame(() => {
      tending = 0;
      tend();
      if (document.body?.classList.contains("xb-drawn")) return;
      const cells = byId("rendered_cells");
      if (cells?.dataset.cells) page.progress(cells.querySelectorAll(".xb-cell").length, Number(cells.dataset.cells));
      page.look();
    });
  });
  watcher.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["title", "data-waiting"] });
  document.addEventListener("DOMContentLoaded", () => {
    const known = byId("jupyter-config-data"); // missing where the page was given up for its twin: Firefox calls that loaded
    found(JSON.parse(known?.textContent || "{}"));
    complete();
    if (known && root.dataset.frontEnd === "lean") page.complete();
  });

  // Names that Voila's server and front end call
  window.voila_heartbeat = () => {};
  window.voila_process = (index, count) => page.progress(index, count);
  window.voila_finish = () => page.opened();
  window.display_cells = () => page.opened();
  window.update_loading_text = () => {};
})();
