/* <live-page data-place data-seq data-changes data-pieces>: lets the page follow what happens at its place. What it
   shows is brought up to date where it stands; what is new in front of the reader waits for a click. */
import { LiveAsk } from "./live-ask.js";
import { LiveLine } from "./live-line.js";
import { LiveOffers } from "./live-offers.js";
import { homeOf, insertPosts, isShut, leave, leaveRow, replacePieces, replaceThread } from "./live-pieces.js";
import { LiveShow } from "./live-show.js";
import { asking, showNews } from "./news.js";

const byId = (id) => document.getElementById(id);
const threadOf = (id) => byId(`thread-${id}`);
const isShown = (id) => Boolean(threadOf(id) || byId(`row-${id}`));
const ANSWERED_MS = 3000; // after that nobody waits for a request of the page's own any more

function shownThreads() {
  const found = [...document.querySelectorAll("[id^=thread-], [id^=row-]")];
  return [...new Set(found.map(({ id }) => id.match(/^(?:thread|row)-(\d+)$/)?.[1]).filter(Boolean))];
}

/* What the page itself sent comes back as an answer in place; nothing is put in while that is under way. */
async function atRest() {
  if (!document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling")) return;
  await new Promise((done) => {
    document.addEventListener("htmx:afterSettle", done, { once: true });
    setTimeout(done, ANSWERED_MS);
  });
}

class LivePage extends HTMLElement {
  #line = null;
  #told = new Set(); // events that the page has followed; the last ones are named more than once
  #ask = new LiveAsk(this.dataset);
  #offers = new LiveOffers(this.dataset, (name, ids) => this.#shows.take(name, ids));
  #shows = new LiveShow(this.#ask, this.#offers);

  connectedCallback() {
    const { place, seq } = this.dataset;
    const how = { catchUp: (after) => this.#catchUp(after), gone: (why) => this.#end(why) };
    this.#line = new LiveLine(place, Number(seq), how);
    this.#line.start();
    this.#offers.start();
  }

  disconnectedCallback() {
    this.#line.end();
    this.#offers.end();
  }

  async #catchUp(after) {
    const number = asking();
    const changes = await this.#ask.changes(after, shownThreads());
    await atRest();
    if (changes.cut) this.#note("much");
    else if (changes.events.some((id) => !this.#told.has(id))) await this.#follow(changes, number);
    for (const id of changes.events) this.#told.add(id);
    return changes.seq;
  }

  async #follow(changes, number) {
    for (const [id, url] of Object.entries(changes.left)) this.#leave(id, url);
    const { behind, quiet } = this.#sorted(changes.posts);
    const threads = Object.entries(changes.threads);
    const known = threads.map(([id]) => id).filter(isShown);
    const pieces = await this.#ask.pieces({ posts: [...behind, ...quiet.map(({ id }) => id)], threads: known });
    await this.#mix(threads.filter(([id, { mixed }]) => mixed && threadOf(id)).map(([id]) => id));
    for (const { id, thread } of quiet) {
      const piece = pieces.querySelector(`#post-${id}`);
      if (piece && threadOf(thread)) insertPosts(threadOf(thread), [piece]);
    }
    replacePieces(pieces);
    for (const [id, { block, posts }] of this.dataset.thread ? [] : threads) {
      const isMine = changes.posts.some((post) => post.mine && post.thread === Number(id));
      if (posts && !isShown(id)) await this.#shows.begin(id, block, isMine);
    }
    this.#count(changes, number);
    this.#offers.show();
  }

  async #mix(ids) {
    const pieces = await this.#ask.pieces({ whole: this.dataset.thread ? [] : ids });
    for (const id of ids) {
      if (!replaceThread(threadOf(id), pieces.querySelector(`#thread-${id}`))) this.#note("much");
    }
  }

  /* Posts that the page shows as they were, and those to put where nobody looks just now. Others' words in front of the
     reader are offered. */
  #sorted(posts) {
    const behind = [], quiet = [];
    for (const post of posts) {
      const shown = byId(`post-${post.id}`), thread = threadOf(post.thread);
      if (shown) {
        if (shown.dataset.state !== post.state) behind.push(post.id);
      } else if (post.gone) this.#offers.drop(post.thread, post.id);
      else if (post.fresh && thread) {
        const isOpen = !isShut(homeOf(thread));
        if (isOpen && !post.mine) this.#offers.add(post.thread, post.id);
        else quiet.push(post);
        if (!isOpen && !post.mine) this.#offers.say(thread);
      }
    }
    return { behind, quiet };
  }

  #leave(id, url) {
    if (threadOf(id)?.matches("[data-left]")) return;
    const note = () => {
      const words = this.querySelector(`[data-note=${url ? "elsewhere" : "left"}]`).content.cloneNode(true);
      if (url) words.querySelector("a").href = url;
      return words;
    };
    this.#offers.forget(id);
    if (threadOf(id)) leave(threadOf(id), note());
    if (byId(`row-${id}`)) leaveRow(byId(`row-${id}`), note());
    for (const words of document.querySelectorAll(`#title-${id}, #facts-${id}`)) words.replaceChildren("…");
  }

  #count(changes, number) {
    this.#shows.news = [changes, number];
    for (const total of document.querySelectorAll("[data-live-total]")) total.textContent = changes.total;
    for (const count of document.querySelectorAll("[data-live-count]")) count.textContent = changes.count;
    for (const [block, [count, words]] of Object.entries(changes.blocks)) {
      if (byId(`count-${block}`)) byId(`count-${block}`).textContent = count;
      if (byId(`posts-${block}`)) byId(`posts-${block}`).textContent = `, ${words}`;
    }
    showNews(changes, number);
  }

  #end(why) {
    this.#offers.end();
    this.#note(why);
  }

  #note(kind) {
    const words = this.querySelector(`template[data-note=${kind}]`).content.cloneNode(true);
    this.querySelector(".live-note").replaceChildren(words);
  }
}

customElements.define("live-page", LivePage);
