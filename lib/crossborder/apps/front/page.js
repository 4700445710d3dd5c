// The page tells the kernel its address, and the kernel tells the page its title, language and new address.
const inServedPage = () => document.documentElement.dataset.crossborder === "page";

function stored() {
  try { return localStorage.getItem("crossborder-language"); } catch (_) { return null; }
}

function withoutKey(search) {
  const query = new URLSearchParams(search);
  query.delete("token");
  return query.toString();
}

function arrive(model) {
  if (model.get("arrived")) return;   // a second browser on the same kernel changes nothing
  const query = withoutKey(location.search);
  const asked = new URLSearchParams(query).get("lang") || stored() || navigator.language || "en";
  model.set("query", query);
  model.set("address", location.origin + location.pathname);
  model.set("asked_language", asked.slice(0, 2).toLowerCase() === "zh" ? "zh" : "en");
  model.set("arrived", true);
  model.save_changes();
}

function follow(model) {
  const apply = {
    title() {
      if (inServedPage() && model.get("title")) document.title = model.get("title");
    },
    language() {
      const code = model.get("language");
      if (!code) return;
      if (inServedPage()) document.documentElement.lang = code === "zh" ? "zh-CN" : code;
      try { localStorage.setItem("crossborder-language", code); } catch (_) {}
    },
    new_query() {
      if (!inServedPage() || !model.get("arrived")) return; // before, the address is the one that was asked for
      const address = new URL(location.href);
      address.search = model.get("new_query");
      if (address.href === location.href) return;
      history[model.get("steps") ? "pushState" : "replaceState"](null, "", address);
    },
  };
  for (const [name, act] of Object.entries(apply)) {
    model.on(`change:${name}`, act);
    act();
  }
}

function goBack(model) {
  if (!inServedPage()) return;
  window.addEventListener("popstate", () => {
    model.set("query", withoutKey(location.search));
    model.set("new_query", model.get("query")); // what is there again can be left again for what was shown before
    model.set("went_back", model.get("went_back") + 1);
    model.save_changes();
  });
}

export default {
  initialize({ model }) {
    follow(model);
    goBack(model);
    arrive(model);
  },
  render({ el }) {
    el.hidden = true;
  },
};
