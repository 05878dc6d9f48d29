// Four short tips for the first visit; put away once, they stay away.

import { el } from "./dom.js";
import { recall, remember } from "./preferences.js";
import { say } from "./strings.js";

const COUNT = 4;

/** Shows the tips above `root` unless they were dismissed; they cover nothing. */
export function startTour(root, language, after) {
  if (recall("tour") === "done") return;
  let at = 1;
  const box = el("section", { class: "tour", id: "tour", "aria-labelledby": "tour-title" });
  const end = () => {
    remember("tour", "done");
    box.remove();
    after();
  };
  const draw = (focus) => {
    const last = at === COUNT;
    const next = el(
      "button",
      { type: "button", class: "button primary", id: "tour-next", onclick: () => (last ? end() : ((at += 1), draw(true))) },
      say(last ? "tour_end" : "tour_next", language()),
    );
    box.replaceChildren(
      el("p", { class: "quiet" }, say("tour_of", language(), { number: at, count: COUNT })),
      el("h2", { id: "tour-title" }, say(`tour_${at}_title`, language())),
      el("p", { "aria-live": "polite" }, say(`tour_${at}_body`, language())),
      el("div", { class: "buttons" }, next, last ? null : el("button", { type: "button", class: "link", onclick: end }, say("tour_never", language()))),
    );
    if (focus) next.focus();
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
  });
  draw(false);
  root.before(box);
  return () => box.isConnected && draw(false);
}
