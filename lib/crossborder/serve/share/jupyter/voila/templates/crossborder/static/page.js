// The page around a notebook: progress while it opens, a notice when its kernel is gone, a farewell when it closes.
(() => {
  "use strict";
  const PULSE_MS = 4000;      // two missed pulses make a notice, so a loss is told within ten seconds
  const QUIET_MS = 150;
  const byId = (id) => document.getElementById(id);

  // The key opened the door and is a cookie now; it must not travel on in a copied address.
  const address = new URL(location.href);
  if (address.searchParams.has("token")) {
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }

  // anywidget gives a widget two seconds to start and then leaves it empty; a busy machine needs longer.
  const limit = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (milliseconds) => limit(milliseconds === 2000 ? 60000 : milliseconds);

  const page = {
    progress(index, count) {
      const bar = document.querySelector(".xb-opening-line i");
      if (bar) bar.style.inlineSize = `${Math.round((100 * index) / (count + 1))}%`;
    },
    // All cells have run; Voila's front end draws them as soon as its theme is there.
    complete() {
      page.progress(1, 0.25);
      window.cellLoaded = true;
      if (window.themeLoaded) page.opened();
      page.watch();
    },
    // The text can be read; widgets are still on their way.
    opened() {
      document.body.classList.add("xb-opened");
      setTimeout(page.drawn, 15000);
      page.look();
    },
    // Drawn is when no output is on its way and nothing has changed for a moment.
    look() {
      const cells = byId("rendered_cells");
      clearTimeout(page.quiet);
      if (!document.body.classList.contains("xb-opened") || !cells) return;
      const waiting = cells.querySelector("script[type='application/vnd.voila.cell-output+json']");
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
      if (why) notice.querySelector("a").href = location.href;
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
          alive = answer.ok && (await answer.json()).alive;
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
      window.addEventListener("pagehide", (event) => {
        if (!event.persisted) navigator.sendBeacon(`${config.baseUrl}crossborder/farewell/${config.kernelId}`);
      });
      window.addEventListener("pageshow", (event) => { if (event.persisted) beat(); });
    },
  };
  window.crossborderPage = page;

  // Voila's shell is no landmark, ipywidgets leave a slider without a name and write the tooltip "null": all mended
  // as they appear.
  let labels = 0;
  function nameControls() {
    byId("main")?.setAttribute("role", "main");
    for (const element of document.querySelectorAll('[title="null"]')) element.removeAttribute("title");
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
  let naming = 0;
  const watcher = new MutationObserver(() => {
    naming ||= requestAnimationFrame(() => {
      naming = 0;
      nameControls();
      if (!document.body.classList.contains("xb-drawn")) page.look();
    });
  });
  watcher.observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["title"] });

  // Names that Voila's server and front end call
  window.voila_heartbeat = () => {};
  window.voila_process = (index, count) => page.progress(index, count);
  window.voila_finish = () => page.opened();
  window.display_cells = () => page.opened();
  window.update_loading_text = () => {};
})();
