// The neutral card as elements, one function a block. The words are text, never markup.

import { drawBox, problemOf, standing } from "./boxes.js";
import { openCopy } from "./dialog.js";
import { baseOf, editorPlace, keepDraft, onScreen, standingIn } from "./drafts.js";
import { el, icon, put } from "./dom.js";
import { lang } from "./preferences.js";
import { say } from "./strings.js";

/**
 * Draws a card. `context` brings: `message` (the key of drafts and focus), `language`,
 * `pick(text)`, `act(sent)` to send an action, and `redraw()`.
 */
export function drawCard(card, context) {
  onScreen(context.message, card.blocks.flatMap(fieldsOf));
  const seen = card.blocks.find((block) => block.block === "form")?.seen ?? 0;
  const send = context.act;
  context = { ...context, act: (sent) => send({ seen, ...sent }) };
  const made = el("div", { class: "card" });
  if (card.blocks[0]?.block === "facts") put(made, el("h3", { class: "card-caption" }, context.pick(card.text)));
  const boxes = card.blocks.flatMap((block) => (block.block === "form" ? block.boxes : []));
  const shown = card.blocks.filter((block) => !isAtBox(block, boxes));
  for (const block of shown) put(made, BLOCKS[block.block](block, context));
  if (!card.blocks.length) put(made, el("p", {}, context.pick(card.text)));
  return made;
}

/** Whether a hint says of a table what stands at its box, which the page brings into sight. */
function isAtBox(block, boxes) {
  const off = boxes.filter((box) => box.kind === "rows" && box.problem);
  return block.block === "hint" && off.some((box) => block.text.en === problemOf(box).en);
}

function fieldsOf(block) {
  return block.block === "form" ? block.boxes.map((box) => box.field) : [];
}

function heading(block, context) {
  const made = el("header", { class: "card-heading" });
  if (block.steps) put(made, segments(block));
  return put(made, el("h3", {}, context.pick(block.text)));
}

function segments({ step, steps }) {
  const made = el("div", { class: "segments", "aria-hidden": "true" });
  for (let at = 1; at <= steps; at += 1) {
    made.append(el("span", { class: at < step ? "past" : at === step ? "open" : "" }));
  }
  return made;
}

function paragraph(block, context) {
  return el("p", { class: "lines" }, context.pick(block.text));
}

function facts(block, context) {
  return el("dl", { class: "facts" }, block.rows.map((row) => factRow(row, context)));
}

const VERBS = { open: "open", show: "read", sharing: "read" }; // what a row's action does

function factRow(row, context) {
  const label = context.pick(row.label);
  const verb = VERBS[row.action?.name] ?? "change";
  return el(
    "div",
    {},
    el("dt", {}, label),
    el(
      "dd",
      {},
      el("span", { class: "lines" }, context.pick(row.value)),
      row.note ? el("span", { class: "note" }, context.pick(row.note)) : null,
      row.action
        ? actButton(
            { label: say(verb, context.language), name: say(`${verb}_of`, context.language, { label }) },
            row.action,
            "link",
            context,
          )
        : null,
    ),
  );
}

function hint(block, context) {
  const shape = { good: "check", look: "look", problem: "look" }[block.tone];
  return el(
    "p",
    { class: `hint ${block.tone}` },
    shape ? icon(shape) : null,
    el("span", { class: "lines" }, context.pick(block.text)),
  );
}

function quote(block, context) {
  const language = block.language ?? context.language;
  const text = block.text[language];
  const words = el("blockquote", { class: "lines", lang: lang(language), tabindex: block.copy ? "0" : null });
  put(words, marked(text, block.marks));
  if (!block.copy) return words;
  const copy = el(
    "button",
    {
      type: "button",
      class: "button",
      "data-key": `${context.message}/copy`,
      onclick: () => openCopy(text, context.language),
    },
    icon("copy"),
    say("copy", context.language),
  );
  return el("div", { class: "to-copy" }, words, copy);
}

/** The text with its marks; a mark's numbers count characters, not the browser's half ones. */
function marked(text, marks) {
  const letters = Array.from(text);
  const parts = [];
  let done = 0;
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (start < done || end > letters.length) continue;
    parts.push(letters.slice(done, start).join(""), el("mark", {}, letters.slice(start, end).join("")));
    done = end;
  }
  parts.push(letters.slice(done).join(""));
  return parts.filter((part) => part !== "");
}

/** A chart as rows of words and a bar; each row reads well without the bar. */
function chart(block, context) {
  const rows = block.bars.map((bar) =>
    el(
      "li",
      {},
      el("span", { class: "chart-label" }, context.pick(bar.label)),
      el("meter", { min: 0, max: 100, value: bar.value, "aria-hidden": "true" }),
      el("span", { class: "chart-value" }, `${bar.value}%`),
    ),
  );
  return el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, context.pick(block.title)),
    el("ul", { "aria-label": context.pick(block.text) }, rows),
  );
}

function divider() {
  return el("hr");
}

function link(block, context) {
  if (!/^https?:\/\//.test(block.url)) return null;
  const to = { class: "button plain", href: block.url, target: "_blank", rel: "noopener noreferrer" };
  return el("div", { class: "buttons" }, el("a", to, context.pick(block.label)));
}

function buttons(block, context) {
  return el(
    "div",
    { class: "buttons" },
    block.buttons.map((b) => actButton({ label: context.pick(b.label) }, b.action, `button ${b.style}`, context)),
  );
}

function actButton({ label, name }, action, style, context, act = () => context.act({ action })) {
  return el(
    "button",
    {
      type: "button",
      class: style,
      "aria-label": name ?? null,
      "data-key": `${context.message}/act/${action.name}/${action.argument}`,
      onclick: act,
    },
    label,
  );
}

function form(block, context) {
  const made = el(
    "form",
    {
      class: "form",
      novalidate: true,
      "data-seen": block.seen,
      "data-asks": block.asks || null,
      onsubmit: (event) => {
        event.preventDefault();
        const boxes = Object.fromEntries(block.boxes.map((box) => [box.field, sendable(standing(box, context))]));
        context.act({ case: block.case, action: block.action, boxes });
      },
    },
    block.boxes.map((box) => drawBox({ ...box, asked: box.field === block.asks }, context)),
  );
  return put(
    made,
    el(
      "div",
      { class: "buttons" },
      el("button", { type: "submit", class: "button primary", "data-key": `${context.message}/submit` }, context.pick(block.submit)),
    ),
  );
}

function sendable(value) {
  if (!Array.isArray(value)) return value;
  return value.filter((part) => typeof part === "string" || Object.values(part).some((c) => String(c).trim()));
}

function editor(block, context) {
  const place = editorPlace(block.case, block.action);
  const key = `editor-${place[1]}`; // a card may hold several
  const id = `${context.message}-${key}`;
  const area = el("textarea", {
    id,
    rows: block.value.includes("\n") ? 12 : 2,
    class: "editor",
    "data-key": `${context.message}/${key}`,
    value: standingIn(...place, block.value),
    oninput: (event) => keepDraft(...place, event.target.value, block.action.argument),
  });
  return el(
    "form",
    {
      class: "form",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        const argument = baseOf(...place) ?? block.action.argument; // what was seen then
        context.act({ case: block.case, action: { ...block.action, argument }, text: area.value });
      },
    },
    beside(block, area, context),
    el("div", { class: "box" }, el("label", { for: id }, context.pick(block.label)), area),
    el(
      "div",
      { class: "buttons" },
      el("button", { type: "submit", class: "button primary", "data-key": `${context.message}/${key}-submit` }, context.pick(block.submit)),
    ),
  );
}

/** Buttons that take the words along which stand in the editor. */
function beside(block, area, context) {
  if (!block.beside.length) return null;
  const made = block.beside.map((button) => {
    const act = () => context.act({ case: block.case, action: button.action, text: area.value, editor: block.action });
    return actButton({ label: context.pick(button.label) }, button.action, `button ${button.style}`, context, act);
  });
  return el("div", { class: "buttons" }, made);
}

const BLOCKS = { heading, paragraph, facts, hint, quote, chart, divider, buttons, link, form, editor };
