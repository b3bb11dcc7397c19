/* <live-readers data-url>: says every now and then that the page is in front of its reader, which the server heeds only
   if they want it, and shows who else says so. Nobody is disturbed: it is no live region. */
import { post } from "./token.js";

const EVERY_MS = 20_000;

class LiveReaders extends HTMLElement {
  #off = null;
  #timer = 0;

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#leave() : this.#stay()), { signal });
    window.addEventListener("pagehide", () => this.#leave(), { signal });
    window.addEventListener("pageshow", (event) => event.persisted && this.#stay(), { signal });
    if (!document.hidden) this.#stay();
  }

  disconnectedCallback() {
    this.#off.abort();
    clearTimeout(this.#timer);
  }

  async #stay() {
    clearTimeout(this.#timer);
    const answer = await post(this.dataset.url, {}).catch(() => null);
    if (answer?.ok) this.innerHTML = await answer.text();
    else this.replaceChildren();
    const isOver = answer && [401, 404].includes(answer.status);
    if (!isOver && this.isConnected && !document.hidden) this.#timer = setTimeout(() => this.#stay(), EVERY_MS);
  }

  #leave() {
    clearTimeout(this.#timer);
    post(this.dataset.url, { left: "1" }, { keepalive: true }).catch(() => {});
  }
}

customElements.define("live-readers", LiveReaders);
