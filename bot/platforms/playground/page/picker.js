// A date box takes any words; the browser's calendar beside it writes into the same box.

import { el, icon } from "./dom.js";
import { say } from "./strings.js";

/** Puts the browser's calendar beside a text box. */
export function withPicker(typed, label, language, key) {
  const native = el("input", {
    type: "date",
    class: "native-date",
    tabindex: "-1",
    "aria-hidden": "true",
    onchange: (event) => {
      if (!event.target.value) return;
      typed.value = event.target.value;
      typed.dispatchEvent(new Event("input", { bubbles: true }));
      typed.focus();
    },
  });
  const button = el(
    "button",
    {
      type: "button",
      class: "picker",
      "data-key": key,
      "aria-label": say("pick_date_for", language, { label }),
      onclick: () => {
        native.value = /^\d{4}-\d{2}-\d{2}$/.test(typed.value) ? typed.value : "";
        native.showPicker();
      },
    },
    icon("calendar"),
  );
  return el("div", { class: "with-picker" }, typed, native, button);
}
