/* <relative-time><time datetime>…</time></relative-time>: keeps "5 min ago" true while the page stays open.
   The same words as the filter `ago`; from a day on, the server's words stay. */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const shown = new Set();
let timer = null;

function words(ageMs) {
  const say = document.body.dataset;
  if (ageMs < MINUTE_MS) return say.justNow;
  if (ageMs < HOUR_MS) return say.minutesAgo.replace("%n", Math.floor(ageMs / MINUTE_MS));
  return say.hoursAgo.replace("%n", Math.floor(ageMs / HOUR_MS));
}

class RelativeTime extends HTMLElement {
  connectedCallback() {
    shown.add(this);
    timer ??= setInterval(() => shown.forEach((element) => element.refresh()), MINUTE_MS);
  }

  disconnectedCallback() {
    shown.delete(this);
    if (shown.size) return;
    clearInterval(timer);
    timer = null;
  }

  refresh() {
    const time = this.querySelector("time");
    const ageMs = Date.now() - Date.parse(time?.dateTime);
    if (ageMs >= 0 && ageMs < DAY_MS) time.textContent = words(ageMs);
  }
}

customElements.define("relative-time", RelativeTime);
