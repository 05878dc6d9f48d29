// How one goes on from the simulation: what connects Slack and Lark, to be copied into a terminal.

import { dialogButton, openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { say } from "./strings.js";

const WAYS = [
  { name: "slack", command: ".venv/bin/candor setup slack" },
  { name: "lark", command: ".venv/bin/candor setup lark --scan" },
];

/** Opens the window that says how to connect each chat program. */
export function openConnect(language) {
  const dialog = openDialog({
    title: say("connect_title", language),
    language,
    body: [
      el("p", {}, say("connect_about", language)),
      WAYS.map(({ name, command }) => [
        el("h3", {}, say(`connect_${name}`, language)),
        el("p", {}, say(`connect_${name}_about`, language)),
        el("pre", { class: "command-line", tabindex: "0" }, el("code", {}, command)),
      ]),
    ],
    actions: [dialogButton(say("close", language), () => dialog.close(), "primary")],
  });
}
