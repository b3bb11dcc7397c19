/* Sending with the page's token. Signing in again, in another tab say, makes a new one: then it is fetched,
   the forms of the page get it too, and what was refused is sent once more. */
const FIELD = "[name=csrfmiddlewaretoken]";

/* Whether a status and a header say that only the token was refused. */
export function isOldToken(status, refused) {
  return status === 403 && refused === "csrf";
}

export async function freshToken() {
  const answer = await fetch("/token/", { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`no token: ${answer.status}`);
  const token = await answer.text();
  for (const input of document.querySelectorAll(FIELD)) input.value = token;
  return token;
}

async function send(url, fields, options, token) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const headers = { ...options.headers, "X-CSRFToken": token, "X-Requested-With": "fetch" };
  return fetch(url, { method: "POST", credentials: "same-origin", ...options, headers, body });
}

/* Post `fields` to `url`; the answer, whatever its status. Rejects when the server was not reached. */
export async function post(url, fields, options = {}) {
  const token = document.querySelector(FIELD)?.value ?? "";
  const answer = await send(url, fields, options, token);
  if (!isOldToken(answer.status, answer.headers.get("X-Refused"))) return answer;
  return send(url, fields, options, await freshToken());
}
