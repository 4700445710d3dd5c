// The controls of one scenario, as native fields: each has its name, its unit, its bounds, its error beside it.

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") node.className = value;
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

const STEPS = 240; // positions of a logarithmic slider
const tidy = (x) => Number(Number(x).toPrecision(12));
const toPosition = (spec, value) => spec.log
  ? Math.round((STEPS * Math.log(value / spec.low)) / Math.log(spec.high / spec.low))
  : value;
function fromPosition(spec, position) {
  if (!spec.log) return tidy(position);
  if (position <= 0) return spec.low;
  if (position >= STEPS) return spec.high;
  const value = Number((spec.low * Math.pow(spec.high / spec.low, position / STEPS)).toPrecision(3));
  return spec.kind === "whole" ? Math.round(value) : Math.min(Math.max(value, spec.low), spec.high);
}
function shownNumber(spec, value) {
  const scaled = tidy(value * spec.scale);
  return Math.abs(scaled) >= 10000 ? scaled.toLocaleString("en-US") : String(Number(scaled.toPrecision(6))).replace("-", "−");
}
function readNumber(spec, text) {
  const clean = text.trim().replace(/[\s%，]/g, "").replace("−", "-").replace(/,(?=\d{3}(\D|$))/g, "").replace(",", ".");
  return clean === "" || Number.isNaN(Number(clean)) ? NaN : tidy(Number(clean) / spec.scale);
}

let nextId = 0;

function render({ model, el }) {
  el.classList.add("xb", "xb-controls");
  el.addEventListener("focusin", (event) => { event.target.dataset.lmSuppressShortcuts = "true"; }); // JupyterLab, hands off
  const id = `xb${++nextId}${Math.random().toString(36).slice(2, 7)}`;
  let fields = {};
  let seq = model.get("shown").seq || 0;
  const asked = {}; // name -> [number of the last change made here, value]

  // One property, set whole: while Python is busy the front end merges what follows, so the newest position wins
  function ask(name, value, final) {
    asked[name] = [++seq, value];
    model.set("asked", { seq, changes: { ...asked }, final });
    model.save_changes();
  }

  const explain = (spec) => spec.help ? make("p", { class: "xb-small xb-help" }, spec.help) : "";
  function origin(spec) {
    if (!spec.origin) return "";
    const body = make("div", { class: "xb-origin-body" });
    body.innerHTML = spec.origin; // made and escaped by our own library
    const fold = make("details", { class: "xb-origin" }, make("summary", { "aria-label": spec.origin_label, title: spec.origin_label }, make("span", { "aria-hidden": "true" }, "i")), body);
    return fold;
  }

  function numberField(spec) {
    const range = spec.log
      ? make("input", { type: "range", id: `${id}-${spec.name}`, min: 0, max: STEPS, step: 1 })
      : make("input", { type: "range", id: `${id}-${spec.name}`, min: spec.low, max: spec.high, step: spec.step });
    const exact = make("input", { type: "text", inputmode: "decimal", class: "xb-exact", autocomplete: "off", "aria-label": spec.exact_label, size: 5 });
    const unit = make("span", { class: "xb-unit" }, spec.unit);
    const paint = (value) => {
      range.value = toPosition(spec, value);
      const share = spec.log ? range.value / STEPS : (value - spec.low) / ((spec.high - spec.low) || 1);
      range.style.setProperty("--xb-filled", `${Math.round(100 * Math.min(Math.max(share, 0), 1))}%`);
      range.setAttribute("aria-valuetext", `${shownNumber(spec, value)} ${spec.unit}`.trim());
      if (document.activeElement !== exact || !exact.dataset.typing) { exact.value = shownNumber(spec, value); exact.size = Math.max(exact.value.length, 3); }
    };
    const moved = (final) => { const value = fromPosition(spec, Number(range.value)); paint(value); ask(spec.name, value, final); };
    range.addEventListener("input", () => moved(false));
    range.addEventListener("change", () => moved(true));
    exact.addEventListener("input", () => { exact.dataset.typing = "yes"; });
    exact.addEventListener("keydown", (event) => { if (event.key === "Enter") exact.blur(); });
    exact.addEventListener("change", () => {
      delete exact.dataset.typing;
      const value = readNumber(spec, exact.value);
      ask(spec.name, Number.isNaN(value) ? exact.value : value, true);
    });
    exact.addEventListener("blur", () => { delete exact.dataset.typing; });
    range.setAttribute("aria-label", spec.full_label);
    const node = make("div", {}, make("div", { class: "xb-head" }, make("label", { for: range.id }, spec.label), make("span", { class: "xb-value" }, exact, unit)), range);
    return { node, paint, focus: range };
  }

  function choiceField(spec) {
    if (spec.options.length <= 3 && spec.options.every(([, label]) => label.length <= 22)) {
      const radios = spec.options.map(([value, label], i) => {
        const radio = make("input", { type: "radio", name: `${id}-${spec.name}`, id: `${id}-${spec.name}-${i}`, value });
        radio.addEventListener("change", () => radio.checked && ask(spec.name, value, true));
        return make("span", {}, radio, make("label", { for: radio.id }, label));
      });
      const node = make("fieldset", { class: "xb-segments" }, make("legend", {}, spec.label), make("div", {}, ...radios));
      return { node, paint: (value) => radios.forEach((span) => { span.firstChild.checked = span.firstChild.value === value; }), focus: radios[0].firstChild };
    }
    const select = make("select", { id: `${id}-${spec.name}` }, ...spec.options.map(([value, label]) => make("option", { value }, label)));
    select.addEventListener("change", () => ask(spec.name, select.value, true));
    return { node: make("div", {}, make("div", { class: "xb-head" }, make("label", { for: select.id }, spec.label)), select), paint: (value) => { select.value = value; }, focus: select };
  }

  function flagField(spec) {
    const box = make("input", { type: "checkbox", role: "switch", id: `${id}-${spec.name}` });
    box.addEventListener("change", () => ask(spec.name, box.checked, true));
    return { node: make("div", { class: "xb-flag" }, box, make("label", { for: box.id }, spec.label)), paint: (value) => { box.checked = value; }, focus: box };
  }

  function dayField(spec) {
    const day = make("input", { type: "date", id: `${id}-${spec.name}`, min: spec.low, max: spec.high });
    day.addEventListener("change", () => day.value && ask(spec.name, day.value, true));
    return { node: make("div", {}, make("div", { class: "xb-head" }, make("label", { for: day.id }, spec.label)), day), paint: (value) => { day.value = value; }, focus: day };
  }

  function formulaField(spec) {
    const field = make("textarea", { id: `${id}-${spec.name}`, rows: 2, spellcheck: "false", autocapitalize: "off", class: "xb-formula-field" });
    field.addEventListener("change", () => ask(spec.name, field.value, true));
    field.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); ask(spec.name, field.value, true); } });
    const presets = spec.presets || [];
    if (!presets.length) {
      const paint = (value) => { if (document.activeElement !== field) field.value = value; };
      return { node: make("div", {}, make("div", { class: "xb-head" }, make("label", { for: field.id }, spec.label)), field), paint, focus: field };
    }
    // Known formulas by name; the last entry opens the field for one's own
    const select = make("select", { id: `${id}-${spec.name}-known` }, ...presets.map(([value, label]) => make("option", { value }, label)), make("option", { value: "" }, spec.own));
    const text = make("code", { class: "xb-formula-text" });
    field.setAttribute("aria-label", `${spec.label}: ${spec.own}`);
    let own = false;
    const paint = (value) => {
      const known = presets.some(([preset]) => preset === value);
      if (!known) own = true;
      select.value = own ? "" : value;
      field.hidden = !own;
      text.hidden = own;
      text.textContent = value;
      if (document.activeElement !== field) field.value = value;
    };
    select.addEventListener("change", () => {
      own = select.value === "";
      if (own) { field.hidden = false; text.hidden = true; field.focus(); } else ask(spec.name, select.value, true);
    });
    return { node: make("div", {}, make("div", { class: "xb-head" }, make("label", { for: select.id }, spec.label)), select, text, field), paint, focus: select };
  }

  const kinds = { number: numberField, whole: numberField, choice: choiceField, flag: flagField, day: dayField, formula: formulaField };

  function control(spec) {
    const field = kinds[spec.kind](spec);
    const error = make("p", { class: "xb-error", id: `${id}-${spec.name}-error`, role: "alert" });
    const whence = origin(spec), mine = make("p", { class: "xb-mine", hidden: "" });
    if (whence) whence.querySelector(".xb-origin-body").prepend(mine);
    const node = make("div", { class: "xb-control", "data-name": spec.name, "data-kind": spec.kind }, field.node, whence, explain(spec), error);
    fields[spec.name] = { ...field, error, node, mine };
    return node;
  }

  function build(shown) {
    const open = el.querySelector("details.xb-more")?.open;
    const focused = document.activeElement?.closest?.("[data-name]")?.dataset.name;
    fields = {};
    el.replaceChildren();
    if (shown.heading) el.append(make("h2", { class: "xb-controls-title" }, shown.heading));
    el.append(...shown.controls.filter((spec) => spec.main).map(control));
    const rest = shown.controls.filter((spec) => !spec.main);
    if (rest.length) {
      const groups = [];
      for (const spec of rest) {
        if (!groups.length || groups.at(-1).name !== spec.group) groups.push({ name: spec.group, nodes: [] });
        groups.at(-1).nodes.push(control(spec));
      }
      const fold = make("details", { class: "xb-more" }, make("summary", {}, shown.more), ...groups.flatMap((group) => [group.name ? make("h3", {}, group.name) : "", ...group.nodes]));
      fold.open = Boolean(open);
      el.append(fold);
    }
    const buttons = shown.buttons.map(([action, label]) => {
      const button = make("button", { type: "button", class: "xb-quiet", "data-action": action }, label);
      button.addEventListener("click", () => model.send({ action }));
      return button;
    });
    if (buttons.length) el.append(make("div", { class: "xb-buttons" }, ...buttons));
    if (focused && fields[focused]) fields[focused].focus.focus();
  }

  function update() {
    const { seq: heard, values, errors, enabled, mine } = model.get("shown");
    for (const button of el.querySelectorAll("button[data-action]")) {
      button.disabled = !enabled.includes(button.dataset.action);
      button.hidden = button.disabled && button.dataset.action === "drop";
    }
    for (const [name, field] of Object.entries(fields)) {
      const underway = (asked[name] || [0])[0] > heard; // a change made here has not reached Python yet
      if (!underway) { field.paint(values[name]); delete asked[name]; }
      field.mine.textContent = mine[name] || "";
      field.mine.hidden = !mine[name];
      const error = errors[name] || "";
      if (field.error.textContent !== error) field.error.textContent = error;
      field.error.hidden = !error;
      field.node.classList.toggle("xb-wrong", Boolean(error));
      if (error) { field.focus.setAttribute("aria-invalid", "true"); field.focus.setAttribute("aria-describedby", field.error.id); }
      else { field.focus.removeAttribute("aria-invalid"); field.focus.removeAttribute("aria-describedby"); }
    }
    seq = Math.max(seq, heard);
  }
  const rebuild = () => { build(model.get("described")); update(); };
  model.on("change:described", rebuild);
  model.on("change:shown", update);
  rebuild();
}

export default { render };
