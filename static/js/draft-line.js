/* The line that says that a draft is back, with the button that discards it; and what puts it into its form. */
import "./relative-time.js";

export function sayDraftIsBack(holder, at, discard) {
  holder.replaceChildren(document.getElementById("draft-back").content.cloneNode(true));
  const time = holder.querySelector("time");
  const moment = new Date(Math.min(at, Date.now())); // the server's clock may be ahead
  time.dateTime = moment.toISOString();
  time.textContent = moment.toLocaleDateString(document.documentElement.lang);
  holder.querySelector("relative-time").refresh();
  holder.querySelector("button").addEventListener("click", ({ target }) => {
    holder.replaceChildren();
    discard();
    holder.closest("form").elements.body.focus();
    document.dispatchEvent(new CustomEvent("announce", { detail: { value: target.dataset.done } }));
  });
}

export function putWords(form, { title, body }) {
  if (form.elements.title) form.elements.title.value = title;
  form.elements.body.value = body;
  form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
}

/* Somebody was quicker than the answer: both stay. */
export function putBefore(area, body) {
  if (area.value.includes(body)) return;
  area.setRangeText(`${body}\n\n`, 0, 0, "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/* A new key for a form whose last one was sent with other words. */
export function newKey() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
