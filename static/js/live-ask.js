/* What an open page asks about its place: what changed, and the pieces that show it. */
import { Gone } from "./live-line.js";

/* The HTML as nodes that are not in the page yet. */
export function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

async function get(url, query) {
  const headers = { "HX-Request": "true", "HX-Current-URL": location.href };
  const answer = await fetch(`${url}?${new URLSearchParams(query)}`, { headers });
  if (answer.redirected || answer.status === 401) throw new Gone("signed-out");
  if (answer.status === 404) throw new Gone("gone");
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

export class LiveAsk {
  #words;

  constructor(words) {
    this.#words = words;
  }

  async changes(after, threads) {
    return (await get(this.#words.changes, { after, threads })).json();
  }

  /* By their ids: `posts`, `threads` (what stands around their posts), `whole` ones, `rows`. */
  async pieces(query) {
    if (!Object.values(query).some(({ length }) => length)) return parsed("");
    const page = this.#words.thread ? { page: "thread" } : {};
    return parsed(await (await get(this.#words.pieces, { ...query, ...page })).text());
  }

  /* The talk that a bare knot opens. */
  async talk(knot) {
    return parsed(await (await get(knot.getAttribute("hx-get"), {})).text()).firstElementChild;
  }
}
