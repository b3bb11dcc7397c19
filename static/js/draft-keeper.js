/* <draft-keeper name="reply:5" person="3"> in a form: what is typed there is kept in this browser at once and on the
   server soon after, comes back when the form appears, and is let go of when it stands as a post. */
import { newKey, putBefore, putWords, sayDraftIsBack } from "./draft-line.js";
import { DraftSaver } from "./draft-saver.js";
import * as store from "./draft-store.js";

class DraftKeeper extends HTMLElement {
  #off = null;
  #saver = new DraftSaver(() => ({ slot: this.#slot, key: this.#keyNow, ...this.#words }), (...it) => this.#saved(...it));
  #nextKey = newKey(); // of words that are not those on their way
  #typed = false; // since the form appeared
  #setting = false;

  connectedCallback() {
    this.#off = new AbortController();
    const { signal } = this.#off;
    const form = this.#form;
    form.addEventListener("input", ({ target }) => this.#fields.includes(target) && this.#changed(), { signal });
    form.addEventListener("submit", () => this.#sent(), { signal, capture: true }); // before htmx reads the form
    form.addEventListener("htmx:beforeOnLoad", ({ target, detail }) => target === form && this.#answered(detail.xhr), { signal });
    form.addEventListener("htmx:sendError", () => this.#saver.later(), { signal });
    window.addEventListener("pagehide", () => this.#saver.now(true), { signal });
    window.addEventListener("online", () => this.#saver.soon(), { signal });
    window.addEventListener("pageshow", (event) => event.persisted && this.#appear(), { signal });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#saver.now(true) : this.#saver.soon()), { signal });
    this.#appear();
  }

  disconnectedCallback() {
    this.#off.abort();
    this.#saver.now(true);
    this.#saver.drop();
    this.replaceChildren();
  }

  get #form() { return this.closest("form"); }
  get #area() { return this.#form.elements.body; }
  get #key() { return this.#form.elements.key; }
  get #fields() { return [this.#form.elements.title, this.#area]; }
  get #start() { return this.hasAttribute("over") ? this.#area.defaultValue : ""; } // a text that words go on from
  get #slot() { return this.getAttribute("name"); }
  get #id() { return `${this.getAttribute("person")}:${this.#slot}`; }
  get #sentWords() { return store.read(this.#id)?.sent; } // which may be a post already
  get #isOther() { return this.#sentWords !== undefined && this.#sentWords !== this.#area.value; }
  get #keyNow() { return this.#isOther ? this.#nextKey : this.#key.value; }
  get #words() { return { title: this.#form.elements.title?.value ?? "", body: this.#area.value }; }

  #changed() {
    if (this.#setting) return;
    this.#typed = true;
    this.#keep({ sent: this.#sentWords });
    this.#mark(false);
    this.#saver.later();
  }

  #keep(more) { // in this browser
    const words = this.#words;
    if (words.title || words.body !== this.#start) store.write(this.#id, { ...words, key: this.#key.value, at: Date.now(), ...more });
    else store.remove(this.#id);
  }

  #saved(words, savedAt, isSent) {
    if (isSent && this.isConnected && words.key === this.#key.value && this.#sentWords === undefined) {
      this.#takeNextKey(); // written on in another tab, or after the Back button
      this.#saver.later();
    }
    const draft = store.read(this.#id);
    if (draft?.body !== words.body || draft.title !== words.title || !savedAt) return; // newer words are under way
    store.write(this.#id, { ...draft, savedAt });
    this.#mark(true);
  }

  #mark(isSaved) {
    const mark = this.#form?.querySelector(".write-mark");
    if (mark) mark.textContent = isSaved ? mark.dataset.saved : "";
  }

  /* On its way to be a post. Whether it became one the answer says, or the server when the form appears again. */
  #sent() {
    this.#saver.drop();
    if (this.#isOther) this.#takeNextKey();
    this.#keep({ sent: this.#words.body });
  }

  #answered({ status }) {
    if (status < 200 || status >= 300) return this.#saver.later();
    if (!this.#isOther) return store.remove(this.#id, this.#words.body);
    this.#takeNextKey(); // what was typed since is no post
  }

  #takeNextKey() {
    [this.#key.value, this.#nextKey] = [this.#nextKey, newKey()];
    this.#keep();
  }

  #appear() {
    this.#typed = false;
    const local = store.read(this.#id);
    const isUnclear = local && local.sent === local.body; // perhaps it is a post already
    if (local && !isUnclear) this.#fill(local, local.at);
    this.#saver.after(this.#compare(local, isUnclear));
  }

  async #compare(local, isUnclear) {
    const { draft, posted } = await store.ask(this.#slot, local?.key).catch(() => ({}));
    if (!this.isConnected) return;
    if (isUnclear && posted && !this.#typed) {
      store.remove(this.#id, local.body);
      local = null;
    }
    if (!local && !this.#typed && this.#area.value && this.#area.value === store.lastPosted(this.#id)) this.#empty();
    if (draft && (!local || (local.savedAt !== draft.saved_at && local.at < draft.saved_at))) {
      if (this.#typed) putBefore(this.#area, draft.body);
      else if (this.#fill(draft, draft.saved_at)) this.#keep({ at: draft.saved_at, savedAt: draft.saved_at });
    } else if (local && !this.#typed) {
      this.#fill(local, local.at);
      if (!draft || local.savedAt !== draft.saved_at) this.#saver.later();
    }
  }

  /* Whether the words now stand in the form. What the server or the browser put there itself stays. */
  #fill(draft, at) {
    const { defaultValue, value } = this.#area;
    if (defaultValue !== this.#start || (value !== this.#start && value !== draft.body && !this.firstChild)) return false;
    if (draft.key) this.#key.value = draft.key;
    const { title, body } = this.#words;
    if (body === draft.body && title === draft.title) return true;
    this.#set(draft);
    sayDraftIsBack(this, at, () => {
      this.#empty();
      this.#changed();
      this.#saver.soon();
    });
    return true;
  }

  #set(words) {
    this.#setting = true;
    putWords(this.#form, words);
    this.#setting = false;
  }

  /* What is written now is a post of its own. */
  #empty() {
    this.#set({ title: "", body: this.#start });
    this.#key.value = newKey();
  }
}

customElements.define("draft-keeper", DraftKeeper);
