/* <theme-choice>: three buttons, auto, light and dark. The cookie lets the server draw the next page right at once;
   localStorage tells the other tabs. */
const KEY = "theme";
const YEAR_S = 365 * 24 * 3600;

function apply(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

class ThemeChoice extends HTMLElement {
  #off = null;

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    this.addEventListener("click", (event) => this.#choose(event.target.closest("button")), { signal });
    window.addEventListener("storage", (event) => this.#hear(event), { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#off.abort();
  }

  #choose(button) {
    if (!button) return;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    const age = button.value ? YEAR_S : 0;
    document.cookie = `theme=${button.value}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
    try {
      localStorage.setItem(KEY, button.value);
    } catch { /* storage is closed: the cookie is enough */ }
    apply(button.value);
    this.#show();
  }

  #hear(event) {
    if (event.key !== KEY) return;
    apply(event.newValue);
    this.#show();
  }

  #show() {
    const theme = document.documentElement.dataset.theme ?? "";
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
  }
}

customElements.define("theme-choice", ThemeChoice);
