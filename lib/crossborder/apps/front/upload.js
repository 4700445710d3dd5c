// A file of the reader's own, in pieces of one megabyte: no limit of the connection can drop it, and its size is
// judged before anything is read. The kernel answers every piece, so the bar shows what has arrived, and says when it is done.
const PIECE = 1024 * 1024;
const AHEAD = 4; // pieces on their way at a time: what else the page has to say to its kernel does not wait behind a file

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
  const bar = make("progress", { max: "1", value: "0", "aria-labelledby": `${id}-way` });
  const stage = make("span", { id: `${id}-way`, class: "xb-small", role: "status" });
  const way = make("p", { class: "xb-underway", hidden: "" }, bar, stage);
  const back = make("button", { type: "button", class: "xb-link" });
  const said = make("div", { role: "status", "aria-live": "polite" });
  const box = make("div", { class: "xb-drop xb-noprint" }, input, label, hint, way, back);
  el.append(box, said);
  let sending = Date.now(); // a number per file; a view that comes after this one begins with others
  let pieces = 0;
  let got = 0;
  let heard = () => {};

  const words = () => model.get("words");
  function relabel() {
    label.textContent = words().choose;
    hint.textContent = words().hint;
    back.textContent = words().back;
    back.hidden = !model.get("name");
    tellStage();
  }
  function tellStage() {
    stage.textContent = way.hidden ? "" : got < pieces ? words().sending : words().reading;
    if (got < pieces) bar.value = got / pieces;
    else bar.removeAttribute("value"); // how long reading takes nobody knows
  }
  function underway(is) {
    way.hidden = !is;
    tellStage();
  }
  function refuse(text) {
    said.replaceChildren(make("div", { class: "xb-failure" }, make("p", {}, text)));
  }
  async function take(file) {
    const limit = model.get("limit_mb");
    input.value = "";
    said.replaceChildren();
    if (file.size > limit * 1024 * 1024) {
      refuse(words().too_large.replace("{name}", file.name).replace("{size}", (file.size / 1048576).toFixed(1)).replace("{limit}", limit));
      return;
    }
    const mine = ++sending;
    heard(); // a file that was on its way gives way
    pieces = Math.max(1, Math.ceil(file.size / PIECE));
    got = 0;
    underway(true);
    try {
      for (let i = 0; i < pieces; i += 1) {
        while (i - got >= AHEAD && mine === sending) await new Promise((resolve) => { heard = resolve; });
        const bytes = await file.slice(i * PIECE, (i + 1) * PIECE).arrayBuffer();
        if (mine !== sending) return;
        model.send({ kind: "piece", upload: mine, name: file.name, size: file.size, piece: i, pieces }, undefined, [bytes]);
      }
    } catch (problem) { // changed or gone since it was chosen
      console.warn(problem);
      if (mine === sending) lost(file.name);
    }
  }
  function lost(name) {
    sending += 1;
    heard();
    underway(false);
    refuse(words().lost.replace("{name}", name));
  }
  input.addEventListener("change", () => input.files.length && take(input.files[0]));
  back.addEventListener("click", () => model.send({ kind: "back" }));
  for (const name of ["dragover", "dragenter"]) box.addEventListener(name, (event) => { event.preventDefault(); box.classList.add("xb-over"); });
  for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.classList.remove("xb-over"));
  box.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]); });
  const tell = () => { said.innerHTML = model.get("said"); }; // made and escaped by our own library
  model.on("change:words", relabel);
  model.on("change:name", relabel);
  model.on("change:said", tell);
  model.on("msg:custom", (message) => {
    if (message.upload !== sending) return;
    if (message.kind === "got") {
      got = message.pieces;
      tellStage();
      heard();
    } else if (message.kind === "done") {
      underway(false);
      tell(); // the same words as the time before are no change
    } else if (message.kind === "lost") {
      lost(message.name);
    }
  });
  relabel();
  tell();
}

export default { render };
