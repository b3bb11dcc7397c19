/* <form-guard><form>…: one submit at a time, and no word lost. When a request made by htmx does not get through,
   the form stays as it is and says so; when only its token was too old, it gets a new one and is sent once more. */
import { freshToken, isOldToken } from "./token.js";

class FormGuard extends HTMLElement {
  #off = null;
  #busy = null;
  #again = false; // being sent once more

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    const on = (name, hear, more) => this.addEventListener(name, hear, { signal, ...more });
    on("submit", (event) => this.#submit(event), { capture: true }); // before htmx hears of it
    on("htmx:afterRequest", () => this.#release());
    on("htmx:sendError", (event) => this.#tell(event.target, "notReached"));
    on("htmx:timeout", (event) => this.#tell(event.target, "notReached"));
    on("htmx:responseError", (event) => this.#refused(event));
    window.addEventListener("pageshow", () => this.#release(), { signal }); // back, from the browser's cache
  }

  disconnectedCallback() {
    this.#off.abort();
  }

  #submit(event) {
    const form = event.target;
    if (this.#busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.querySelector(".form-trouble")?.remove();
    if (form.querySelector("textarea[aria-busy=true]")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#tell(form, "uploading");
      return;
    }
    if (navigator.onLine === false) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#tell(form, "notReached");
      return;
    }
    // Not `disabled`: that would take the focus away, and the button's own name and value out of the form.
    this.#busy = event.submitter ?? form.querySelector("button:not([type=button])");
    this.#busy?.setAttribute("aria-busy", "true");
    this.#busy?.setAttribute("aria-disabled", "true");
  }

  #release() {
    this.#busy?.removeAttribute("aria-busy");
    this.#busy?.removeAttribute("aria-disabled");
    this.#busy = null;
  }

  #refused(event) {
    const { xhr, elt } = event.detail;
    const { status } = xhr;
    if (!this.#again && isOldToken(status, xhr.getResponseHeader("X-Refused"))) {
      this.#sendAgain(elt, this.#busy);
      return;
    }
    this.#tell(event.target, status === 401 ? "signedOut" : status < 500 ? "notTaken" : "notReached");
  }

  async #sendAgain(element, button) {
    try {
      await freshToken();
    } catch {
      this.#tell(element, "notReached");
      return;
    }
    if (!this.isConnected || this.#busy) return;
    this.#again = true;
    if (element.matches("form")) element.requestSubmit(button?.type === "submit" ? button : null);
    else element.click();
    element.addEventListener("htmx:afterRequest", () => { this.#again = false; }, { once: true });
  }

  #tell(element, key) {
    const form = element.closest("form") ?? this.querySelector("form");
    form.querySelector(".form-trouble")?.remove();
    const note = document.createElement("p");
    note.className = "form-trouble";
    note.setAttribute("role", "alert");
    form.append(note);
    note.textContent = document.body.dataset[key]; // after it is in the page, so that it is read out
  }
}

customElements.define("form-guard", FormGuard);
