// A file that comes with an answer, on its way into the downloads.

import { el } from "./dom.js";

/** Hands a file over to the browser, which keeps it where its downloads go. */
export function save(file) {
  const bytes = Uint8Array.from(atob(file.content), (c) => c.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  const link = el("a", { href: url, download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
