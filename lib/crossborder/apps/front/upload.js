// A file of the reader's own, in pieces of one megabyte: no limit of the connection can drop it, and its size is
// judged before anything is sent.
const PIECE = 1024 * 1024;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function render({ model, el }) {
  el.classList.add("xb");
  el.addEventListener("focusin", (event) => { event.target.dataset.lmSuppressShortcuts = "true"; }); // JupyterLab, hands off
  const id = `xb-file-${Math.random().toString(36).slice(2, 8)}`;
  const input = make("input", { type: "file", id, accept: model.get("accept") });
  const label = make("label", { for: id });
  const hint = make("p", { class: "xb-small" });
  const bar = make("progress", { hidden: "", max: "1", value: "0" });
  const back = make("button", { type: "button", class: "xb-link" });
  const said = make("div", { role: "status", "aria-live": "polite" });
  const box = make("div", { class: "xb-drop xb-noprint" }, input, label, hint, bar, back);
  el.append(box, said);
  let sending = 0;

  function words() {
    const told = model.get("words");
    label.textContent = told.choose;
    hint.textContent = told.hint;
    bar.setAttribute("aria-label", told.sending);
    back.textContent = told.back;
    back.hidden = !model.get("name");
  }
  function refuse(text) {
    said.replaceChildren(make("div", { class: "xb-failure" }, make("p", {}, text)));
  }
  async function take(file) {
    const told = model.get("words");
    const limit = model.get("limit_mb");
    input.value = "";
    if (file.size > limit * 1024 * 1024) {
      refuse(told.too_large.replace("{name}", file.name).replace("{size}", (file.size / 1048576).toFixed(1)).replace("{limit}", limit));
      return;
    }
    const mine = ++sending;
    bar.hidden = false;
    const pieces = Math.max(1, Math.ceil(file.size / PIECE));
    for (let i = 0; i < pieces && mine === sending; i += 1) {
      const bytes = await file.slice(i * PIECE, (i + 1) * PIECE).arrayBuffer();
      model.send({ kind: "piece", upload: mine, name: file.name, size: file.size, piece: i, pieces }, undefined, [bytes]);
      bar.value = (i + 1) / pieces;
      if (i % 4 === 3) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    bar.hidden = true;
  }
  input.addEventListener("change", () => input.files.length && take(input.files[0]));
  back.addEventListener("click", () => model.send({ kind: "back" }));
  for (const name of ["dragover", "dragenter"]) box.addEventListener(name, (event) => { event.preventDefault(); box.classList.add("xb-over"); });
  for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.classList.remove("xb-over"));
  box.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]); });
  const tell = () => { said.innerHTML = model.get("said"); }; // made and escaped by our own library
  model.on("change:words", words);
  model.on("change:name", words);
  model.on("change:said", tell);
  words();
  tell();
}

export default { render };
