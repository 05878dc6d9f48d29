// A box of rows, such as milestones: a short table on the card, and a window to fill it.

import { dialogButton, openDialog } from "./dialog.js";
import { el, icon } from "./dom.js";
import { withPicker } from "./picker.js";
import { say } from "./strings.js";
import { filePart, takesFiles } from "./table.js";
import { dayWords } from "./when.js";

/** The table of what stands in the box, with a button that opens the window. */
export function drawRows(parts) {
  const { box, context } = parts;
  const rows = filled(parts.value);
  const label = context.pick(box.label);
  const open = () => openRows(parts, () => context.redraw());
  return [
    rows.length ? table(rows, box, context) : el("p", { class: "quiet" }, say("rows_none", context.language)),
    el(
      "button",
      { type: "button", class: "button", "data-key": `${parts.key}/rows`, onclick: open },
      say(rows.length ? "rows_edit_more" : "rows_edit", context.language, { label }),
    ),
  ];
}

/** The rows that hold anything at all. */
export function filled(value) {
  if (!Array.isArray(value)) return [];
  return value.filter((row) => Object.values(row).some((cell) => String(cell).trim() !== ""));
}

function table(rows, box, context) {
  return el(
    "div",
    { class: "table-scroll", tabindex: "0", role: "group", "aria-label": context.pick(box.label) },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, box.columns.map((c) => el("th", { scope: "col" }, context.pick(c.label))))),
      el(
        "tbody",
        {},
        rows.map((row) => el("tr", {}, box.columns.map((c) => el("td", {}, shown(row, c, context) || "–")))),
      ),
    ),
  );
}

function shown(row, column, context) {
  const option = column.options.find((o) => o.id === row[column.id]);
  if (option) return context.pick(option.label);
  const value = row[column.id] ?? "";
  return column.kind === "date" ? dayWords(value, context.language) : value;
}

function openRows(parts, closed) {
  const { box, context } = parts;
  const { language } = context;
  const rows = startRows(parts);
  const list = el("ol", { class: "rows" });
  const count = el("p", { class: "quiet", role: "status" });
  const add = el(
    "button",
    { type: "button", class: "button", onclick: () => change(() => rows.push({}), rows.length) },
    icon("plus"),
    say("row_add", language),
  );
  const keep = () => parts.keep(rows.map((r) => ({ ...r })));
  const draw = () => {
    list.replaceChildren(...rows.map((row, at) => drawRow({ row, at, rows, box, context, keep, change })));
    count.textContent = say("rows_count", language, { count: rows.length, most: box.max_rows });
    add.hidden = rows.length >= box.max_rows;
  };
  function change(act, focusAt) {
    act();
    keep();
    draw();
    const row = list.children[Math.min(focusAt, rows.length - 1)];
    (row?.querySelector("input, select") ?? add).focus();
  }
  draw();
  const body = [el("p", {}, context.pick(box.ask))];
  if (box.hint) body.push(el("p", { class: "box-hint" }, context.pick(box.hint)));
  if (box.problem) body.push(el("p", { class: "problem" }, icon("look"), context.pick(box.problem)));
  const take = (found) =>
    change(() => rows.splice(0, rows.length, ...found.map(({ name, day, owner }) => ({ name, day, owner }))), 0);
  if (takesFiles(box)) body.push(filePart({ box, context, take }));
  const dialog = openDialog({
    title: context.pick(box.label),
    language,
    wide: true,
    body: [...body, list, el("div", { class: "rows-foot" }, add, count)],
    actions: [
      el("span", { class: "quiet grow" }, say("rows_kept", language)),
      dialogButton(say("done", language), () => dialog.close(), "primary"),
    ],
    closed,
  });
  list.querySelector("input, select")?.focus();
}

function startRows({ box, value }) {
  const rows = filled(value).map((row) => ({ ...row }));
  while (rows.length < Math.max(1, box.min_rows)) rows.push({});
  return rows;
}

function drawRow({ row, at, rows, box, context, keep, change }) {
  const { language } = context;
  const number = at + 1;
  const move = (to) => change(() => rows.splice(to, 0, rows.splice(at, 1)[0]), to);
  const tool = (shape, key, act, disabled) =>
    el(
      "button",
      { type: "button", class: "plain-icon", "aria-label": say(key, language, { number }), disabled, onclick: act },
      icon(shape),
    );
  return el(
    "li",
    {},
    el(
      "fieldset",
      { class: "row" },
      el("legend", {}, say("row", language, { number })),
      el(
        "div",
        { class: "row-tools" },
        tool("up", "row_up", () => move(at - 1), at === 0),
        tool("down", "row_down", () => move(at + 1), at === rows.length - 1),
        tool("trash", "row_remove", () => change(() => rows.splice(at, 1), at), rows.length === 1),
      ),
      box.columns.map((column) => cell({ row, at, column, context, keep })),
    ),
  );
}

function cell({ row, at, column, context, keep }) {
  const id = `row-${at}-${column.id}`;
  const label = context.pick(column.label);
  const typed = (event) => {
    row[column.id] = event.target.value;
    keep();
  };
  const made =
    column.kind === "choice"
      ? choiceCell(id, row, column, context, typed)
      : el("input", {
          id,
          type: "text",
          value: shown(row, column, context),
          autocomplete: "off",
          inputmode: column.kind === "number" ? "decimal" : null,
          "aria-required": column.required ? "true" : null,
          placeholder: column.placeholder ? context.pick(column.placeholder) : null,
          oninput: typed,
        });
  return el(
    "div",
    { class: "cell" },
    el(
      "label",
      { for: id },
      label,
      column.required ? null : el("span", { class: "optional" }, say("optional", context.language)),
    ),
    column.kind === "date" ? withPicker(made, label, context.language, `${id}/pick`, row[column.id]) : made,
  );
}

function choiceCell(id, row, column, context, typed) {
  const made = el(
    "select",
    { id, onchange: typed },
    el("option", { value: "" }, say("choose", context.language)),
    column.options.map((o) => el("option", { value: o.id }, context.pick(o.label))),
  );
  made.value = row[column.id] ?? "";
  return made;
}
