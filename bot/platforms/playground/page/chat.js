// The middle pane: the messages of one conversation, kept in step with the server.

import { drawCard } from "./cards.js";
import { el, icon } from "./dom.js";
import { boxInNeed, giveBack, isWriting, nextPlace, takeFocus } from "./focus.js";
import { lang } from "./preferences.js";
import { say } from "./strings.js";
import { clockTime, dayName } from "./when.js";

/** The list of messages inside `log`; `announcer` speaks what is new. */
export class Chat {
  /** `act(message, sent)` sends what a card asks for; `dismiss(id)` puts a passing reply away. */
  constructor({ log, announcer, act, dismiss }) {
    this.log = log;
    this.announcer = announcer;
    this.act = act;
    this.dismiss = dismiss;
    this.view = { language: "en", zone: "UTC", person: null, people: [], empty: "" };
    this.drawn = new Map(); // id -> {element, sign, message}
    this.goOn = false; // the person just acted: the focus may go to the next card
    this.isAnswered = false; // and the server has answered
    this.hasMoved = false; // and something changed since
  }

  /** Draws `messages`, touching only what changed; the caret and half-typed words stay. */
  show(messages, view, { quiet = false } = {}) {
    const fresh = view.language !== this.view.language || view.zone !== this.view.zone;
    this.view = view;
    const near = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 160;
    const held = takeFocus(this.log);
    const before = new Set(this.drawn.keys());
    const changed = this.reconcile(messages, fresh);
    giveBack(this.log, held);
    if (!quiet) this.announce(changed.filter((m) => m.by === "candor" || m.by !== view.person.id));
    this.place(changed, { near, added: changed.some((m) => !before.has(m.id)), quiet });
  }

  /** Draws one message anew, as when what was typed into it counts no more. */
  redraw(id) {
    const drawn = this.drawn.get(id);
    if (drawn) this.fill(drawn.element, drawn.message);
  }

  /** The person acted: when all is said in answer, the focus goes to it. */
  expect() {
    Object.assign(this, { goOn: true, isAnswered: false, hasMoved: false });
  }

  /** The server has answered what the person did; what it says may come a moment later. */
  answered() {
    this.isAnswered = true;
    this.arrive();
  }

  /** Goes to the newest card with something to do, if the person waits for it. */
  arrive() {
    if (!this.goOn || !this.isAnswered || !this.hasMoved) return;
    this.goOn = false;
    const lost = document.activeElement === document.body || !document.activeElement?.isConnected;
    const inLog = this.log.contains(document.activeElement);
    if (!lost && (!inLog || isWriting())) return;
    const card = [...this.log.querySelectorAll("article[data-live]")].at(-1);
    if (!card) return;
    nextPlace(card).focus({ preventScroll: true });
    const whole = boxInNeed(card) ?? card;
    const shows = whole.getBoundingClientRect();
    const pane = this.log.getBoundingClientRect();
    if (shows.top < pane.top || shows.bottom > pane.bottom) this.log.scrollTop = this.topOf(whole);
  }

  reconcile(messages, fresh) {
    const changed = [];
    const wanted = [];
    let day = "";
    for (const message of messages) {
      const name = dayName(message.at, this.view.language, this.view.zone);
      if (name !== day) wanted.push(this.divider(name));
      day = name;
      wanted.push(this.item(message, fresh, changed));
    }
    if (!messages.length) wanted.push(el("p", { class: "empty" }, this.view.empty));
    const kept = new Set(messages.map((m) => m.id));
    for (const id of this.drawn.keys()) if (!kept.has(id)) this.drawn.delete(id);
    this.settle(wanted);
    return changed;
  }

  settle(wanted) {
    const stay = new Set(wanted);
    for (const child of [...this.log.children]) if (!stay.has(child)) child.remove();
    wanted.forEach((element, at) => {
      if (this.log.children[at] !== element) this.log.insertBefore(element, this.log.children[at] ?? null);
    });
  }

  item(message, fresh, changed) {
    const sign = JSON.stringify(message);
    const old = this.drawn.get(message.id);
    if (old && old.sign === sign && !fresh) return old.element;
    if (!old || old.sign !== sign) changed.push(message);
    const element = old?.element ?? el("article", { "data-id": message.id });
    this.fill(element, message);
    this.drawn.set(message.id, { element, sign, message });
    return element;
  }

  fill(element, message) {
    const mine = message.by === this.view.person.id;
    element.className = ["message", mine ? "mine" : "", message.under ? "reply" : "", message.only_you ? "only-you" : ""].filter(Boolean).join(" ");
    element.toggleAttribute("data-live", message.kind === "card");
    const held = takeFocus(element);
    element.replaceChildren(...this.parts(message, mine));
    giveBack(element, held);
  }

  parts(message, mine) {
    const { language, zone } = this.view;
    const name = this.name(message.by);
    const head = el(
      "header",
      { class: "message-head" },
      el("h2", { class: "who" }, name),
      el("time", { datetime: message.at }, clockTime(message.at, language, zone)),
      message.only_you ? el("span", { class: "badge" }, say("only_you", language)) : null,
      message.only_you ? this.dismissButton(message) : null,
    );
    const body = message.kind === "card" ? this.card(message) : el("p", { class: "bubble lines" }, message.text);
    const face = el("span", { class: `avatar ${message.by === "candor" ? "bot" : ""}`, "aria-hidden": "true" }, initial(name));
    return mine ? [el("div", { class: "body" }, head, body)] : [face, el("div", { class: "body" }, head, body)];
  }

  card(message) {
    const { language } = this.view;
    return drawCard(message.card, {
      message: message.id,
      language,
      pick: (text) => text[language],
      act: (sent) => this.act(message, sent),
      redraw: () => this.redraw(message.id),
    });
  }

  dismissButton(message) {
    const { language } = this.view;
    return el(
      "button",
      { type: "button", class: "plain-icon small", "aria-label": say("dismiss", language), onclick: () => this.dismiss(message.id) },
      icon("close"),
    );
  }

  name(id) {
    return this.view.people.find((p) => p.id === id)?.name ?? "Candor";
  }

  divider(name) {
    return el("p", { class: "day" }, el("span", {}, name));
  }

  announce(changed) {
    const newest = changed.at(-1);
    if (!newest) return;
    const words = newest.kind === "card" ? newest.card.text[this.view.language] : newest.text;
    this.announcer.lang = lang(this.view.language);
    this.announcer.textContent = `${this.name(newest.by)}: ${words}`;
  }

  place(changed, { near, added, quiet }) {
    if (quiet || (added && (near || this.goOn))) this.toEnd();
    if (!changed.length) return;
    this.hasMoved = true;
    this.arrive();
  }

  /** Scrolls to the end; of a card taller than the pane, to the box in need or to its beginning. */
  toEnd() {
    const last = this.log.querySelector("article:last-of-type");
    const tall = last && last.offsetHeight > this.log.clientHeight;
    this.log.scrollTop = tall ? this.topOf(boxInNeed(last) ?? last) : this.log.scrollHeight;
  }

  topOf(element) {
    return this.log.scrollTop + element.getBoundingClientRect().top - this.log.getBoundingClientRect().top - 8;
  }
}

function initial(name) {
  return Array.from(name)[0];
}
