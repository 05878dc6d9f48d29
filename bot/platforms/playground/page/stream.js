// The stream of changes. A browser keeps six connections to a host, so all its tabs share one stream.

const NAME = "candor.changes";
const shares = "locks" in navigator && "BroadcastChannel" in window; // not on plain http from afar

/**
 * What changes: `tell` has `changed`, `reload`, `lost` and `found`. What other tabs say before it is
 * opened is told then.
 */
export class Stream {
  constructor(tell) {
    this.tell = tell;
    this.broken = false;
    this.early = [];
    this.tabs = shares ? new BroadcastChannel(NAME) : null;
    this.tabs?.addEventListener("message", ({ data }) => this.hear(data));
  }

  /** Follows the changes after `last()`, in turn: when the tab that does it closes, another does. */
  open(last) {
    const early = this.early;
    this.early = null;
    early.forEach((heard) => this.hear(heard));
    if (!shares) this.connect(last());
    else navigator.locks.request(NAME, () => new Promise(() => this.connect(last())));
  }

  /**
   * The browser reconnects by itself and names the last event it saw; when that is too long ago
   * the server says `reload`.
   */
  connect(last) {
    const source = new EventSource(`/api/events?last=${encodeURIComponent(last)}`);
    source.addEventListener("change", ({ lastEventId, data }) => this.pass("changed", { id: lastEventId, ...JSON.parse(data) }));
    source.addEventListener("reload", () => this.pass("reload"));
    source.addEventListener("open", () => this.broken && this.pass("found"));
    source.addEventListener("error", () => this.broken || this.pass("lost"));
  }

  pass(name, change) {
    this.tabs?.postMessage({ name, change });
    this.hear({ name, change });
  }

  hear({ name, change }) {
    if (this.early) return void this.early.push({ name, change });
    if (name === "lost" || name === "found") this.broken = name === "lost";
    this.tell[name](change);
  }
}
