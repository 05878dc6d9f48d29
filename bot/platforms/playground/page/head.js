// What stands above the messages: the banner of the page, and the head of the conversation.

import { el, icon } from "./dom.js";
import { lang, look, nextTheme, theme } from "./preferences.js";
import { say } from "./strings.js";

const SHAPES = { auto: "auto", light: "sun", dark: "moon" };

/** Fills the banner: that this is a simulation, where its data is, the ways to begin anew and to go on from it. */
export function showBanner(root, { language, keptIn, reset, connect }) {
  const held = document.activeElement?.id;
  const link = (id, act) => el("button", { type: "button", class: "link", id, "data-key": id, onclick: act }, say(id, language));
  const buttons = [link("reset", reset), link("connect", connect)];
  root.setAttribute("aria-label", say("title", language));
  root.replaceChildren(
    el("p", {}, el("span", {}, say("banner", language)), " ", el("span", { class: "kept" }, say("banner_kept", language, { place: keptIn }))),
    ...buttons,
  );
  buttons.find((b) => b.id === held)?.focus();
}

/** Fills the head of the open conversation; `speakIn(code)` changes the language. */
export function showHead(root, given) {
  const { language, place, drawer, openPlaces } = given;
  const held = document.activeElement?.id;
  const inside = root.contains(document.activeElement);
  root.replaceChildren(
    iconButton("open-places", "menu", say("open_places", language), openPlaces, "narrow-only"),
    el("div", { class: "titles" }, el("h1", {}, place.name[language]), el("p", { class: "quiet" }, place.about[language])),
    languageSwitch(given),
    lookSwitch({ language, wear: given.wear, where: "head" }),
    themeButton(root, given),
    iconButton("open-drawer", "tools", say("open_tools", language), drawer.open, "", String(drawer.isOpen)),
  );
  if (inside && held) document.getElementById(held)?.focus();
}

function themeButton(root, given) {
  const { language } = given;
  const label = say("theme", language, { name: say(`theme_${theme()}`, language) });
  return iconButton("theme", SHAPES[theme()], label, () => {
    nextTheme();
    showHead(root, given);
  });
}

function iconButton(id, shape, label, act, more = "", expanded = null) {
  return el(
    "button",
    { type: "button", id, class: `plain-icon ${more}`, "aria-label": label, title: label, "aria-expanded": expanded, onclick: act },
    icon(shape),
  );
}

/** A switch between the looks; `wear(name)` takes one, and pressed again puts it off. */
export function lookSwitch({ language, wear, where }) {
  const one = (name, label) =>
    el(
      "button",
      { type: "button", id: `${where}-look-${name}`, "aria-pressed": String(look() === name), onclick: () => wear(name) },
      label,
    );
  const label = say("look", language);
  return el("div", { class: `switch looks in-${where}`, role: "group", "aria-label": label, title: label }, one("slack", "Slack"), one("lark", "Lark"));
}

function languageSwitch({ language, speakIn }) {
  const one = (code, label) =>
    el(
      "button",
      { type: "button", id: `language-${code}`, lang: lang(code), "aria-pressed": String(language === code), onclick: () => speakIn(code) },
      label,
    );
  return el("div", { class: "switch", role: "group", "aria-label": say("language_of", language) }, one("en", "EN"), one("zh", "中文"));
}
