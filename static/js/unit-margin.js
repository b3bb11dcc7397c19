/* <unit-margin> around a text with talk: several talks may be open beside it. The one opened last lies at its block,
   the others where they find room at theirs or below; the page is long enough for all.
   Escape closes a talk and goes back to its knot. */
const WIDE = window.matchMedia("(min-width: 72rem)"); // as in pieces/talk.css
const GAP_PX = 16;

/* The first free stretch of `height` from `top` on. */
function place(top, height, taken) {
  let at = top;
  for (const other of [...taken].sort((a, b) => a.top - b.top)) {
    if (at < other.bottom && at + height + GAP_PX > other.top) at = other.bottom;
  }
  return { top: at, bottom: at + height + GAP_PX };
}

class UnitMargin extends HTMLElement {
  #off = null;
  #latest = null;
  #sizes = new ResizeObserver(() => this.#lay());
  #changes = new MutationObserver((records) => this.#heed(records)); // before the next painting, unlike `toggle`

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#escape(event), { signal });
    WIDE.addEventListener("change", () => this.#lay(), { signal });
    this.#changes.observe(this, { subtree: true, childList: true, attributes: true, attributeFilter: ["open"] });
    this.#take();
  }

  disconnectedCallback() {
    this.#off.abort();
    this.#changes.disconnect();
    this.#sizes.disconnect();
  }

  #heed(records) {
    for (const { type, target, addedNodes } of records) {
      const talks = type === "attributes" ? [target] : [...addedNodes];
      this.#latest = talks.findLast((node) => node.matches?.(".talk[open]")) ?? this.#latest;
    }
    this.#take();
  }

  /* Without the shared name, opening one talk does not close the others. */
  #take() {
    for (const talk of this.querySelectorAll("details.talk[name]")) talk.removeAttribute("name");
    this.#sizes.disconnect();
    this.#sizes.observe(this);
    for (const panel of this.querySelectorAll(".talk[open] > .talk-panel")) this.#sizes.observe(panel);
    this.#lay();
  }

  #lay() {
    const page = this.closest(".desk") ?? this;
    const talks = WIDE.matches ? [...this.querySelectorAll(".talk[open]")] : [];
    talks.sort((a, b) => (b === this.#latest) - (a === this.#latest)); // the latest first, the rest in their order
    const measured = talks.map((talk) => [talk.parentElement.getBoundingClientRect().top, talk.lastElementChild]);
    const heights = measured.map(([, panel]) => panel.offsetHeight);
    const start = page.getBoundingClientRect().top;
    const taken = [];
    measured.forEach(([top, panel], i) => {
      taken.push(place(top, heights[i], taken));
      panel.style.setProperty("--push", `${taken[i].top - top}px`);
    });
    const end = Math.max(...taken.map(({ bottom }) => bottom));
    if (taken.length) page.style.minBlockSize = `${Math.ceil(end - start + GAP_PX)}px`;
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
