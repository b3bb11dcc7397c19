/* <pop-menu><details>: closes when one goes elsewhere, by pointer, by Tab or by Escape, and when one chose what is
   done in place (`data-inline`); then one goes on at its button. A menu that holds nothing but the way to a page of
   it (`data-menu`) gets what is there when it is opened. */
class PopMenu extends HTMLElement {
  #off = null;

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    document.addEventListener("click", (event) => this.contains(event.target) || this.#close(), { signal });
    this.addEventListener("focusout", (event) => event.relatedTarget && this.#left(event.relatedTarget), { signal });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#escape(), { signal });
    this.addEventListener("click", (event) => event.target.closest("[data-inline]") && this.#escape(), { signal });
    this.addEventListener("toggle", () => this.#fill(), { signal, capture: true });
  }

  disconnectedCallback() {
    this.#off.abort();
  }

  get #details() {
    return this.querySelector("details");
  }

  async #fill() {
    const link = this.querySelector("[data-menu]");
    if (!link || !this.#details.open) return;
    await window.htmx.ajax("GET", link.href, { target: link.closest(".menu-list"), swap: "outerHTML" });
    if (document.activeElement === document.body) this.querySelector(".menu-list :is(a, button)")?.focus();
  }

  #left(to) {
    if (!this.contains(to)) this.#close();
  }

  #close() {
    if (this.#details) this.#details.open = false;
  }

  #escape() {
    if (!this.#details?.open) return;
    this.#close();
    this.#details.querySelector("summary").focus();
  }
}

customElements.define("pop-menu", PopMenu);
