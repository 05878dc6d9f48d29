// The left pane: conversations, and the people one can be.

import { el, icon } from "./dom.js";
import { lang } from "./preferences.js";
import { say } from "./strings.js";

const SHAPES = { dm: "chat", channel: "hash", inbox: "inbox" };

/** Fills `root` from the state; `go({person, conversation})` changes either. */
export function showPlaces(root, { state, language, unread, go, close }) {
  const held = document.activeElement?.id;
  const inside = root.contains(document.activeElement);
  root.setAttribute("aria-label", say("places", language));
  root.replaceChildren(
    el(
      "header",
      { class: "pane-head brand" },
      el("span", { class: "mark", "aria-hidden": "true" }),
      el("span", { class: "name" }, "Candor"),
      el(
        "button",
        { type: "button", id: "places-close", class: "plain-icon narrow-only", "aria-label": say("close", language), onclick: close },
        icon("close"),
      ),
    ),
    el("h2", { id: "conversations" }, say("conversations", language)),
    el(
      "ul",
      { "aria-labelledby": "conversations" },
      state.conversations.map((c) => el("li", {}, conversation(c, { state, language, unread, go }))),
    ),
    el("h2", { id: "you-are" }, say("you_are", language)),
    el("ul", { "aria-labelledby": "you-are" }, state.people.map((p) => el("li", {}, person(p, { state, language, go })))),
  );
  if (inside && held) document.getElementById(held)?.focus();
}

function conversation(place, { state, language, unread, go }) {
  const open = place.id === state.conversation;
  return el(
    "button",
    {
      type: "button",
      id: `place-${place.kind}`,
      class: "place",
      "aria-current": open ? "true" : null,
      onclick: () => go({ conversation: place.id }),
    },
    icon(SHAPES[place.kind]),
    el("span", {}, place.name[language]),
    unread.has(place.id) ? el("span", { class: "badge" }, say("unread", language)) : null,
  );
}

function person(someone, { state, language, go }) {
  const open = someone.id === state.person;
  return el(
    "button",
    {
      type: "button",
      id: `person-${someone.id}`,
      class: "place",
      "aria-current": open ? "true" : null,
      onclick: () => go({ person: someone.id }),
    },
    el("span", { class: "avatar", "aria-hidden": "true", lang: lang(someone.language) }, Array.from(someone.name)[0]),
    el("span", { class: "two-lines" }, el("span", {}, someone.name), el("span", { class: "role" }, someone.role[language])),
  );
}
