// An Output widget: text, tables, pictures and widgets that a callback prints. Nothing that could run.
import { DOMWidgetModel, DOMWidgetView } from "@jupyter-widgets/base";
import { harmless } from "./sanitizer.js";

const MODULE = "@jupyter-widgets/output";
const COLOUR = /\x1b\[[0-9;]*m/g;

export class OutputModel extends DOMWidgetModel {
  defaults() {
    return { ...super.defaults(), _model_name: "OutputModel", _view_name: "OutputView", _model_module: MODULE, _view_module: MODULE, msg_id: "", outputs: [] };
  }
  initialize(attributes, options) {
    super.initialize(attributes, options);
    const listen = () => this.widget_manager.listenFor(this.get("msg_id"), this);
    this.listenTo(this, "change:msg_id", listen);
    listen();
  }
  // What the kernel says while the widget captures
  take({ header: { msg_type: kind }, content }) {
    if (kind === "clear_output") {
      if (content.wait) this.clearFirst = true;
      else this.keep([]);
      return;
    }
    if (!["stream", "display_data", "execute_result", "error"].includes(kind)) return;
    const kept = this.clearFirst ? [] : this.get("outputs");
    this.clearFirst = false;
    const last = kept.at(-1);
    const goesOn = kind === "stream" && last?.output_type === "stream" && last.name === content.name;
    const added = goesOn ? { ...last, text: last.text + content.text } : { ...content, output_type: kind };
    this.keep([...(goesOn ? kept.slice(0, -1) : kept), added]);
  }
  keep(outputs) {
    this.set("outputs", outputs);
    this.save_changes();
  }
}

export class OutputView extends DOMWidgetView {
  render() {
    super.render();
    this.el.classList.add("jupyter-widgets", "xb-output");
    this.listenTo(this.model, "change:outputs", this.draw);
    this.draw();
  }
  draw() {
    this.el.replaceChildren(...this.model.get("outputs").map((output) => this.drawn(output)));
  }
  drawn(output) {
    const box = document.createElement("div");
    const data = output.data || {};
    const widget = data["application/vnd.jupyter.widget-view+json"];
    const picture = ["image/png", "image/jpeg"].find((kind) => data[kind]);
    if (widget) {
      this.model.widget_manager.show(widget.model_id, box);
    } else if (data["text/html"]) {
      box.innerHTML = harmless([data["text/html"]].flat().join(""));
    } else if (picture) {
      const image = new Image();
      image.src = `data:${picture};base64,${data[picture]}`;
      image.alt = "";
      box.append(image);
    } else {
      const text = document.createElement("pre");
      const said = output.text ?? data["text/plain"] ?? (output.ename ? `${output.ename}: ${output.evalue}` : "");
      text.textContent = [said].flat().join("").replace(COLOUR, "");
      box.append(text);
    }
    return box;
  }
}
