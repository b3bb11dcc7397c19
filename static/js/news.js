/* What the page says is new, as the server's answer has it: `words` by `data-new`, the post of each thread from which
   on all are new, and those that are `still` new before it. What is not named is read by now; its place stays as wide,
   so that nothing moves. What became new since the page was made shows where it finds room; only `near` what the reader
   asked for may it make some. */
export const idOf = (post) => Number(post.id.slice("post-".length));

function show(element, name, isNew, mayMove) {
  const begins = isNew && !element.classList.contains(name);
  const around = element.parentElement;
  const height = begins && !mayMove ? around.offsetHeight : 0;
  if (isNew) element.classList.add(name);
  element.classList.toggle("is-read", !isNew && element.classList.contains(name));
  if (height && around.offsetHeight !== height) element.classList.remove(name);
}

let asked = 0, shown = 0;

/* A number for who begins to ask: of two answers the one that was asked for later counts, whichever comes first. */
export function asking() {
  asked += 1;
  return asked;
}

export function showNews({ words, first, still }, number, near = null) {
  if (number < shown) return;
  shown = number;
  for (const element of document.querySelectorAll("[data-new]")) {
    const holder = element.closest("[data-holds-new]");
    const text = words[element.dataset.new];
    element.style.minInlineSize = `${element.getBoundingClientRect().width}px`;
    if (text) element.textContent = text;
    show(holder, holder.dataset.holdsNew, Boolean(text), near?.contains(holder));
  }
  for (const post of document.querySelectorAll(".post[data-thread]")) {
    const isNew = idOf(post) >= (first[post.dataset.thread] ?? Infinity) || still.includes(idOf(post));
    show(post, "post-new", isNew, true);
  }
}
