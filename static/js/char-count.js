/* <char-count for="id" limit="10000">: says how much of the limit is used, once that matters. Nothing is cut off. */
const FROM = 0.8;

class CharCount extends HTMLElement {
  #off = null;
  #limitWords = "";

  connectedCallback() {
    this.#limitWords = this.textContent;
    this.#off = new AbortController();
    this.#field?.addEventListener("input", () => this.#count(), { signal: this.#off.signal });
    this.#count();
  }

  disconnectedCallback() {
    this.#off.abort();
    this.textContent = this.#limitWords;
  }

  get #field() {
    return document.getElementById(this.getAttribute("for"));
  }

  #count() {
    const limit = Number(this.getAttribute("limit"));
    const text = this.#field?.value ?? "";
    const length = text.length < limit * FROM ? text.length : [...text].length; // characters as the server counts them
    const number = (n) => n.toLocaleString(document.documentElement.lang);
    this.classList.toggle("counter-over", length > limit);
    this.textContent = length < limit * FROM
      ? this.#limitWords
      : this.dataset.words.replace("%n", number(length)).replace("%limit", number(limit));
  }
}

customElements.define("char-count", CharCount);
