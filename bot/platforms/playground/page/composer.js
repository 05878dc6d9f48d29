// The box where one writes, and the list of commands that opens at a slash.

import { el, icon } from "./dom.js";
import { say } from "./strings.js";

const ALIAS = /^\/延期/;

/**
 * The composer inside `root`; `send(text)` answers true when the text was taken, `up(event)` goes
 * from the empty box to what it stands below.
 */
export class Composer {
  constructor({ root, send, announce, up }) {
    this.send = send;
    this.up = up;
    this.announce = announce;
    this.commands = [];
    this.language = "en";
    this.found = [];
    this.at = 0;
    this.where = ""; // the person and the conversation that the line belongs to
    this.lines = new Map(); // what was begun elsewhere
    this.area = el("textarea", {
      id: "composer",
      rows: 1,
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
      "data-key": "composer",
      autocomplete: "off",
      oninput: () => this.typed(),
      onkeydown: (event) => this.pressed(event),
      onblur: () => this.close(),
    });
    this.label = el("label", { for: "composer", class: "hidden" });
    this.list = el("ul", { id: "palette", class: "palette", role: "listbox", tabindex: "0", hidden: true });
    this.slash = el("button", { type: "button", class: "plain-icon", onclick: () => this.openAll() }, icon("slash"));
    this.button = el("button", { type: "submit", class: "send" }, icon("send"));
    const form = el("form", { class: "composer", onsubmit: (event) => this.submitted(event) }, this.label, this.slash, this.area, this.button);
    root.append(this.list, form);
  }

  /** Takes the language, the commands and the sentence in the empty box. */
  show({ language, commands, hint }) {
    this.language = language;
    this.commands = commands;
    this.label.textContent = say("composer", language);
    this.area.placeholder = hint;
    this.slash.setAttribute("aria-label", say("open_palette", language));
    this.button.setAttribute("aria-label", say("send", language));
    this.list.setAttribute("aria-label", say("palette", language));
  }

  /** Keeps the line that was begun where one was, and brings back the one that was begun here. */
  move(to) {
    if (this.where === to) return;
    if (this.where) this.lines.set(this.where, this.area.value);
    if (this.where) this.area.value = this.lines.get(to) ?? "";
    this.where = to;
    this.close();
  }

  openAll() {
    if (!this.area.value.startsWith("/")) this.area.value = "/";
    this.area.focus();
    this.typed();
  }

  typed() {
    const words = this.area.value.toLowerCase().replace(ALIAS, "/delay");
    if (!words.startsWith("/")) return this.close();
    this.found = this.commands.filter((c) => begins(c, words));
    if (!this.found.length && /\s/.test(words)) return this.close();
    this.at = 0;
    this.draw();
    this.announce(this.found.length ? say("palette_count", this.language, { count: this.found.length }) : say("palette_none", this.language));
  }

  draw() {
    if (!this.found.length) return this.close();
    this.list.replaceChildren(...this.found.map((command, at) => this.line(command, at)));
    this.list.hidden = false;
    this.area.setAttribute("aria-controls", "palette");
    this.area.setAttribute("aria-activedescendant", `command-${this.at}`);
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
  }

  line(command, at) {
    return el(
      "li",
      {
        id: `command-${at}`,
        role: "option",
        "aria-selected": String(at === this.at),
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.take(at),
      },
      el("span", { class: "command" }, this.begun(command.label[this.language])),
      el("span", { class: "about" }, command.about[this.language]),
    );
  }

  /** The words of a command with the slash word that the line was begun with. */
  begun(words) {
    return ALIAS.test(this.area.value) ? words.replace(/^\/delay/, "/延期") : words;
  }

  close() {
    this.list.hidden = true;
    this.area.removeAttribute("aria-controls");
    this.area.removeAttribute("aria-activedescendant");
  }

  take(at) {
    const command = this.found[at];
    this.area.value = this.begun(command.insert[this.language]);
    this.close();
    this.area.focus();
    if (!command.more) this.submit();
  }

  pressed(event) {
    if (event.isComposing) return;
    if (!this.list.hidden && this.steered(event)) return;
    if (event.key === "ArrowUp" && !this.area.value) this.up(event);
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
  }

  steered(event) {
    const count = this.found.length;
    const moves = { ArrowDown: 1, ArrowUp: count - 1 };
    if (event.key in moves) this.at = (this.at + moves[event.key]) % count;
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.at);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    if (event.key in moves) this.draw();
    return true;
  }

  submitted(event) {
    event.preventDefault();
    this.submit();
  }

  async submit() {
    const text = this.area.value;
    if (!text || this.busy) return; // a line of blanks goes too, and is answered in words
    this.busy = true;
    try {
      if ((await this.send(text)) && this.area.value === text) this.area.value = "";
    } finally {
      this.busy = false;
    }
  }
}

/** Whether a command begins with what was typed; its second word counts too, as in "/list". */
function begins(command, words) {
  return Object.values(command.label).some((label) => {
    const whole = label.toLowerCase();
    const second = whole.split(" ")[1];
    return whole.startsWith(words) || (second && `/${second}`.startsWith(words));
  });
}
