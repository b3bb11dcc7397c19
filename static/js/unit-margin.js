/* <unit-margin> around a text with talk: several talks may be open beside it, each below the one before,
   and the page is long enough for the last. Escape closes a talk and goes back to its knot. */
const WIDE = window.matchMedia("(min-width: 72rem)"); // as in pieces/talk.css
const GAP_PX = 16;

class UnitMargin extends HTMLElement {
  #off = null;
  #sizes = new ResizeObserver(() => this.#lay());

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    this.addEventListener("toggle", () => this.#lay(), { signal, capture: true }); // toggle does not bubble
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#escape(event), { signal });
    this.addEventListener("htmx:afterSettle", () => this.#take(), { signal });
    WIDE.addEventListener("change", () => this.#lay(), { signal });
    this.#take();
  }

  disconnectedCallback() {
    this.#off.abort();
    this.#sizes.disconnect();
  }

  /* Without the shared name, opening one talk does not close the others. */
  #take() {
    for (const talk of this.querySelectorAll("details.talk[name]")) talk.removeAttribute("name");
    this.#sizes.disconnect();
    this.#sizes.observe(this);
    for (const panel of this.querySelectorAll(".talk-panel")) this.#sizes.observe(panel);
    this.#lay();
  }

  #lay() {
    const panels = [...this.querySelectorAll(".talk[open] > .talk-panel")];
    const page = this.closest(".desk") ?? this;
    if (!WIDE.matches) {
      for (const panel of panels) panel.style.removeProperty("--push");
      page.style.removeProperty("min-block-size");
      return;
    }
    const tops = panels.map((panel) => panel.parentElement.parentElement.getBoundingClientRect().top);
    const heights = panels.map((panel) => panel.offsetHeight);
    const start = page.getBoundingClientRect().top;
    let free = -Infinity;
    panels.forEach((panel, i) => {
      const top = Math.max(tops[i], free);
      panel.style.setProperty("--push", `${top - tops[i]}px`);
      free = top + heights[i] + GAP_PX;
    });
    if (panels.length) page.style.minBlockSize = `${Math.ceil(free - start + GAP_PX)}px`;
    else page.style.removeProperty("min-block-size");
  }

  #escape(event) {
    const talk = event.target.closest("details.talk[open]");
    if (!talk || event.defaultPrevented) return;
    talk.open = false;
    talk.querySelector("summary").focus();
  }
}

customElements.define("unit-margin", UnitMargin);
