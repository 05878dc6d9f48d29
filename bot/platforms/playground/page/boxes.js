// The inputs of a form, one function a kind. What is typed is kept as a draft at once.

import { keepDraft, keepSecret, standingIn } from "./drafts.js";
import { el, icon } from "./dom.js";
import { withPicker } from "./picker.js";
import { drawRows } from "./rows.js";
import { say } from "./strings.js";

/** What stands in a box: the half-typed draft, else the value the card came with. */
export function standing(box, context) {
  return standingIn(context.message, box.field, box.value);
}

/** One box with its label, question, hint and problem. */
export function drawBox(box, context) {
  const id = `${context.message}-${box.field}`.replace(/[^\w-]/g, "_");
  const parts = {
    id,
    box,
    context,
    value: standing(box, context),
    keep: (value) =>
      box.secret
        ? keepSecret(context.message, box.field, value)
        : keepDraft(context.message, box.field, value, box.value),
    key: `${context.message}/${box.field}`,
  };
  const notes = noteParts(parts);
  parts.describedby = notes.map((n) => n.id).join(" ") || null;
  const kind = GROUPED[box.kind];
  return kind ? grouped(kind, parts, notes) : labelled(SINGLE[box.kind] ?? SINGLE.text, parts, notes);
}

function labelled(draw, parts, notes) {
  const { box, context, id } = parts;
  const [ask, ...after] = notes;
  return el(
    "div",
    { class: box.asked ? "box asked" : "box", "data-field": box.field },
    el("label", { for: id }, labelText(box, context)),
    ask,
    draw(parts),
    after,
  );
}

function grouped(draw, parts, notes) {
  const { box, context } = parts;
  const [ask, ...after] = notes;
  return el(
    "fieldset",
    {
      class: box.asked ? "box asked" : "box",
      "data-field": box.field,
      "aria-describedby": parts.describedby,
      "aria-invalid": null,
    },
    el("legend", {}, labelText(box, context)),
    ask,
    draw(parts),
    after,
  );
}

function labelText(box, context) {
  return [
    context.pick(box.label),
    box.required ? null : el("span", { class: "optional" }, say("optional", context.language)),
  ];
}

/** What is wrong with a box; of a table by its name, as the hint above the form says it. */
export function problemOf(box) {
  if (box.kind !== "rows") return box.problem;
  return { en: `${box.label.en}: ${box.problem.en}`, zh: `${box.label.zh}：${box.problem.zh}` };
}

function noteParts({ box, context, id }) {
  const made = [el("p", { class: "ask", id: `${id}-ask` }, context.pick(box.ask))];
  if (box.hint) made.push(el("p", { class: "box-hint", id: `${id}-hint` }, context.pick(box.hint)));
  if (box.problem) {
    made.push(el("p", { class: "problem", id: `${id}-problem` }, icon("look"), context.pick(problemOf(box))));
  }
  return made;
}

function common({ id, box, context, describedby, key }) {
  return {
    id,
    "data-key": key,
    "aria-describedby": describedby,
    "aria-required": box.required ? "true" : null,
    "aria-invalid": box.problem ? "true" : null,
    placeholder: box.placeholder ? context.pick(box.placeholder) : null,
    autocomplete: "off",
  };
}

function textBox(parts, more = {}) {
  const secret = parts.box.secret;
  return el("input", {
    type: secret ? "password" : "text",
    ...common(parts),
    ...(secret ? { autocomplete: "new-password" } : {}),
    ...more,
    value: String(parts.value ?? ""),
    oninput: (event) => parts.keep(event.target.value),
  });
}

function longText(parts) {
  return el("textarea", {
    rows: 3,
    maxlength: parts.box.longest || null,
    ...common(parts),
    value: String(parts.value ?? ""),
    oninput: (event) => parts.keep(event.target.value),
  });
}

function percentBox(parts) {
  return el(
    "div",
    { class: "with-unit" },
    textBox(parts, { inputmode: "decimal" }),
    el("span", { class: "unit", "aria-hidden": "true" }, "%"),
  );
}

/** A date: typed in any words, or picked; a picked day is written into the same box. */
export function dateBox(parts) {
  const typed = textBox(parts);
  return withPicker(typed, parts.context.pick(parts.box.label), parts.context.language, `${parts.key}/pick`);
}

function choiceBox(parts) {
  if (parts.box.options.length > 8) return selectBox(parts);
  const options = parts.box.options.map((o) => ({ ...o, label: parts.context.pick(o.label) }));
  return radios(parts, options);
}

function yesNo(parts) {
  const { language } = parts.context;
  return radios(parts, [
    { id: "yes", label: say("yes", language) },
    { id: "no", label: say("no", language) },
  ]);
}

function radios(parts, options) {
  const list = el("div", { class: "choices", role: "presentation" });
  for (const option of options) {
    list.append(
      choiceLine(parts, option, {
        type: "radio",
        checked: parts.value === option.id,
        onchange: () => parts.keep(option.id),
      }),
    );
  }
  if (!parts.box.required) list.append(unpickButton(parts, list));
  return list;
}

function unpickButton(parts, list) {
  return el(
    "button",
    {
      type: "button",
      class: "link",
      "data-key": `${parts.key}/none`,
      onclick: () => {
        for (const input of list.querySelectorAll("input")) input.checked = false;
        parts.keep("");
      },
    },
    say("unpick", parts.context.language),
  );
}

function severalBox(parts) {
  const list = el("div", { class: "choices", role: "presentation" });
  const picked = new Set(Array.isArray(parts.value) ? parts.value : []);
  for (const option of parts.box.options) {
    list.append(
      choiceLine(
        parts,
        { ...option, label: parts.context.pick(option.label) },
        {
          type: "checkbox",
          checked: picked.has(option.id),
          onchange: (event) => {
            if (event.target.checked) picked.add(option.id);
            else picked.delete(option.id);
            parts.keep(parts.box.options.map((o) => o.id).filter((i) => picked.has(i)));
          },
        },
      ),
    );
  }
  return [el("p", { class: "box-hint" }, say("choose_several", parts.context.language)), list];
}

function choiceLine(parts, option, input) {
  const id = `${parts.id}-${option.id}`;
  const hint = option.hint ? el("span", { class: "choice-hint", id: `${id}-hint` }, parts.context.pick(option.hint)) : null;
  const control = el("input", {
    id,
    name: parts.id,
    value: option.id,
    "data-key": `${parts.key}/${option.id}`,
    "aria-describedby": hint ? `${id}-hint` : null,
    "aria-invalid": parts.box.problem ? "true" : null,
    ...input,
  });
  return el("div", { class: "choice" }, control, el("label", { for: id }, option.label), hint);
}

function selectBox(parts) {
  const { context } = parts;
  const made = el(
    "select",
    { ...common(parts), onchange: (event) => parts.keep(event.target.value) },
    el("option", { value: "" }, say("choose", context.language)),
    parts.box.options.map((o) => el("option", { value: o.id }, context.pick(o.label))),
  );
  made.value = String(parts.value ?? "");
  return made;
}

const GROUPED = { choice: choiceBox, choices: severalBox, yes_no: yesNo, rows: drawRows };

const SINGLE = {
  text: (parts) => textBox(parts),
  long_text: longText,
  number: (parts) => textBox(parts, { inputmode: "decimal" }),
  percent: percentBox,
  money: (parts) => textBox(parts),
  person: (parts) => textBox(parts),
  date: dateBox,
};
