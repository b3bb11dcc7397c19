/* <reading-time data-url="…" for="unit-text">: tells the server now and then for how long the text was on the screen of
   somebody who did something in the last two minutes, and how much of it. What comes back stands in its place. */
import { post } from "./token.js";

const STEP_MS = 1000; // `data-step-ms` says otherwise, for tests
const FIRST_S = 5, THEN_S = 30; // seconds on the screen from word to word
const MOST = 120; // words from one page
const AWAKE_MS = 120_000;
const SIGNS = ["scroll", "keydown", "pointerdown", "pointermove"];

class ReadingTime extends HTMLElement {
  #off = null;
  #timer = 0;
  #seconds = 0;
  #share = 0;
  #told = 0;
  #awake = 0;

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    for (const sign of SIGNS) document.addEventListener(sign, () => this.#wake(), { signal, passive: true });
    document.addEventListener("visibilitychange", () => document.hidden && this.#tell(), { signal });
    window.addEventListener("pagehide", () => this.#tell(), { signal });
    this.#wake();
    this.#timer = setInterval(() => this.#tick(), Number(this.dataset.stepMs || STEP_MS));
  }

  disconnectedCallback() {
    this.#off?.abort();
    clearInterval(this.#timer);
  }

  #wake() {
    this.#awake = Date.now();
  }

  #tick() {
    if (document.hidden || Date.now() - this.#awake > AWAKE_MS) return;
    const { top, bottom, height } = document.getElementById(this.getAttribute("for")).getBoundingClientRect();
    if (bottom < 0 || top > innerHeight || !height) return;
    this.#seconds += 1;
    this.#share = Math.max(this.#share, Math.min(100, Math.round((100 * (innerHeight - top)) / height)));
    if (this.#seconds >= (this.#told ? THEN_S : FIRST_S)) this.#tell();
  }

  async #tell() {
    if (!this.#seconds || this.#told >= MOST || (!this.#told && this.#seconds < FIRST_S)) return;
    const fields = { seconds: Math.min(this.#seconds, 60), share: this.#share };
    this.#seconds = 0;
    this.#told += 1;
    try {
      const answer = await post(this.dataset.url, fields, { keepalive: true });
      if (answer.status === 200) this.#show(await answer.text());
      else if (!answer.ok) this.disconnectedCallback(); // signed out, or not a reader any more
    } catch {
      // the next word tells of what comes after
    }
  }

  #show(html) {
    const piece = new DOMParser().parseFromString(html, "text/html").querySelector("#unit-done");
    const shown = document.getElementById("unit-done");
    if (!piece || !shown || shown.contains(document.activeElement)) return;
    shown.replaceWith(piece);
    const value = piece.querySelector(".good")?.textContent.trim();
    document.dispatchEvent(new CustomEvent("announce", { detail: { value } }));
  }
}

customElements.define("reading-time", ReadingTime);
