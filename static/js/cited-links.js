/* A link in a summary to a post that stands in the page leads there at once, through the folds around it. */
const CITED = /\/t\/\d+\/posts\/(\d+)\/$/;

function leadTo(post) {
  for (let fold = post.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (location.hash === `#${post.id}`) post.scrollIntoView();
  else location.hash = post.id;
  post.tabIndex = -1;
  post.focus({ preventScroll: true });
}

export function followCitations(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest(".summary a[href]");
    const id = link?.getAttribute("href").match(CITED)?.[1];
    const post = id && root.getElementById(`post-${id}`);
    if (!post || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    leadTo(post);
  });
}
