/* Selecting words of a block offers to discuss them: the block's talk opens with a form that quotes the words.
   Each block's knot does the same without a selection, by keyboard and for screen readers. */
const SETTLED_MS = 250; // after the last change of the selection
const LONGEST = 300; // characters; as Thread.QUOTE_MAX

/* The block that holds all of the selection, or null. */
function blockOf(selection) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const { startContainer, endContainer } = selection.getRangeAt(0);
  const [start, end] = [startContainer, endContainer].map((node) => (node.closest ? node : node.parentElement));
  const block = start?.closest("unit-margin .block");
  const outside = !block || block !== end?.closest(".block") || start.closest(".talk, form") || end.closest(".talk, form");
  return outside ? null : block;
}

class ChosenWords {
  #button = null;
  #timer = 0;

  constructor() {
    document.addEventListener("selectionchange", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#offer(), SETTLED_MS);
    });
  }

  #offer() {
    this.#button?.remove();
    this.#button = null;
    const selection = document.getSelection();
    const block = blockOf(selection);
    const words = selection.toString().replace(/\s+/g, " ").trim();
    if (!block || !words || words.length > LONGEST) return;
    const margin = block.closest("unit-margin");
    const at = selection.getRangeAt(0).getBoundingClientRect();
    this.#button = document.createElement("button");
    this.#button.type = "button";
    this.#button.className = "btn btn-small choose";
    this.#button.textContent = margin.dataset.discuss;
    this.#button.style.insetBlockStart = `${at.bottom + window.scrollY + 6}px`;
    this.#button.style.insetInlineStart = `${Math.max(at.left + window.scrollX, 8)}px`;
    this.#button.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
    this.#button.addEventListener("click", () => this.#discuss(block, words));
    document.body.append(this.#button);
  }

  #discuss(block, words) {
    const id = block.id.slice(2); // after "b-"
    const url = `${location.pathname}talk/${id}/?words=${encodeURIComponent(words)}`;
    this.#button?.remove();
    window.htmx.ajax("GET", url, { target: `#talk-${id}`, swap: "outerHTML" });
  }
}

new ChosenWords();
