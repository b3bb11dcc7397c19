/* An address that ends in `#post-5` leads to that post also where it stands on another page of its conversation, or in
   another conversation by now: the server knows where. */
const WANTED = /^#post-(\d{1,18})$/;

function follow() {
  const id = location.hash.match(WANTED)?.[1];
  const here = new URL(location);
  if (!id || document.getElementById(`post-${id}`) || here.searchParams.get("post") === id) return;
  here.search = `?post=${id}`;
  location.replace(here);
}

export function followPostLinks() {
  if (!document.querySelector(".thread")) return;
  follow();
  window.addEventListener("hashchange", follow);
}
