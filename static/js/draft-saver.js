/* Brings a form's words to the server: a moment after the last change, one request after the other, and again when the
   server was not reached. */
import { post } from "./token.js";

const SAVE_AFTER_MS = 1500;
const TRY_AGAIN_MS = 15_000;

export class DraftSaver {
  #fields;
  #saved;
  #timer = null;
  #unsaved = false;
  #work = Promise.resolve();

  /* `fields()` gives what is to be sent; `saved(fields, savedAt, isSent)` hears that the server has it,
     or that its key made something already. */
  constructor(fields, saved) {
    this.#fields = fields;
    this.#saved = saved;
  }

  /* Something changed. */
  later() {
    this.#unsaved = true;
    this.soon(SAVE_AFTER_MS);
  }

  soon(ms = 0) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.after(this.#work, () => this.now()), ms);
  }

  /* Saves wait for `work`. */
  after(work, then = () => {}) {
    this.#work = work.then(then);
  }

  /* Nothing is left to save. */
  drop() {
    clearTimeout(this.#timer);
    this.#unsaved = false;
  }

  /* With `leaving` the request outlives the page, and there is no second try. */
  async now(leaving = false) {
    if (!this.#unsaved) return;
    this.drop();
    const fields = this.#fields();
    try {
      const answer = await post("/drafts/save/", fields, { keepalive: leaving });
      if (answer.status >= 500 || answer.status === 401) throw new Error(answer.status);
      if (!answer.ok) return;
      const { saved_at: savedAt, is_sent: isSent } = await answer.json();
      this.#saved(fields, savedAt, isSent);
    } catch {
      this.#unsaved = true;
      if (!leaving) this.soon(TRY_AGAIN_MS);
    }
  }
}
