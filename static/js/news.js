/* What the page says is new, as the server's answer has it: `words` by `data-new`, the post of each thread from
   which on all are new, and those that are `still` new before it. What is not named is read by now; its place stays as wide, so that nothing moves. */
export const idOf = (post) => Number(post.id.slice("post-".length));

function show(element, name, isNew) {
  if (isNew) element.classList.add(name);
  element.classList.toggle("is-read", !isNew && element.classList.contains(name));
}

export function showNews({ words, first, still }) {
  for (const element of document.querySelectorAll("[data-new]")) {
    const holder = element.closest("[data-holds-new]");
    const text = words[element.dataset.new];
    element.style.minInlineSize = `${element.getBoundingClientRect().width}px`;
    if (text) element.textContent = text;
    show(holder, holder.dataset.holdsNew, Boolean(text));
  }
  for (const post of document.querySelectorAll(".post[data-thread]")) {
    show(post, "post-new", idOf(post) >= (first[post.dataset.thread] ?? Infinity) || still.includes(idOf(post)));
  }
}
