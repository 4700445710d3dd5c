// Knows stock widgets, anywidgets and the Output widget; nothing else is loaded, from nowhere.
import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import * as controls from "@jupyter-widgets/controls";
import { MessageLoop } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import anywidget from "anywidget";
import { latexTypesetter } from "./math.js";
import * as output from "./output.js";
import { harmless } from "./sanitizer.js";
import { FileUploadView } from "./upload.js";

// A value of HTML is data too: it is cleaned before it is shown
const cleaned = (View) => class extends View {
  update(options) {
    this.content.innerHTML = harmless(this.model.get("value"));
    if (this.content.classList.contains("widget-htmlmath-content")) this.typeset(this.content);
    return base.DOMWidgetView.prototype.update.call(this, options);
  }
};

const MODULES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": { ...controls, FileUploadView, HTMLView: cleaned(controls.HTMLView), HTMLMathView: cleaned(controls.HTMLMathView) },
  "@jupyter-widgets/output": output,
  anywidget: anywidget(base),
};

const MODEL_MS = 30000;
const EMPTY_MS = 2000; // an anywidget that shows nothing at all is not waited for longer

export class PageManager extends ManagerBase {
  constructor(line) {
    super();
    this.line = line;
    this.listeners = new Map();
    this.pending = new Set();
    this.touched = new Set(); // models that were set here, not told by Python
    this._rendermime = { latexTypesetter }; // where stock widgets look for whoever sets formulas
    line.onCommOpen((comm, message) => this.handle_comm_open(comm, message));
    line.onOutput((message) => this.listeners.get(message.parent_header?.msg_id)?.take(message));
    window.addEventListener("resize", () => this.shown?.forEach((view) => MessageLoop.postMessage(view.luminoWidget, Widget.ResizeMessage.UnknownSize)));
  }
  async loadClass(name, module, version) {
    const found = MODULES[module]?.[name];
    if (!found) throw new Error(`This page knows no widget ${name} of ${module} ${version}; it shows those of ipywidgets and anywidget.`);
    return found;
  }
  async _make_model(options, state) {
    const model = await super._make_model(options, state);
    const save = model.save_changes;
    model.save_changes = (...how) => {
      this.touched.add(model);
      return save.apply(model, how);
    };
    return model;
  }
  _create_comm(...description) {
    return this.line.createComm(...description);
  }
  // Asked for where the kernel did not hand over all states at once within four seconds: then one after the other
  _get_comm_info() {
    return this.line.widgets();
  }
  inline_sanitize(html) {
    return harmless(html);
  }
  // A model that another names may be announced later on a busy machine; the base gives up after two seconds
  async get_model(id) {
    for (const until = Date.now() + MODEL_MS; !this.has_model(id); ) {
      if (Date.now() > until) throw new Error(`The kernel never told of the widget ${id}.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this._models[id];
  }
  listenFor(messageId, model) {
    for (const [id, listener] of this.listeners) if (listener === model) this.listeners.delete(id);
    if (messageId) this.listeners.set(messageId, model);
  }
  load() {
    return this._loadFromKernel();
  }
  // Resolves when those models that tell the kernel where they are shown (``arrived``) have done so: to how many there are
  async arrived() {
    const models = await Promise.all(Object.values(this._models));
    const telling = models.filter((model) => typeof model.get("arrived") === "boolean");
    await Promise.all(telling.filter((model) => !model.get("arrived")).map((model) => new Promise((resolve) => {
      model.once("change:arrived", resolve);
      setTimeout(resolve, EMPTY_MS);
    })));
    return telling.length;
  }
  create_view(model, options) {
    const view = super.create_view(model, options);
    this.expect(view.then((made) => (model.module === "anywidget" ? filled(made.el) : made)));
    return view;
  }
  expect(work) {
    this.pending.add(work);
    work.finally(() => this.pending.delete(work)).catch(() => {});
  }
  // Resolves when every view that was begun, and those begun meanwhile, stand
  async settled() {
    while (this.pending.size) await Promise.allSettled(this.pending);
  }
  async show(modelId, element) {
    const view = await this.create_view(await this.get_model(modelId));
    Widget.attach(view.luminoWidget, element);
    (this.shown ||= new Set()).add(view);
    view.once("remove", () => this.shown.delete(view));
    return view;
  }
}

// An anywidget draws after its view was made; it stands once something is inside, or it has hidden itself.
function filled(element) {
  const done = () => element.childNodes.length > 0 || element.hidden;
  return new Promise((resolve) => {
    const look = () => {
      if (!done()) return;
      watcher.disconnect();
      clearTimeout(timer);
      resolve();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(element, { childList: true, attributes: true });
    const timer = setTimeout(() => { watcher.disconnect(); resolve(); }, EMPTY_MS);
    look();
  });
}
