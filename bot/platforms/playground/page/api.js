// The way to the server: reads, and posts with the token.

let token = "";
let skew = 0; // milliseconds that the server's clock is ahead of this one
const tried = new Map();

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
  skew = found.real - Date.now();
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

/** Whether the change `id` came after the one named `last`; another run of the server is later. */
export function isLater(id, last) {
  const [run, count] = id.split("-");
  const [lastRun, lastCount] = last.split("-");
  return run !== lastRun || Number(count) > Number(lastCount);
}

/** The server's own clock in milliseconds, as near as this page knows it. */
export function serverTime() {
  return Date.now() + skew;
}

/**
 * The id of one action: when it was done, and something that nobody guesses. The same action
 * tried again after a failure keeps its id, so that it is done once.
 */
export function idOf(action) {
  const key = JSON.stringify(action);
  if (!tried.has(key)) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const rest = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
    tried.set(key, `${String(serverTime()).padStart(13, "0")}-${rest}`);
  }
  return tried.get(key);
}

/** The action arrived; doing the same again is another action. */
export function arrived(action) {
  tried.delete(JSON.stringify(action));
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
