/* Drafts: in this browser under person and slot, and what the server knows of them. */
const PREFIX = "draft:";
const POSTED = "posted:"; // what stood in a form last: the Back button may bring it back
const KEPT_MS = 90 * 24 * 3600 * 1000;

/* {title, body, key, at, sent, savedAt}: the words, the form's key, when they were typed; what was last sent as a post;
   when the server had these words, by its clock. null without any. */
export function read(id) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + id));
  } catch {
    return null;
  }
}

/* Storage may be closed or full: the server has the words a second later. */
export function write(id, draft) {
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify(draft));
  } catch {
    forgetOld(0);
  }
}

export function remove(id, posted = "") {
  try {
    localStorage.removeItem(PREFIX + id);
    if (posted) sessionStorage.setItem(POSTED + id, posted);
  } catch { /* then there is none */ }
}

export function lastPosted(id) {
  try {
    return sessionStorage.getItem(POSTED + id);
  } catch {
    return null;
  }
}

function forgetOld(age) {
  try {
    for (const name of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const draft = read(name.slice(PREFIX.length));
      const isSafe = age > 0 || draft?.savedAt; // to make room, only what the server has
      if (!draft || (isSafe && draft.at < Date.now() - age)) localStorage.removeItem(name);
    }
  } catch { /* as above */ }
}

forgetOld(KEPT_MS);

let asking = [];

/* What the server has for a slot: {draft: {title, body, saved_at} or undefined, posted: whether `key` made a post}.
   All forms that ask at the same moment ask together. Rejects when the server is not reached. */
export function ask(slot, key) {
  return new Promise((resolve, reject) => {
    if (!asking.length) setTimeout(askTogether);
    asking.push({ slot, key, resolve, reject });
  });
}

async function askTogether() {
  const all = asking;
  asking = [];
  const query = new URLSearchParams();
  for (const { slot, key } of all) {
    query.append("slot", slot);
    if (key) query.append("key", key);
  }
  try {
    const answer = await fetch(`/drafts/mine/?${query}`, { credentials: "same-origin", cache: "no-store" });
    const { drafts, posted } = await answer.json();
    for (const { slot, key, resolve } of all) resolve({ draft: drafts[slot], posted: posted.includes(key) });
  } catch (error) {
    for (const { reject } of all) reject(error);
  }
}
