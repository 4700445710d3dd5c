// Text made by Python (escaped there), in named parts: only a part that changed is replaced, so a screen reader
// hears what is new and the keyboard keeps its place. What is clicked inside goes back to Python as an action.

function save(name, type, bytes) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// A notebook's address: a served page in Voila, the notebook itself in JupyterLab.
function addressOf(path, query) {
  const page = document.getElementById("jupyter-config-data");
  const base = (page && JSON.parse(page.textContent).baseUrl) || "/";
  if (document.body.dataset.voila || location.pathname.includes("/voila/render/")) {
    return `${base}voila/render/${path.split("/").map(encodeURIComponent).join("/")}${query ? `?${query}` : ""}`;
  }
  const opened = decodeURIComponent(location.pathname).split("/tree/")[1] || "";
  const root = opened.split("/").slice(0, -1).filter((part) => !["dashboards", "lessons", "analysis", "zh"].includes(part)).join("/");
  return `${base}lab/tree/${root ? `${root}/` : ""}${path}`;
}

function render({ model, el, signal }, searched) {
  el.classList.add("xb");
  el.addEventListener("focusin", (event) => { event.target.dataset.lmSuppressShortcuts = "true"; }); // JupyterLab, hands off
  const box = document.createElement("div");
  el.append(box);
  let shown = {};

  function links(scope) {
    for (const link of scope.querySelectorAll("a[data-notebook]")) link.href = addressOf(link.dataset.notebook, link.dataset.query);
    for (const field of scope.querySelectorAll("[data-address]")) {
      const here = new URL(location.href);
      here.search = field.dataset.address;
      here.hash = "";
      field.textContent = document.body.dataset.voila ? here.href : `?${field.dataset.address}`;
    }
  }

  function fill() {
    const parts = model.get("parts");
    for (const node of box.querySelectorAll("[data-part]")) {
      const html = parts[node.dataset.part] || "";
      if (shown[node.dataset.part] === html) continue;
      const focus = node.contains(document.activeElement) ? document.activeElement : null;
      const open = [...node.querySelectorAll("details[open][data-key]")].map((fold) => fold.dataset.key);
      node.innerHTML = html;
      for (const fold of node.querySelectorAll("details[data-key]")) if (open.includes(fold.dataset.key)) fold.open = true;
      shown[node.dataset.part] = html;
      links(node);
      if (focus) { // the keyboard stays where it was, or at least in the part that changed
        const same = [...node.querySelectorAll("[data-action], [name], button[type=submit]")].find((n) => n.type === focus.type && n.name === focus.name
          && n.dataset.action === focus.dataset.action && n.dataset.value === focus.dataset.value && (n.type !== "radio" || n.value === focus.value));
        if (!same) { node.tabIndex = -1; node.style.outline = "none"; }
        (same || node).focus({ preventScroll: true });
      }
    }
  }

  function build() {
    const open = [...box.querySelectorAll("details[open][data-section]")].map((fold) => fold.dataset.section);
    shown = {};
    box.innerHTML = model.get("skeleton");
    for (const fold of box.querySelectorAll("details[data-section]")) if (open.includes(fold.dataset.section)) fold.open = true;
    links(box);
    fill();
    searchAgain();
  }

  const send = (action, value) => model.send({ action, value: value ?? null });

  box.addEventListener("click", async (event) => {
    const target = event.target.closest("[data-action], [data-copy], [data-pick]");
    if (!target || !box.contains(target)) return;
    if (target.dataset.copy) {
      const text = box.querySelector(target.dataset.copy)?.textContent ?? "";
      try {
        await navigator.clipboard.writeText(text);
      } catch (_) { // no permission, or not a secure page: the old way
        const field = document.createElement("textarea");
        field.value = text;
        document.body.append(field);
        field.select();
        document.execCommand("copy");
        field.remove();
      }
      const said = box.querySelector("[data-said]");
      target.dataset.done = "yes";
      if (said) said.textContent = target.dataset.copied || "";
      setTimeout(() => delete target.dataset.done, 1600);
    } else if (target.dataset.pick) {
      const group = target.closest("[data-picks]");
      for (const other of group.querySelectorAll("[data-pick]")) other.setAttribute("aria-pressed", String(other === target));
      search();
    } else if (target.type !== "checkbox" && target.tagName !== "SELECT") {
      send(target.dataset.action, target.dataset.value);
    }
  });
  box.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-form]");
    if (!form) return;
    event.preventDefault();
    send(form.dataset.form, Object.fromEntries(new FormData(form)));
  });
  box.addEventListener("change", (event) => {
    const target = event.target.closest("select[data-action], input[type=checkbox][data-action]");
    if (target) send(target.dataset.action, target.type === "checkbox" ? target.checked : target.value);
  });
  box.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (fold.dataset && fold.dataset.section) send(fold.open ? "open" : "close", fold.dataset.section);
  }, true);

  function searchAgain() {
    for (const field of box.querySelectorAll("input[data-search]")) field.value = searched.text;
    for (const [name, value] of searched.picked) {
      for (const chip of box.querySelectorAll(`[data-picks="${name}"] [data-pick]`)) chip.setAttribute("aria-pressed", String(chip.dataset.pick === value));
    }
    search();
  }

  // A list that the reader searches: plain text, no patterns; nothing leaves the page
  function search() {
    const field = box.querySelector("input[data-search]");
    if (!field) return;
    const wanted = field.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const picked = [...box.querySelectorAll("[data-picks]")].map((group) => [group.dataset.picks, group.querySelector("[aria-pressed=true]")?.dataset.pick || "*"]);
    Object.assign(searched, { text: field.value, picked });
    let n = 0;
    for (const card of box.querySelectorAll("[data-card]")) {
      const text = card.textContent.toLowerCase();
      const fits = wanted.every((word) => text.includes(word)) && picked.every(([name, value]) => value === "*" || card.dataset[name] === value);
      card.hidden = !fits;
      n += fits;
    }
    const count = box.querySelector("[data-count]");
    if (count) count.textContent = count.dataset.count.replace("{n}", n);
    const none = box.querySelector("[data-none]");
    if (none) none.hidden = n > 0;
  }
  box.addEventListener("input", (event) => event.target.matches("input[data-search]") && search());

  // Into sight, and the keyboard to it if what it was at has gone; not on a page on which nobody has done anything yet
  function look() {
    const target = model.get("look_at") && navigator.userActivation?.hasBeenActive !== false && box.querySelector(model.get("look_at"));
    if (!target) return;
    const { top, bottom } = target.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) target.scrollIntoView({ block: target.matches("button") ? "center" : "start" });
    if (document.activeElement !== document.body) return;
    if (!target.matches("button")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
  const lookWhenThere = () => (el.isConnected ? look() : signal?.aborted || requestAnimationFrame(lookWhenThere));

  model.on("change:skeleton", build);
  model.on("change:parts", () => { fill(); search(); });
  model.on("msg:custom", (message, buffers) => {
    if (message.kind === "download") save(message.name, message.mime, buffers[0]);
    if (message.kind === "language") document.documentElement.lang = message.lang;
    if (message.kind === "title") document.title = message.title;
  });
  model.on("change:look_at", lookWhenThere);
  build();
  lookWhenThere();
  const said = model.get("on_view");
  if (said) send(said, null);
}

// What a reader searches for is the same in every view: a list that made way for something else comes back as it was
export default () => {
  const searched = { text: "", picked: [] };
  return { render: (view) => render(view, searched) };
};
