/* <tag-names names="/c/…/tags/">: completes the tag being typed, after the last comma, by the browser's own list. */
const ASK_AFTER_MS = 150;
let lists = 0;

class TagNames extends HTMLElement {
  #off = null;
  #timer = null;
  #list = null;
  #input = null;

  connectedCallback() {
    this.#input = this.querySelector("input");
    if (!this.#input || !this.hasAttribute("names")) return;
    this.#off = new AbortController();
    this.#list = document.createElement("datalist");
    this.#list.id = `tag-names-${++lists}`;
    this.append(this.#list);
    this.#input.setAttribute("list", this.#list.id);
    this.#input.addEventListener("input", () => this.#soon(), { signal: this.#off.signal });
    this.#input.addEventListener("focus", () => this.#soon(), { signal: this.#off.signal, once: true });
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#off?.abort();
    this.#list?.remove();
    this.#input?.removeAttribute("list");
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), ASK_AFTER_MS);
  }

  async #ask() {
    const typed = this.#input.value;
    const before = typed.slice(0, typed.lastIndexOf(",") + 1);
    const part = typed.slice(before.length).trim();
    const answer = await fetch(`${this.getAttribute("names")}?q=${encodeURIComponent(part)}`).catch(() => null);
    if (!answer?.ok || typed !== this.#input.value) return;
    const has = new Set(before.split(",").map((tag) => tag.trim().toLowerCase()));
    const { found } = await answer.json();
    const options = found.filter((name) => !has.has(name)).map((name) => `${before}${before && " "}${name}`);
    this.#list.replaceChildren(...options.map((value) => new Option(value, value)));
  }
}

customElements.define("tag-names", TagNames);
