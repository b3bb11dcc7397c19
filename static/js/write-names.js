/* Completes what is typed after @ or [[ in a textarea from a list below it: up, down, Enter or Tab, Escape. */
const STARTS = { "@": /(?:^|[^\p{L}\p{N}_@/.])@([\p{L}\p{N}_]{1,30})$/u, "[[": /\[\[([^[\]\n]{1,60})$/ };
const ASK_AFTER_MS = 150;
let boxes = 0;

export class Completion {
  #area;
  #sources;
  #replace;
  #list = null;
  #timer = null;
  #asked = null; // {mark, text}: what the list is about
  #said = "";
  #known = new Map(); // address → what was found there, for this form
  #at = 0;

  constructor(box, area, sources, replace, signal) {
    this.#area = area;
    this.#sources = sources;
    this.#replace = replace;
    area.addEventListener("input", (event) => event.isComposing || this.#typed(), { signal });
    area.addEventListener("compositionend", () => this.#typed(), { signal });
    area.addEventListener("keydown", (event) => this.#list && this.#press(event), { signal });
    area.addEventListener("blur", () => this.close(), { signal });
    window.addEventListener("scroll", () => this.#list && this.#lay(), { signal, passive: true });
  }

  close() {
    clearTimeout(this.#timer);
    this.#asked = null;
    this.#list?.remove();
    this.#list = null;
    this.#said = "";
    for (const name of ["aria-controls", "aria-autocomplete", "aria-haspopup", "aria-activedescendant"]) {
      this.#area.removeAttribute(name);
    }
  }

  /* What stands between a mark and the caret. */
  get #open() {
    const { value, selectionStart, selectionEnd } = this.#area;
    if (selectionStart !== selectionEnd) return null;
    const line = value.slice(Math.max(0, selectionStart - 100), selectionStart);
    for (const [mark, start] of Object.entries(STARTS)) {
      const text = this.#sources[mark] && start.exec(line)?.[1];
      if (text) return { mark, text };
    }
    return null;
  }

  #typed() {
    const open = document.activeElement === this.#area ? this.#open : null;
    clearTimeout(this.#timer);
    if (!open) this.close();
    else {
      this.#asked = open;
      this.#timer = setTimeout(() => this.#ask(open), ASK_AFTER_MS);
    }
  }

  async #ask(open) {
    const url = `${this.#sources[open.mark]}?${new URLSearchParams({ q: open.text })}`;
    try {
      if (!this.#known.has(url)) this.#known.set(url, (await (await fetch(url)).json()).found);
    } catch {
      return; // then one writes without
    }
    if (this.#asked !== open) return;
    const found = this.#known.get(url);
    if (found.length) this.#show(found);
    else this.close();
  }

  #show(found) {
    const isNew = !this.#list;
    this.#list ??= document.getElementById("write-names").content.firstElementChild.cloneNode(true);
    this.#list.id ||= `names-${(boxes += 1)}`;
    this.#list.replaceChildren(...found.map((one, i) => this.#option(one, i)));
    if (isNew) {
      this.#area.after(this.#list);
      this.#list.showPopover?.();
    }
    // A field of several lines is no combobox (ARIA 1.2): it stays a textbox, and that a list is open is said.
    const words = this.#list.dataset.found.replace("%n", found.length);
    if (this.#said !== words) document.dispatchEvent(new CustomEvent("announce", { detail: { value: words } }));
    this.#said = words;
    const says = { "aria-controls": this.#list.id, "aria-autocomplete": "list", "aria-haspopup": "listbox" };
    for (const [name, value] of Object.entries(says)) this.#area.setAttribute(name, value);
    this.#choose(0);
    this.#lay();
  }

  #option({ text, hint, insert }, i) {
    const option = document.createElement("li");
    option.id = `${this.#list.id}-${i}`;
    option.setAttribute("role", "option");
    option.dataset.insert = insert;
    const name = document.createElement("span");
    name.dir = "auto";
    name.textContent = text;
    const more = document.createElement("span");
    more.className = "quiet";
    more.textContent = hint;
    option.append(name, " ", more);
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); this.#take(option); });
    return option;
  }

  #lay() {
    const box = this.#area.getBoundingClientRect();
    const top = Math.max(0, Math.min(box.bottom + 2, window.innerHeight - this.#list.offsetHeight - 4));
    Object.assign(this.#list.style, { top: `${top}px`, left: `${box.left}px`, width: `${Math.min(box.width, 360)}px` });
  }

  #choose(at) {
    const options = [...this.#list.children];
    this.#at = (at + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.#at)));
    options[this.#at].scrollIntoView({ block: "nearest" });
    this.#area.setAttribute("aria-activedescendant", options[this.#at].id);
  }

  #press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown") this.#choose(this.#at + 1);
    else if (event.key === "ArrowUp") this.#choose(this.#at - 1);
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) this.#take(this.#list.children[this.#at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  #take(option) {
    const open = this.#open;
    const { insert } = option.dataset;
    const end = this.#area.selectionEnd;
    this.close();
    if (open) this.#replace(this.#area, end - open.text.length - open.mark.length, end, insert);
    this.close(); // inserting is typing, too
  }
}
