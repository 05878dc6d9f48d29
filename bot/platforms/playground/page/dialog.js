// Modal windows: the browser's own dialog keeps the focus inside and closes on Escape.

import { el, icon } from "./dom.js";
import { focusKey } from "./focus.js";
import { say } from "./strings.js";

let count = 0;

/**
 * Opens a modal with a title, a body and buttons; `closed` runs after it went away. The focus
 * goes back to what was focused before, or to what was drawn in its place.
 */
export function openDialog({ title, body, actions = [], language, wide = false, closed }) {
  const opener = document.activeElement;
  const key = focusKey(opener);
  const name = `dialog-${(count += 1)}`;
  const dialog = el(
    "dialog",
    { class: wide ? "dialog wide" : "dialog", "aria-labelledby": name },
    el(
      "header",
      {},
      el("h2", { id: name }, title),
      el(
        "button",
        { type: "button", class: "plain-icon", "aria-label": say("close", language), onclick: () => dialog.close() },
        icon("close"),
      ),
    ),
    el("div", { class: "dialog-body" }, body),
    actions.length ? el("footer", {}, actions) : null,
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed?.();
    const back = opener?.isConnected ? opener : key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    back?.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A button for the foot of a dialog. */
export function dialogButton(label, act, style = "plain") {
  return el("button", { type: "button", class: `button ${style}`, onclick: act }, label);
}

/** Asks before something that cannot be undone; `yes` runs when the person agrees. */
export function confirm({ title, body, yes, no, language, agreed }) {
  const dialog = openDialog({
    title,
    language,
    body: el("p", {}, body),
    actions: [
      dialogButton(no, () => dialog.close()),
      dialogButton(
        yes,
        () => {
          dialog.close();
          agreed();
        },
        "danger",
      ),
    ],
  });
}

/** Shows `text` selected, with a button that copies it; says so when the browser refuses. */
export function openCopy(text, language) {
  const area = el("textarea", { class: "copy-text", readonly: true, rows: 14, "aria-label": say("copy_title", language), value: text });
  const told = el("p", { class: "copied", role: "status" });
  const copy = async () => {
    told.textContent = (await copied(area, text)) ? say("copied", language) : say("copy_failed", language);
  };
  const dialog = openDialog({
    title: say("copy_title", language),
    language,
    wide: true,
    body: [el("p", { class: "quiet" }, say("copy_about", language)), area, told],
    actions: [
      dialogButton(say("close", language), () => dialog.close()),
      dialogButton([icon("copy"), say("copy_now", language)], copy, "primary"),
    ],
  });
  area.focus();
  area.select();
  area.scrollTop = 0;
}

async function copied(area, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    area.focus();
    area.select();
    return document.execCommand("copy");
  }
}
