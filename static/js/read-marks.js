/* <read-marks data-url="…"><form id="marks">…: notes which new posts were on the screen long enough and tells the
   server, a few at a time; then the page's dots and numbers follow, and nothing moves. Its form's buttons stand at the
   posts; those with `data-inline` are answered in place. */
import { asking, idOf, showNews } from "./news.js";

const LONG_ENOUGH_MS = 1500; // `data-after-ms` says otherwise, for tests
const TOGETHER_MS = 800;
const MOSTLY = 0.6; // of the post, or of the window where the post is longer
const STEPS = Array.from({ length: 51 }, (_, i) => i / 50);
class ReadMarks extends HTMLElement {
  #off = null;
  #visible = new Map(); // post → its timer
  #seen = new Map(); // id → post, until the server says that it is read
  #told = 0;
  #timer = 0;
  #sending = Promise.resolve();
  #eyes = new IntersectionObserver((entries) => this.#look(entries), { threshold: STEPS });

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    document.addEventListener("visibilitychange", () => this.#turn(), { signal });
    document.addEventListener("htmx:afterSettle", () => this.#watch(), { signal });
    document.addEventListener("submit", (event) => this.#submit(event), { signal });
    window.addEventListener("pagehide", () => this.#send(), { signal });
    this.#watch();
  }

  disconnectedCallback() {
    this.#off.abort();
    this.#eyes.disconnect();
    for (const post of this.#visible.keys()) this.#stop(post);
    clearTimeout(this.#timer);
  }

  get #form() {
    return this.querySelector("form");
  }

  #watch() {
    for (const post of document.querySelectorAll(".post-new[data-thread]:not(.is-read, [data-kept])")) {
      this.#eyes.observe(post);
    }
  }

  #look(entries) {
    for (const { target, isIntersecting, intersectionRatio, intersectionRect, rootBounds } of entries) {
      const fills = intersectionRect.height >= (rootBounds?.height ?? innerHeight) * 0.9;
      if (!isIntersecting || !(intersectionRatio >= MOSTLY || fills)) this.#stop(target);
      else if (!this.#visible.has(target)) this.#start(target);
    }
  }

  #start(post) {
    const wait = Number(this.dataset.afterMs || LONG_ENOUGH_MS);
    this.#visible.set(post, document.hidden ? 0 : setTimeout(() => this.#note(post), wait));
  }

  #stop(post) {
    clearTimeout(this.#visible.get(post));
    this.#visible.delete(post);
  }

  /* Nobody reads in a tab behind another. */
  #turn() {
    for (const [post, timer] of this.#visible) {
      clearTimeout(timer);
      this.#start(post);
    }
    if (document.hidden) this.#send();
  }

  #note(post) {
    this.#eyes.unobserve(post);
    this.#stop(post);
    this.#seen.set(idOf(post), post);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), TOGETHER_MS);
  }

  #send() {
    clearTimeout(this.#timer);
    if (!this.#seen.size || this.#told === this.#seen.size) return;
    this.#told = this.#seen.size;
    const body = new FormData(this.#form);
    body.set("posts", [...this.#seen.keys()].join());
    this.#sending = this.#ask(this.dataset.url, body);
  }

  async #ask(url, body, near = null) {
    const headers = { Accept: "application/json" }, number = asking();
    try {
      const answer = await fetch(url, { method: "POST", body, headers, keepalive: true });
      if (!answer.ok) throw new Error(answer.status);
      this.#follow(await answer.json(), number, near);
      return true;
    } catch {
      this.#told = 0; // told again with the next one
      return false;
    }
  }

  #follow(answer, number, near) {
    showNews(answer, number, near);
    for (const [id, post] of this.#seen) if (post.matches(".is-read")) this.#seen.delete(id);
    this.#told = this.#seen.size;
    if (answer.said) this.#say(answer.said);
  }

  async #submit(event) {
    const button = event.submitter;
    if (event.target !== this.#form || !button?.hasAttribute("data-inline")) return;
    event.preventDefault();
    if (button.name === "post") this.#keep(button.closest(".post"));
    const body = new FormData(this.#form, button);
    await this.#sending; // what was seen before is not noted after
    if (!(await this.#ask(button.formAction, body, document))) this.#say(document.body.dataset.notReached);
    if (getComputedStyle(button).visibility === "hidden") this.#focus(button.closest(".post, .thread, .prompt, main"));
  }

  /* What one marks unread stays so for as long as the page is open. */
  #keep(from) {
    for (const post of document.querySelectorAll(`.post[data-thread="${from.dataset.thread}"]`)) {
      if (idOf(post) < idOf(from)) continue;
      post.dataset.kept = "";
      this.#eyes.unobserve(post);
      this.#stop(post);
      this.#seen.delete(idOf(post));
    }
  }

  #focus(element) {
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  #say(value) {
    document.dispatchEvent(new CustomEvent("announce", { detail: { value } }));
  }
}

customElements.define("read-marks", ReadMarks);
