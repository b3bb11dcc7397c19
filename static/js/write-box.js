/* <write-box preview people names files> around a textarea: the tools for writing Markdown in it, from when one goes there
   on; with `ready` at once. `people` completes @names, `names` completes [[titles, `files` takes pictures and files. */
import { replace, marks } from "./text-marks.js";
import { post } from "./token.js";
import { Files } from "./write-files.js";
import { Completion } from "./write-names.js";

const IS_MAC = /^Mac|^iP/.test(navigator.platform);

class WriteBox extends HTMLElement {
  #off = null;
  #tools = null;
  #shown = null; // the preview
  #completion = null;

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    const area = this.#area;
    if (!area) return;
    area.addEventListener("focus", () => this.#equip(), { signal });
    area.addEventListener("dragenter", () => this.#equip(), { signal });
    area.addEventListener("keydown", (event) => this.#shortcut(event), { signal });
    const sources = { "@": this.getAttribute("people"), "[[": this.getAttribute("names") };
    this.#completion = new Completion(this, area, sources, replace, signal);
    if (this.hasAttribute("ready") || document.activeElement === area) this.#equip();
  }

  disconnectedCallback() {
    this.#off.abort();
    this.#completion?.close();
    this.#hidePreview();
    this.#tools?.remove();
    this.#tools = null;
  }

  get #area() {
    return this.querySelector("textarea");
  }

  get #buttons() {
    return [...this.#tools.querySelectorAll("button")];
  }

  #equip() {
    const template = document.getElementById("write-tools");
    if (this.#tools || !template) return;
    this.#tools = template.content.firstElementChild.cloneNode(true);
    if (!this.hasAttribute("preview")) this.#tools.querySelector("[data-preview]").remove();
    this.#takeFiles();
    for (const button of this.#buttons) this.#name(button);
    this.#tools.addEventListener("click", (event) => this.#press(event.target.closest("button")));
    this.#tools.addEventListener("keydown", (event) => this.#step(event));
    this.#area.before(this.#tools);
  }

  #takeFiles() {
    const button = this.#tools.querySelector("[data-files]");
    const status = this.#tools.querySelector(".write-status");
    const url = this.getAttribute("files");
    if (url) new Files(this.#area, url, button, status, this.#off.signal);
    else button.remove();
  }

  #name(button) {
    const { keys = "" } = button.dataset;
    button.title = button.textContent.trim() + (keys && ` (${keys.replace("Control", IS_MAC ? "⌘" : "Ctrl")})`);
    if (keys) button.setAttribute("aria-keyshortcuts", IS_MAC ? keys.replace("Control", "Meta") : keys);
    button.tabIndex = button === this.#buttons[0] ? 0 : -1;
  }

  /* One stop for the Tab key; the arrows go on from there. */
  #step(event) {
    const buttons = this.#buttons;
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: buttons.length - 1 - at }[event.key];
    if (step === undefined || at < 0) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    const next = buttons.at((at + step) % buttons.length);
    next.tabIndex = 0;
    next.focus();
  }

  #press(button) {
    if (!button || button.matches("[data-files]")) return;
    if (button.dataset.mark) {
      this.#hidePreview();
      marks[button.dataset.mark](this.#area);
    } else if (this.#shown) {
      this.#hidePreview();
      this.#area.focus();
    } else this.#showPreview();
  }

  #shortcut(event) {
    if (!(IS_MAC ? event.metaKey : event.ctrlKey) || event.altKey || event.isComposing) return;
    const key = event.shiftKey ? `Shift+${event.code.replace("Digit", "")}` : event.key.toUpperCase();
    this.#equip();
    const button = this.#tools?.querySelector(`[data-keys="Control+${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    this.#press(button);
  }

  async #showPreview() {
    const shown = document.getElementById("write-preview").content.firstElementChild.cloneNode(true);
    this.#shown = shown;
    this.#tools.querySelector("[data-preview]").setAttribute("aria-pressed", "true");
    shown.style.minBlockSize = `${this.#area.offsetHeight}px`;
    try {
      const answer = await post(this.getAttribute("preview"), { body: this.#area.value });
      if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
      shown.innerHTML = await answer.text(); // sanitised, as a stored post is
    } catch {
      shown.textContent = shown.dataset.failed;
    }
    if (this.#shown !== shown) return;
    this.#area.after(shown);
    this.#area.hidden = true;
  }

  #hidePreview() {
    if (!this.#shown) return;
    this.#shown.remove();
    this.#shown = null;
    this.#area.hidden = false;
    this.#tools.querySelector("[data-preview]").setAttribute("aria-pressed", "false");
  }
}

customElements.define("write-box", WriteBox);
