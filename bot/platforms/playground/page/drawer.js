// The right drawer: the clock, and what lies behind the conversation.

import { el, icon } from "./dom.js";
import { lookSwitch } from "./head.js";
import { look } from "./preferences.js";
import { say } from "./strings.js";
import { fullTime } from "./when.js";

const TABS = ["time", "payload", "state", "outbox", "text"];
const JUMPS = ["hour", "working_day", "monday", "next_ping", "now"];

/**
 * The drawer in `root`. `source()` gives what to show, `inspect()` and `payload(look, message)` what
 * lies behind it; `jump(to)` moves the clock, `wear(look)` changes the looks.
 */
export class Drawer {
  constructor({ root, source, inspect, payload, jump, wear, close }) {
    Object.assign(this, { root, source, inspect, payload, jump, wear, close });
    this.tab = "time";
    this.behind = { cases: [], outbox: [] };
    this.drawn = null; // the latest message as the chosen chat program gets it
  }

  /** Draws the open tab anew; the other tabs wait until they are chosen. */
  async show() {
    if (this.root.hidden) return;
    if (this.tab === "state" || this.tab === "outbox") this.behind = await this.inspect();
    if (this.tab === "payload") this.drawn = await this.drawing();
    this.draw();
  }

  /** What the chosen chat program would get for the latest message that is kept; null for none. */
  async drawing() {
    const { messages, state } = this.source();
    const latest = messages.findLast((m) => m.kind === "card" && !m.only_you);
    if (!state.looks.includes(look()) || !latest) return null;
    return this.payload(look(), latest.id);
  }

  draw() {
    const { language } = this.source();
    const held = document.activeElement?.id;
    const inside = this.root.contains(document.activeElement);
    this.root.setAttribute("aria-label", say("tools", language));
    this.root.replaceChildren(
      el(
        "header",
        { class: "pane-head" },
        el("h2", {}, say("tools", language)),
        el(
          "button",
          { type: "button", id: "drawer-close", class: "plain-icon", "aria-label": say("close", language), onclick: () => this.close() },
          icon("close"),
        ),
      ),
      this.tabs(language),
      el("div", { role: "tabpanel", id: "panel", class: "panel", "aria-labelledby": `tab-${this.tab}`, tabindex: "0" }, PANELS[this.tab](this)),
    );
    if (inside && held) document.getElementById(held)?.focus();
  }

  tabs(language) {
    const list = el("div", { role: "tablist", class: "tabs", "aria-label": say("tools", language) });
    TABS.forEach((name, at) => {
      const open = name === this.tab;
      list.append(
        el(
          "button",
          {
            type: "button",
            role: "tab",
            id: `tab-${name}`,
            "aria-selected": String(open),
            "aria-controls": "panel",
            tabindex: open ? "0" : "-1",
            onclick: () => this.open(name),
            onkeydown: (event) => this.arrows(event, at),
          },
          say(`tab_${name}`, language),
        ),
      );
    });
    return list;
  }

  arrows(event, at) {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + TABS.length, Home: 0, End: TABS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.open(TABS[to % TABS.length]);
  }

  async open(name) {
    this.tab = name;
    await this.show();
    document.getElementById(`tab-${name}`).focus();
  }
}

function timePanel(drawer) {
  const { language, state } = drawer.source();
  const zone = state.zone;
  const next = state.next_ping;
  return [
    el("p", { class: "quiet" }, say("time_now", language)),
    el("p", { class: "clock", id: "clock" }, fullTime(state.now, language, zone)),
    el("p", { class: "quiet" }, say(state.moved ? "time_moved" : "time_real", language)),
    el(
      "div",
      { class: "stack" },
      JUMPS.map((to) =>
        el(
          "button",
          {
            type: "button",
            class: "button",
            id: `jump-${to}`,
            "aria-disabled": to === "next_ping" && !next ? "true" : null,
            onclick: () => (to === "next_ping" && !next ? null : drawer.jump(to)),
          },
          say(`jump_${to}`, language),
        ),
      ),
    ),
    el("p", { class: "quiet" }, next ? say("next_ping", language, { when: fullTime(next, language, zone) }) : say("no_ping", language)),
    el("p", { class: "quiet" }, say("time_about", language)),
  ];
}

function payloadPanel(drawer) {
  const { language, messages } = drawer.source();
  const looks = lookSwitch({ language, wear: drawer.wear, where: "panel" });
  const label = say("tab_payload", language);
  if (drawer.drawn) {
    return [
      looks,
      el("p", { class: "quiet" }, say(`payload_${look()}`, language)),
      el("ul", { class: "used", "aria-label": say("payload_limits", language) }, drawer.drawn.used.map((u) => limit(u, language))),
      code(JSON.stringify(drawer.drawn.payload, null, 2), label),
    ];
  }
  const latest = messages.findLast((m) => m.kind === "card");
  if (!latest) return [looks, el("p", { class: "quiet" }, say("payload_none", language))];
  const text = JSON.stringify(latest.card, null, 2);
  const bytes = new TextEncoder().encode(JSON.stringify(latest.card)).length;
  return [
    looks,
    el("p", { class: "quiet" }, say("payload_about", language)),
    el("p", { class: "quiet" }, say("payload_size", language, { blocks: latest.card.blocks.length, bytes })),
    code(text, label),
  ];
}

/** One limit in words and as a bar. */
function limit({ what, count, most }, language) {
  return el(
    "li",
    {},
    el("span", {}, say("payload_used", language, { what: what[language], count, most })),
    el("meter", { min: 0, max: most, high: most * 0.9, value: count, "aria-hidden": "true" }),
  );
}

function statePanel(drawer) {
  const { language } = drawer.source();
  const { cases } = drawer.behind;
  if (!cases.length) return el("p", { class: "quiet" }, say("state_none", language));
  return [
    el("p", { class: "quiet" }, say("state_about", language)),
    cases.map((found) => [
      el("h3", {}, `${say("state_case", language)} ${found.id}`),
      code(JSON.stringify(found.body, null, 2), found.id),
    ]),
  ];
}

function outboxPanel(drawer) {
  const { language } = drawer.source();
  const { outbox } = drawer.behind;
  if (!outbox.length) return el("p", { class: "quiet" }, say("outbox_none", language));
  return [
    el("p", { class: "quiet" }, say("outbox_about", language)),
    el(
      "ul",
      { class: "parcels" },
      outbox.map((row) =>
        el(
          "li",
          {},
          el("p", {}, row.text[language]),
          el("p", { class: "quiet" }, `${say(`outbox_${row.kind}`, language)} · ${say(`outbox_${row.state}`, language)} · ${row.slot}`),
        ),
      ),
    ),
  ];
}

function textPanel(drawer) {
  const { language, messages } = drawer.source();
  const cards = messages.filter((m) => m.kind === "card");
  if (!cards.length) return el("p", { class: "quiet" }, say("text_none", language));
  return [
    el("p", { class: "quiet" }, say("text_about", language)),
    el("ol", { class: "parcels" }, cards.map((m) => el("li", {}, m.card.text[language]))),
  ];
}

function code(text, label) {
  return el("pre", { tabindex: "0", role: "group", "aria-label": label }, el("code", {}, text));
}

const PANELS = { time: timePanel, payload: payloadPanel, state: statePanel, outbox: outboxPanel, text: textPanel };
