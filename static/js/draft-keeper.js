/* <draft-keeper name="reply:5" person="3"> in a form: what is typed there is kept in this browser at once and on the
   server soon after, comes back when the form appears, and is let go of when it stands as a post. */
import { newKey, sayDraftIsBack } from "./draft-line.js";
import { DraftSaver } from "./draft-saver.js";
import * as store from "./draft-store.js";

class DraftKeeper extends HTMLElement {
  #off = null;
  #saver = new DraftSaver(() => ({ slot: this.#slot, key: this.#key.value, ...this.#words }), (...it) => this.#saved(...it));
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
  get #words() { return { title: this.#form.elements.title?.value ?? "", body: this.#area.value }; }

  #changed() {
    if (this.#setting) return;
    this.#typed = true;
    this.#keep({ sent: store.read(this.#id)?.sent });
    this.#mark(false);
    this.#saver.later();
  }

  #keep(more) { // in this browser
    const words = this.#words;
    if (words.title || words.body !== this.#start) store.write(this.#id, { ...words, key: this.#key.value, at: Date.now(), ...more });
    else store.remove(this.#id);
  }

  #saved(words, savedAt) {
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
    const { body } = this.#words;
    const before = store.read(this.#id)?.sent;
    if (before !== undefined && before !== body) this.#key.value = newKey();
    this.#keep({ sent: body });
  }

  #answered({ status }) {
    if (status >= 200 && status < 300) store.remove(this.#id, this.#words.body);
    else this.#saver.later();
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
      if (this.#typed) this.#putBefore(draft.body);
      else if (this.#fill(draft, draft.saved_at)) this.#keep({ at: draft.saved_at, savedAt: draft.saved_at });
    } else if (local && !this.#typed) {
      this.#fill(local, local.at);
      if (!draft || local.savedAt !== draft.saved_at) this.#saver.later();
    }
  }

  /* Somebody was quicker than the answer: both stay. */
  #putBefore(body) {
    if (this.#area.value.includes(body)) return;
    this.#area.setRangeText(`${body}\n\n`, 0, 0, "preserve");
    this.#changed();
  }

  /* Whether the words now stand in the form. What the server or the browser put there itself stays. */
  #fill(draft, at) {
    const { defaultValue, value } = this.#area;
    if (defaultValue !== this.#start || (value !== this.#start && value !== draft.body && !this.firstChild)) return false;
    if (draft.key) this.#key.value = draft.key;
    const { title, body } = this.#words;
    if (body === draft.body && title === draft.title) return true;
    this.#set(draft);
    sayDraftIsBack(this, at, () => this.#discard());
    return true;
  }

  #set({ title, body }) {
    if (this.#form.elements.title) this.#form.elements.title.value = title;
    this.#area.value = body;
    this.#setting = true;
    this.#area.dispatchEvent(new Event("input", { bubbles: true }));
    this.#setting = false;
  }

  /* What is written now is a post of its own. */
  #empty() {
    this.#set({ title: "", body: this.#start });
    this.#key.value = newKey();
  }

  #discard() {
    this.#empty();
    this.#area.focus();
    this.#changed();
    this.#saver.soon();
  }
}

customElements.define("draft-keeper", DraftKeeper);
