/* Puts what the server made into an open page, by ids: focus stays where it is, and so do words that somebody writes. */
const FIELDS = "textarea, input[name=title]";
const REACHED = "a[href], button, summary, input, textarea";

export const isShut = (element) => Boolean(element.closest("details:not([open])"));

/* Whether somebody writes in it, or has written. */
export function hasWords(root) {
  const fields = [...root.querySelectorAll(FIELDS)];
  return fields.some((field) => field.value !== field.defaultValue || field === document.activeElement);
}

/* As after a swap of htmx's: what listens to those works on it too. */
export function settle(element) {
  window.htmx?.process(element);
  element.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: {} }));
}

export function focusOn(element) {
  if (!element.matches(REACHED)) element.tabIndex = -1;
  element.focus();
}

const sameAs = (one) => (other) =>
  ["value", "href", "formaction"].every((name) => one.getAttribute(name) === other.getAttribute(name)) && one.localName === other.localName;

export function replace(old, fresh) {
  const focused = old.contains(document.activeElement) && document.activeElement;
  const menu = old.querySelector(".menu[open]") && fresh.querySelector(".menu");
  old.replaceWith(fresh);
  if (menu) menu.open = true;
  settle(fresh);
  if (!focused) return;
  const next = [...fresh.querySelectorAll(REACHED)].find(sameAs(focused)) ?? fresh;
  if (next === fresh) next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

/* Who writes in a form that closes meanwhile keeps it; the server gives the words back. */
function replaceFoot(old, fresh) {
  if (old.dataset.state === fresh.dataset.state) return;
  if (!hasWords(old)) return replace(old, fresh);
  for (const note of old.querySelectorAll(":scope > :is(.terms, .posts-more)")) note.remove();
  old.prepend(...fresh.querySelectorAll(":scope > :is(.terms, .posts-more)"));
  old.dataset.state = fresh.dataset.state;
}

/* Each piece takes the place of what has its id; what the page doesn't show is left out. */
export function replacePieces(pieces) {
  for (const fresh of [...pieces.querySelectorAll("[id]")]) {
    const old = document.getElementById(fresh.id);
    if (!old || fresh.parentElement || old.matches(".post-edit")) continue;
    if (old.matches(".distilled[data-state='0']") && !isShut(old)) continue; // a first summary would push all down
    if (fresh.matches(".thread-foot")) replaceFoot(old, fresh);
    else if (old.dataset.state !== fresh.dataset.state || !(fresh.dataset.state || old.isEqualNode(fresh))) replace(old, fresh);
  }
}

const numberOf = (post) => Number(post.id.slice("post-".length));

/* Where the posts of a conversation stand. */
export const homeOf = (thread) => thread.querySelector(".posts, :scope > .fold-posts") ?? thread;

/* Each post where it belongs by its number: mostly at the end. */
export function insertPosts(thread, posts) {
  const home = homeOf(thread);
  const end = home.querySelector(":scope > :is([id^=end-], .curtain-rail, .thread-news)");
  for (const post of posts.filter(Boolean)) {
    if (document.getElementById(post.id)) continue;
    const shown = [...home.querySelectorAll(":scope > .post[id^=post-]")];
    const next = shown.find((other) => numberOf(other) > numberOf(post)) ?? end;
    home.insertBefore(post, next ?? null);
    settle(post);
    const read = thread.querySelector(".thread-news [name=up_to]"); // reaches as far as the page shows
    if (read) read.value = Math.max(read.value, numberOf(post));
  }
}

/* Its posts went elsewhere, or came from there. Not while somebody writes in it; says whether. */
export function replaceThread(old, fresh) {
  if (!fresh || hasWords(old)) return false;
  if (!old.querySelector(":scope > .thread-head")) fresh.querySelector(":scope > .thread-head")?.remove();
  replace(old, fresh);
  return true;
}

/* What is not at this place any more: its words go, those that the reader writes stay, and can be sent. Without any it
   has no name in the page any more, so that it can come back. */
export function leave(thread, note) {
  const kept = [...thread.children].filter(hasWords);
  const isLeft = thread.contains(document.activeElement) && !kept.some((part) => part.contains(document.activeElement));
  const line = document.createElement("p");
  line.className = "posts-more quiet";
  line.append(note);
  thread.replaceChildren(line, ...kept);
  thread.dataset.left = "";
  if (!kept.length) thread.removeAttribute("id");
  if (isLeft) focusOn(line);
}

export function leaveRow(row, note) {
  const fold = row.querySelector(".row-fold");
  const isLeft = row.contains(document.activeElement);
  if (fold && hasWords(fold)) {
    fold.open = true;
    row.replaceChildren(fold);
    return;
  }
  row.className = "row-more quiet";
  row.removeAttribute("id");
  row.replaceChildren(note);
  if (isLeft) focusOn(row);
}
