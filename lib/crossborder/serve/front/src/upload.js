// Stock file uploads send the whole file in one message; one above the limit would cut the page's line to its kernel.
import { FileUploadView as StockUpload } from "@jupyter-widgets/controls";

const MB = 1024 * 1024;

export class FileUploadView extends StockUpload {
  render() {
    this.said = document.createElement("p");
    this.said.className = "xb-upload-said";
    this.said.setAttribute("role", "alert");
    super.render();
    // before the stock listener, which reads and sends
    this.fileInput.addEventListener("change", (event) => this.judge(event), true);
  }
  judge(event) {
    const limit = Number(document.documentElement.dataset.uploadMb || 50);
    const tooLarge = [...this.fileInput.files].find((file) => file.size > limit * MB);
    this.said.remove();
    if (!tooLarge) return;
    event.stopImmediatePropagation();
    this.fileInput.value = "";
    const words = document.documentElement.lang.startsWith("zh") ? document.documentElement.dataset.tooLargeZh : document.documentElement.dataset.tooLargeEn;
    this.said.textContent = words.replace("{name}", tooLarge.name).replace("{size}", (tooLarge.size / MB).toFixed(1)).replace("{limit}", limit);
    this.el.after(this.said);
  }
}
