/* After htmx has put something new into the page: where the focus goes, and what is read out. */
const ANNOUNCE_AFTER_MS = 80; // an emptied live region first, or the same words twice are not read out

function focusOn(element) {
  if (!element.matches("a[href], button, input, select, textarea, summary, [tabindex]")) element.tabIndex = -1;
  element.removeAttribute("data-focus");
  element.focus();
}

/* Content that was swapped in says by `data-focus` where one goes on: there, or at the element of its form that the
   attribute names. */
export function focusAfterSwaps(root) {
  let beside = null; // in what came beside the answer, of which htmx says nothing once it is settled
  root.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    beside = detail.fragment.querySelector("[data-focus]") ?? beside;
  });
  root.addEventListener("htmx:afterSettle", ({ target }) => {
    const next = target.matches("[data-focus]") ? target : target.querySelector("[data-focus]") ?? beside;
    beside = null;
    const named = next?.dataset.focus && next.closest("form")?.querySelector(next.dataset.focus);
    if (named) next.removeAttribute("data-focus");
    if (next) focusOn(named || next);
  });
}

/* What comes in beside an answer stands in the page once, whoever brought it first. */
export function takeInOnce(root) {
  root.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    const fresh = fragment.firstElementChild;
    if (fresh?.id && fresh.id !== target.id && root.getElementById(fresh.id)) event.detail.shouldSwap = false;
  });
}

/* How many conversations a list shows, as they come and go. */
export function countRows(root) {
  root.addEventListener("htmx:afterSettle", () => {
    const count = root.getElementById("thread-count"), rows = root.querySelectorAll("#thread-rows > [id^=row-]");
    if (count) count.textContent = count.dataset[rows.length === 1 ? "one" : "many"].replace("%n", rows.length);
  });
}

/* The response header `HX-Trigger: {"announce": "…"}`. */
export function announceTriggers(root) {
  root.addEventListener("announce", ({ detail }) => {
    const region = root.getElementById("announcer");
    if (!region) return;
    region.textContent = "";
    setTimeout(() => { region.textContent = detail.value; }, ANNOUNCE_AFTER_MS);
  });
}
