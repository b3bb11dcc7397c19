/* Brings into an open page what it does not show yet: posts of a conversation, conversations, rows. */
import { kindOf } from "./live-offers.js";
import { focusOn, homeOf, insertPosts, replace, settle } from "./live-pieces.js";
import { showNews } from "./news.js";

const byId = (id) => document.getElementById(id);

export class LiveShow {
  news = [{ words: {}, first: {}, still: [] }, 0]; // as the page was told it last, and by which question
  #ask;
  #offers;

  constructor(ask, offers) {
    this.#ask = ask;
    this.#offers = offers;
  }

  /* A conversation that the page does not know: in the list, and at its block. */
  async begin(id, block, isMine) {
    const talk = block ? byId(`talk-${block}`) : null;
    if (!isMine) this.#offers.add("rows", id);
    else if (byId("live-rows")) await this.take("rows", [id], false);
    if (talk?.matches(".knot-empty")) {
      const fresh = await this.#ask.talk(talk);
      fresh.open = false;
      if (talk.isConnected && !talk.matches(".htmx-request")) replace(talk, fresh);
      if (!isMine) this.#offers.say(fresh);
    } else if (talk?.open && !isMine) this.#offers.add(`talk-${block}`, id);
    else if (talk) await this.take(`talk-${block}`, [id], false);
  }

  /* What was offered and asked for, or what belongs where nobody looks. */
  async take(name, ids, asked = true) {
    const kind = kindOf(name);
    if (kind === "posts") return this.#takePosts(name, ids);
    const pieces = [...(await this.#ask.pieces({ [kind]: ids })).children];
    for (const piece of pieces.filter(({ id }) => !byId(id))) {
      if (kind === "rows") byId("thread-rows").prepend(piece);
      else byId(`live-${name}`).before(piece);
      settle(piece);
    }
    if (asked && pieces.length) this.#lookAt(pieces[0].querySelector(".t") ?? pieces[0], pieces[0]);
    return true;
  }

  async #takePosts(name, ids) {
    const thread = byId(`thread-${name}`), answers = byId(`answers-${name}`);
    if (document.querySelector(".pages [rel=next]")) return location.assign(`?post=${ids[0]}#post-${ids[0]}`);
    if (answers && homeOf(thread) === thread) {
      const pieces = await this.#ask.pieces({ whole: [name] });
      replace(answers, pieces.querySelector(`#answers-${name}`));
      thread.querySelector(".fold").open = true;
    } else insertPosts(thread, [...(await this.#ask.pieces({ posts: ids })).children]);
    this.#lookAt(byId(`post-${ids[0]}`) ?? thread, thread);
    return true;
  }

  #lookAt(element, near) {
    focusOn(element);
    showNews(...this.news, near);
  }
}
