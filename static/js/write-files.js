/* Pictures and files in a field for words: pasted, dropped or chosen they go to the server at once, and what shows a
   picture, or links to a file, stands in the words where one was. While one is on its way the field is busy, and the
   form waits. */
import { replace } from "./text-marks.js";
import { post } from "./token.js";

export class Files {
  #area;
  #url;
  #button; // says by its data-* what there is to say
  #status;
  #pending = 0;

  constructor(area, url, button, status, signal) {
    this.#area = area;
    this.#url = url;
    this.#button = button;
    this.#status = status;
    const chooser = Object.assign(document.createElement("input"), { type: "file", multiple: true });
    chooser.addEventListener("change", () => {
      const files = [...chooser.files];
      chooser.value = "";
      this.#addAll(files);
    }, { signal });
    button.addEventListener("click", () => chooser.click(), { signal });
    area.addEventListener("paste", (event) => this.#pasted(event), { signal });
    area.addEventListener("dragover", (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    }, { signal });
    area.addEventListener("drop", (event) => this.#take(event, event.dataTransfer), { signal });
  }

  /* Words that come with a picture of themselves, as from a word processor, are words. */
  #pasted(event) {
    if (!event.clipboardData.types.includes("text/plain")) this.#take(event, event.clipboardData);
  }

  #take(event, { files }) {
    if (files.length) event.preventDefault();
    this.#addAll([...files]);
  }

  async #addAll(files) {
    for (const file of files) await this.#add(file, file === files.at(-1));
  }

  async #add(file, isLast) {
    const area = this.#area;
    const says = this.#button.dataset;
    const name = file.name.replace(/[^\p{L}\p{N} ._-]/gu, "").slice(0, 60) || says.name;
    if (file.size > says.max) {
      this.#status.textContent = says.large.replace("%s", name);
      return;
    }
    const uploading = says.uploading.replace("%s", name);
    let mark = `${file.type.startsWith("image/") ? "!" : ""}[${uploading}]()`;
    while (area.value.includes(mark)) mark = mark.replace("]", " ]");
    const { selectionStart: start, selectionEnd: end, value } = area;
    replace(area, start, end, `${start && value[start - 1] !== "\n" ? "\n" : ""}${mark}\n`);
    this.#busy(1);
    this.#status.textContent = uploading;
    try {
      const markdown = await this.#sent(file);
      this.#swap(mark, markdown, isLast && markdown.startsWith("!"));
      this.#status.textContent = markdown.startsWith("!") ? says.done : says.linked;
    } catch (trouble) {
      this.#swap(mark, "", false);
      this.#status.textContent = trouble instanceof Refused ? trouble.message : says.failed;
    }
    this.#busy(-1);
  }

  /* The Markdown that shows it. */
  async #sent(file) {
    const fields = { file, key: crypto.randomUUID?.() ?? uuid() };
    const answer = await post(this.#url, fields, { headers: { Accept: "application/json" } });
    const { markdown, errors } = await answer.json();
    if (!answer.ok) throw new Refused(errors.join(" "));
    return markdown;
  }

  /* Without taking the focus or the cursor from who writes on; who waits goes on at the words for the last picture. */
  #swap(mark, text, isToBeSaid) {
    const area = this.#area;
    const at = area.value.indexOf(mark);
    if (at < 0) return;
    const { selectionStart, selectionEnd } = area;
    const waits = document.activeElement === area && selectionStart === selectionEnd
      && selectionStart === at + mark.length + 1;
    area.setRangeText(text, at, at + mark.length, "preserve");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    if (waits && isToBeSaid) area.setSelectionRange(at + 2, at + text.lastIndexOf("]("));
  }

  #busy(more) {
    this.#pending += more;
    if (this.#pending) this.#area.setAttribute("aria-busy", "true");
    else this.#area.removeAttribute("aria-busy");
  }
}

class Refused extends Error {}

/* Where the page came over plain http from another machine, the browser makes none itself. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
