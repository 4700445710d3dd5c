// Runs in every page before the page's own scripts and notes, on the page's own clock, when pictures appear and change.
// The same rules hold for every contender; open shadow roots are looked into as the document is.
(() => {
  const LONG_PATH = 400; // letters of path data: a line through 120 points, not an icon
  const WIDE_PX = 200;
  const GIVE_UP_MS = 60000;
  const STEP_GIVE_UP_MS = 2000;

  const roots = [document];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, how);
    roots.push(root);
    return root;
  };

  function find(selector) {
    for (const root of roots) {
      const found = root.querySelector(selector);
      if (found) return found;
    }
    return null;
  }

  // A drawn line that a person could see: wide, not hidden, in a picture made by anybody
  function picture() {
    for (const root of roots) {
      for (const line of root.querySelectorAll("svg path, svg polyline")) {
        if ((line.getAttribute("d") || line.getAttribute("points") || "").length < LONG_PATH) continue;
        const seen = line.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        if (seen && line.getBoundingClientRect().width > WIDE_PX) return true;
      }
    }
    return false;
  }

  const live = () => Boolean(find(".js-plotly-plot .scatterlayer path.js-line")?.getAttribute("d"));
  const title = () => (find(".js-plotly-plot .gtitle") || find(".xb-chart-title"))?.textContent || "";
  const mark = () => find(".js-plotly-plot .scatterlayer .points path")?.getAttribute("transform") || "";

  const watch = (window.pageWatch = {});
  const seen = { pictureMs: null, liveMs: null };

  // When both are there: milliseconds since the page was asked for.
  watch.drawn = new Promise((answer, refuse) => {
    (function look() {
      const now = performance.now();
      if (seen.liveMs === null && live()) seen.liveMs = now;
      if (seen.pictureMs === null && picture()) seen.pictureMs = now;
      if (seen.liveMs !== null && seen.pictureMs !== null) answer({ ...seen, started: performance.timeOrigin });
      else if (now < GIVE_UP_MS) setTimeout(look, 8);
      else refuse(new Error(`after ${GIVE_UP_MS / 1000} s there was ${seen.pictureMs === null ? "no picture" : "no live chart"}`));
    })();
  });
  watch.drawn.catch(() => {}); // whoever asks hears of it

  // Wait for the next input of a kind; its outcome is the milliseconds until both title and mark are others, or null.
  watch.expect = (kind) => {
    const before = { title: title(), mark: mark() };
    watch.outcome = new Promise((answer) => {
      window.addEventListener(kind, (event) => {
        const started = event.timeStamp;
        requestAnimationFrame(function check() {
          const now = performance.now();
          if (title() !== before.title && mark() !== before.mark) answer(now - started);
          else if (now - started > STEP_GIVE_UP_MS) answer(null);
          else requestAnimationFrame(check);
        });
      }, { capture: true, once: true });
    });
  };
})();
