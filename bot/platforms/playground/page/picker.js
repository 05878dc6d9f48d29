// A date box takes any words; the browser's calendar beside it writes into the same box.

import { el, icon } from "./dom.js";
import { say } from "./strings.js";

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Puts the browser's calendar beside a text box; `day` is the one that stands there in words. */
export function withPicker(typed, label, language, key, day = "") {
  const standing = typed.value;
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
        const found = typed.value === standing && day ? day : typed.value;
        native.value = ISO_DAY.test(found) ? found : "";
        native.showPicker();
      },
    },
    icon("calendar"),
  );
  return el("div", { class: "with-picker" }, typed, native, button);
}
