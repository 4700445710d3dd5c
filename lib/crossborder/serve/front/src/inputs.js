// What a reader has set on this page, so that it can be set again after a loss: values of stock controls, changes that
// our own control panels were asked for, and what stands in forms.
const SETTABLE = ["value", "index", "selected_index"];
const LOST = /^(FileUpload|Output)Model$/; // a page may not choose a file by itself
const PLACE = `crossborder-inputs:${location.pathname}`;

const plain = (value) => value === null || ["string", "number", "boolean"].includes(typeof value)
  || (Array.isArray(value) && value.every(plain));

// Models in the order in which Python made them, each under a name that a new run of the notebook gives it again
async function named(manager) {
  const counts = {};
  const models = await Promise.all(Object.values(manager._models));
  return models.filter((model) => model.name).map((model) => {
    const n = (counts[model.name] = (counts[model.name] || 0) + 1);
    return [`${model.name}#${n}`, model];
  });
}

const panel = (model) => model.module === "anywidget" && model.get("shown")?.values && model.get("asked") !== undefined;
const pending = (model) => Object.fromEntries(Object.entries(model.get("asked").changes || {}).map(([name, [, value]]) => [name, value]));

function forms() {
  return [...document.querySelectorAll("form[data-form]")].map((form) => [...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

export async function snapshot(manager) {
  const models = {};
  for (const [name, model] of await named(manager)) {
    if (!manager.touched.has(model)) continue;
    if (panel(model)) {
      models[name] = { ...model.get("shown").values, ...pending(model) };
    } else if (model.module === "@jupyter-widgets/controls" && !LOST.test(model.name)) {
      const set = SETTABLE.filter((key) => model.has(key) && plain(model.get(key)));
      if (set.length) models[name] = Object.fromEntries(set.map((key) => [key, model.get(key)]));
    }
  }
  return { models, forms: forms() };
}

export function keep(inputs) {
  try { sessionStorage.setItem(PLACE, JSON.stringify(inputs)); } catch (_) { /* nowhere to keep it */ }
}

export function takeKept() {
  try {
    const found = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    return found ? JSON.parse(found) : null;
  } catch (_) {
    return null;
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export async function restore(manager, kept) {
  for (const [name, model] of await named(manager)) {
    const wanted = kept.models[name];
    if (!wanted) continue;
    if (panel(model)) {
      const { values, seq } = model.get("shown");
      const changed = Object.entries(wanted).filter(([key, value]) => key in values && !same(values[key], value));
      if (!changed.length) continue;
      const changes = Object.fromEntries(changed.map(([key, value], i) => [key, [seq + i + 1, value]]));
      model.set("asked", { seq: seq + changed.length, changes, final: true });
      model.save_changes();
    } else {
      const changed = Object.entries(wanted).filter(([key, value]) => model.has(key) && !same(model.get(key), value));
      if (!changed.length) continue;
      model.set(Object.fromEntries(changed));
      model.save_changes();
    }
  }
  kept.forms.forEach((entries, i) => refill(document.querySelectorAll("form[data-form]")[i], entries));
}

function refill(form, entries) {
  for (const [name, value] of entries) {
    for (const field of form?.elements[name] instanceof RadioNodeList ? form.elements[name] : [form?.elements[name]].filter(Boolean)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = field.checked || field.value === value;
      else field.value = value;
    }
  }
}
