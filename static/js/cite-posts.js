/* <cite-posts for="id of a textarea"> around posts: "Cite this" puts a link to a post where one writes; words that are
   selected there become the link. */
import { replace } from "./text-marks.js";

class CitePosts extends HTMLElement {
  #off = null;

  connectedCallback() {
    this.#off = new AbortController();
    this.addEventListener("click", ({ target }) => this.#cite(target.closest("button.cite")), { signal: this.#off.signal });
  }

  disconnectedCallback() {
    this.#off.abort();
  }

  #cite(button) {
    const area = document.getElementById(this.getAttribute("for"));
    if (!button || !area) return;
    const { selectionStart: start, selectionEnd: end, value } = area;
    const words = value.slice(start, end);
    const [, name, address] = button.value.match(/^\[(.*)\](\(.*\))$/);
    const isLink = words.trim() && !/[[\]\n]/.test(words);
    const before = isLink || !start || /[\s(\[]$/.test(value.slice(0, start)) ? "" : " ";
    const link = isLink ? `[${words}]${address}` : `${before}([${name}]${address})`;
    replace(area, isLink ? start : end, end, link);
    document.dispatchEvent(new CustomEvent("announce", { detail: { value: this.dataset.done } }));
  }
}

customElements.define("cite-posts", CitePosts);
