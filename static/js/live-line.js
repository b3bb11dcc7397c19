/* Hears that something happened at a place: over a WebSocket while one can be had, else by asking now and then.
   `catchUp(seq)` asks what happened after `seq` and resolves to the number it got to; when it rejects with `Gone`, there
   is nothing more to hear, ever. Nothing is asked while nobody looks at the page. Without a place it hears of the bell. */
import { connected, hearBell } from "./bell-line.js";

const FIRST_MS = 400; // before the first of several tries; doubled for each that follows
const POLL_MS = 4000; // between questions, where no socket is to be had; `pollMs` says otherwise
const AWAY_MS = 15_000; // where the site itself does not answer
const OPENING_MS = 8000;
const LASTING_MS = 5000; // a connection that held so long was a good one
const SPREAD_MS = 250; // many pages hear of one post, and need not ask in the same moment

export class Gone extends Error {}

export class LiveLine {
  #place;
  #seq;
  #catchUp;
  #gone;
  #pollMs;
  #off = new AbortController();
  #socket = null;
  #openedAt = 0;
  #missed = false; // whether something may have happened that no letter told
  #timer = 0;
  #soon = 0;
  #tries = 0;
  #away = false;
  #asking = null;
  #again = false;

  constructor(place, seq, { catchUp, gone, pollMs = POLL_MS }) {
    this.#place = place;
    this.#pollMs = pollMs;
    this.#seq = seq;
    this.#catchUp = catchUp;
    this.#gone = gone;
  }

  start() {
    const { signal } = this.#off;
    document.addEventListener("visibilitychange", () => this.#turn(), { signal });
    window.addEventListener("pagehide", () => this.#pause(), { signal });
    window.addEventListener("pageshow", (event) => event.persisted && this.#turn(), { signal });
    window.addEventListener("online", () => this.#turn(), { signal });
    this.#connect();
  }

  end() {
    this.#off.abort();
    this.#pause();
  }

  get #rests() {
    return document.hidden || this.#off.signal.aborted;
  }

  #turn() {
    if (document.hidden) return this.#pause();
    this.#tries = 0;
    return this.#retry();
  }

  #pause() {
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    this.#soon = 0;
    this.#socket?.close();
    this.#forget();
  }

  #connect() {
    if (this.#socket || this.#rests) return;
    const socket = (this.#socket = connected(this.#place));
    if (!socket) return this.#later();
    this.#timer = setTimeout(() => this.#openedAt || socket.close(), OPENING_MS);
    socket.onmessage = ({ data }) => socket === this.#socket && this.#heard(JSON.parse(data));
    socket.onclose = () => socket === this.#socket && this.#dropped();
  }

  #heard({ seq, first, bell }) {
    if (bell) return hearBell(bell);
    if (first) clearTimeout(this.#timer);
    if (first) this.#openedAt = Date.now();
    if (first && !this.#missed && seq <= this.#seq) return;
    this.#soon ||= setTimeout(() => {
      this.#soon = 0;
      this.#ask();
    }, Math.random() * SPREAD_MS);
  }

  #dropped() {
    if (this.#openedAt && Date.now() - this.#openedAt > LASTING_MS) this.#tries = 0;
    this.#forget();
    this.#later();
  }

  #forget() {
    this.#socket = null;
    this.#openedAt = 0;
    this.#missed = true;
  }

  /* Each time longer, and by chance not all at once: a site that comes back is not run over. */
  #later() {
    clearTimeout(this.#timer);
    if (this.#rests) return;
    const wait = Math.min(this.#away ? AWAY_MS : this.#pollMs, FIRST_MS * 2 ** this.#tries);
    this.#timer = setTimeout(() => this.#retry(), wait * (0.5 + Math.random() / 2));
  }

  async #retry() {
    this.#tries += 1;
    hearBell();
    this.#away = !(await this.#ask());
    if (this.#rests) return;
    if (!this.#socket && (this.#tries < 4 || this.#tries % 8 === 0)) this.#connect();
    else if (!this.#socket || this.#away) this.#later();
  }

  /* One question at a time; what is heard meanwhile asks once more. Whether it was answered. */
  async #ask() {
    if (this.#asking) {
      this.#again = true;
      return this.#asking;
    }
    this.#asking = this.#run();
    const answered = await this.#asking;
    this.#asking = null;
    if (!answered && this.#socket) this.#later();
    return answered;
  }

  async #run() {
    try {
      do {
        this.#again = false;
        this.#seq = await this.#catchUp(this.#seq);
      } while (this.#again && !this.#rests);
      this.#missed = false;
      return true;
    } catch (error) {
      this.#missed = true;
      if (!(error instanceof Gone)) return false;
      this.end();
      this.#gone(error.message);
      return true;
    }
  }
}
