// The way to the server: reads, posts with the token, and the stream of changes.

let token = "";

/** A refusal of the server; `status` is its HTTP status, 0 when it was not reached. */
export class Refused extends Error {
  constructor(status) {
    super(`refused with ${status}`);
    this.status = status;
  }
}

/** Reads JSON from `path`; raises Refused. */
export async function get(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return answer(await reach(query ? `${path}?${query}` : path, {}));
}

/** Reads the whole state and keeps the token that posts need. */
export async function readState(person, conversation) {
  const found = await get("/api/state", { person, conversation });
  token = found.token;
  return found;
}

/** Posts JSON to `path`; raises Refused. */
export async function post(path, body) {
  return answer(
    await reach(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Candor-Token": token },
      body: JSON.stringify(body),
    }),
  );
}

/**
 * Follows the changes from `last` on. The browser reconnects by itself and names the last event
 * it saw; when that is too long ago the server says `reload`.
 */
export function follow(last, { changed, reload, lost, found }) {
  const stream = new EventSource(`/api/events?last=${encodeURIComponent(last)}`);
  let broken = false;
  stream.addEventListener("change", (event) => changed(JSON.parse(event.data)));
  stream.addEventListener("reload", () => reload());
  stream.addEventListener("open", () => {
    if (broken) found();
    broken = false;
  });
  stream.addEventListener("error", () => {
    if (!broken) lost();
    broken = true;
  });
  return stream;
}

/** A fresh id for one action: when it was done, and something that nobody guesses. */
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const rest = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  return `${String(Date.now()).padStart(13, "0")}-${rest}`;
}

async function reach(path, options) {
  try {
    return await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new Refused(0);
  }
}

async function answer(response) {
  if (!response.ok) throw new Refused(response.status);
  return response.json();
}
