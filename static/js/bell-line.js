/* A page's live connection, and what it hears of the bell: see bell-count.js. */
const RUNG = "bell-rung";

/* A socket that hears of `place`, if there is one, and of the bell, of which it says what the page knows: it is told
   only of something else. Null where a policy of the browser's forbids it. */
export function connected(place) {
  const known = document.querySelector("bell-count")?.dataset.bell;
  const path = `/live/${place ? `${place}/` : ""}${known ? `?bell=${known}` : ""}`;
  try {
    return new WebSocket(location.origin.replace(/^http/, "ws") + path);
  } catch {
    return null;
  }
}

/* `sign` is what the bell says now; without one there may be something else. */
export function hearBell(sign = "") {
  document.dispatchEvent(new CustomEvent(RUNG, { detail: sign }));
}

export function onBell(listen, signal) {
  document.addEventListener(RUNG, ({ detail }) => listen(detail), { signal });
}
