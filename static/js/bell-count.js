/* <bell-count data-bell data-url>: how much is unread, kept up to date over the page's live connection, or over one of
   its own where the page has none. What is more than before is read out, once. */
import { onBell } from "./bell-line.js";
import { Gone, LiveLine } from "./live-line.js";

const OFTEN_MS = 30_000; // between questions that nobody rang for

class BellCount extends HTMLElement {
  #off = null;
  #line = null;
  #asked = Date.now();
  #isOver = false;

  connectedCallback() {
    this.#off = new AbortController();
    onBell((sign) => this.#hear(sign), this.#off.signal);
    if (document.querySelector("live-page")) return;
    this.#line = new LiveLine(0, 0, { catchUp: () => this.#ask(), gone: () => {}, pollMs: OFTEN_MS });
    this.#line.start();
  }

  disconnectedCallback() {
    this.#off.abort();
    this.#line?.end();
  }

  #hear(sign) {
    if (this.#isOver || sign === this.dataset.bell) return;
    if (!sign && (this.#line || Date.now() - this.#asked < OFTEN_MS)) return;
    this.#ask(sign).catch(() => {}); // asked again with the next ring
  }

  /* Resolves to what LiveLine takes for a number: nothing comes after anything here. */
  async #ask(sign = "") {
    this.#asked = Date.now();
    const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" } });
    this.#isOver = answer.redirected || answer.status === 404;
    if (this.#isOver) throw new Gone("signed-out");
    if (!answer.ok) throw new Error(answer.status);
    const now = await answer.json();
    this.dataset.bell = sign || now.bell; // what rang counts also what its reader may not see any more
    this.#show(now);
    return 0;
  }

  #show({ count, shown, words }) {
    const link = this.firstElementChild, before = Number(this.dataset.count);
    this.dataset.count = count;
    link.classList.toggle("bell-new", count > 0);
    link.querySelector("[aria-hidden]:not(svg)").textContent = shown;
    link.querySelector(".visually-hidden").textContent = words;
    if (count <= before) return;
    document.dispatchEvent(new CustomEvent("announce", { detail: { value: words } }));
    for (const note of document.querySelectorAll("[data-bell-note]")) note.hidden = false;
  }
}

customElements.define("bell-count", BellCount);
