/* "1 new post, show": what waits for a click, by name: of a thread its id, `rows` of a list, `talk-…` of a block.
   The buttons stand in `#live-…`, live regions that take no room. */
const SHOWN = { rows: "row", whole: "thread", posts: "post" }; // what an offered thing is called when the page has it
export function kindOf(name) {
  if (name === "rows") return "rows";
  return name.startsWith("talk-") ? "whole" : "posts";
}

export class LiveOffers {
  #words;
  #take;
  #off = new AbortController();
  #waiting = new Map(); // name → ids

  constructor(words, take) {
    this.#words = words;
    this.#take = take;
  }

  start() {
    document.addEventListener("htmx:afterSettle", () => this.show(), { signal: this.#off.signal });
  }

  end() {
    this.#off.abort();
    for (const name of this.#waiting.keys()) document.getElementById(`live-${name}`)?.replaceChildren();
    this.#waiting.clear();
  }

  add(name, id) {
    const key = String(name);
    this.#waiting.set(key, (this.#waiting.get(key) ?? new Set()).add(Number(id)));
  }

  drop(name, id) {
    this.#waiting.get(String(name))?.delete(id);
  }

  /* A conversation that is gone from the page, or from its place. */
  forget(thread) {
    this.#waiting.delete(String(thread));
    for (const ids of this.#waiting.values()) ids.delete(Number(thread));
  }

  /* Without what has come into the page in another way, an answer to the reader's own words say. */
  show() {
    for (const [name, ids] of this.#waiting) {
      const kind = SHOWN[kindOf(name)];
      for (const id of ids) if (document.getElementById(`${kind}-${id}`)) ids.delete(id);
      const line = document.getElementById(`live-${name}`);
      if (!ids.size) line?.replaceChildren();
      else if (line) this.#button(name, line, ids.size, kind === "post" ? "post" : "talk");
    }
  }

  #button(name, line, count, kind) {
    const button = line.firstElementChild ?? document.createElement("button");
    const words = this.#words[count === 1 ? kind : `${kind}s`].replace("%n", count);
    if (button.textContent === words) return;
    button.textContent = words;
    button.type = "button";
    button.className = "live-offer";
    button.onclick = () => this.#accept(name);
    if (!button.isConnected) line.append(button);
  }

  async #accept(name) {
    const ids = [...this.#waiting.get(name)].sort((a, b) => a - b);
    try {
      await this.#take(name, ids);
      for (const id of ids) this.drop(name, id);
      this.show();
    } catch {
      this.#announce(document.body.dataset.notReached);
    }
  }

  /* For who hears the page: something came in where nobody looks. */
  say(thread) {
    const title = thread.getAttribute("aria-label") ?? thread.querySelector("summary > .visually-hidden")?.textContent;
    if (title) this.#announce(this.#words.said.replace("%s", title));
  }

  #announce(value) {
    document.dispatchEvent(new CustomEvent("announce", { detail: { value } }));
  }
}
