// Where the keyboard is, across redraws: every control has a key that outlives its element; and which pane is on top.

/** The key of a control, or an empty string. */
export function focusKey(element) {
  return element?.dataset?.key ?? "";
}

/** What is focused inside `root`, with the caret, so that `giveBack` finds it again. */
export function takeFocus(root) {
  const found = document.activeElement;
  if (!found || !root.contains(found) || !focusKey(found)) return null;
  const caret = typeof found.selectionStart === "number" ? [found.selectionStart, found.selectionEnd] : null;
  return { key: focusKey(found), caret, top: found.scrollTop };
}

/** Focuses the control that took the place of the one in `held`; false when there is none. */
export function giveBack(root, held) {
  if (!held) return true;
  const found = root.querySelector(`[data-key="${CSS.escape(held.key)}"]`);
  if (!found) return false;
  found.focus({ preventScroll: true });
  if (held.caret && typeof found.setSelectionRange === "function") {
    found.setSelectionRange(held.caret[0], held.caret[1]);
    found.scrollTop = held.top;
  }
  return true;
}

/** True while somebody writes: the focus is in a box that holds text. */
export function isWriting() {
  const found = document.activeElement;
  return found instanceof HTMLTextAreaElement || (found instanceof HTMLInputElement && found.type === "text" && found.value !== "");
}

/** Where a person goes on in `log`: the box that waits for an answer, else the newest card. */
export function openPlace(log) {
  const cards = [...log.querySelectorAll("article[data-live]:not(.only-you)")];
  const card = cards.findLast((c) => c.querySelector("form[data-asks]")) ?? cards.at(-1);
  const asks = card?.querySelector("form[data-asks]")?.dataset.asks;
  const box = asks ? card.querySelector(`[data-field="${CSS.escape(asks)}"]`) : null;
  return card ? nextPlace(box ?? card) : null;
}

/** The first box of a card with a problem below it; null where all is well. */
export function boxInNeed(card) {
  return card.querySelector("[data-field] .problem")?.closest("[data-field]") ?? null;
}

/** The best place inside a card to go on: a box with a problem, else its first control. */
export function nextPlace(root) {
  return (
    root.querySelector('[aria-invalid="true"]') ??
    boxInNeed(root)?.querySelector("input:not([type=hidden]), textarea, select, button") ??
    root.querySelector(".to-copy button") ??
    root.querySelector("form input:not([type=hidden]):not([tabindex='-1']), form textarea, form select, form button") ??
    root.querySelector("button.primary, button") ??
    root
  );
}

/** Says of a pane that it is all that is there, as a dialog is; else that it plays its own part. */
export function covers(pane, over, part) {
  pane.setAttribute("role", over ? "dialog" : part);
  if (over) pane.setAttribute("aria-modal", "true");
  else pane.removeAttribute("aria-modal");
}
