// Rows from a file: which column is what, a look at the rows, and then they are taken.

import { post, Refused } from "./api.js";
import { el, icon } from "./dom.js";
import { recall } from "./preferences.js";
import { say } from "./strings.js";

const LARGEST = 700_000; // bytes; what is sent must stay below the server's limit
const SHOWN = 8;
const COLUMNS = ["name", "day", "owner"];

/** Whether rows of this box can come from a file: names with a day, and room for a plan. */
export function takesFiles(box) {
  const ids = box.columns.map((c) => c.id);
  return ids.includes("name") && ids.includes("day") && box.max_rows > 8;
}

/** The part of the window that reads a file; `take` gets the rows that have a day. */
export function filePart({ box, context, take }) {
  const { language } = context;
  const found = el("div", { "aria-live": "polite" });
  const chosen = { file: null, columns: {} };
  const input = el("input", {
    id: "rows-file",
    type: "file",
    accept: ".csv,.txt,.tsv,.xlsx,.xml",
    onchange: async () => {
      const [file] = input.files;
      if (!file) return;
      chosen.columns = {};
      chosen.file = file.size > LARGEST ? null : { name: file.name, content: await encoded(file) };
      if (!chosen.file) return tell(say("file_large", language));
      await look();
    },
  });
  function tell(words) {
    found.replaceChildren(el("p", { class: "problem" }, icon("look"), words));
  }
  async function look() {
    const body = { person: recall("person", "maya"), ...chosen.file, columns: chosen.columns };
    try {
      const answer = await post("/api/table", body);
      if (answer.problem) tell(context.pick(answer.problem));
      else found.replaceChildren(...preview(answer));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      tell(say("file_failed", language));
    }
  }
  function preview(answer) {
    const good = answer.rows.filter((row) => !row.problem).slice(0, box.max_rows);
    const left = answer.rows.length - good.length + answer.left_out;
    return [
      el("div", { class: "columns" }, COLUMNS.map((column) => choice(column, answer))),
      el("p", {}, say(left ? "file_some" : "file_all", language, { count: good.length, left })),
      rowsOf(answer.rows, language, context),
      el(
        "button",
        { type: "button", class: "button primary", disabled: good.length === 0, onclick: () => take(good) },
        say("file_take", language, { count: good.length }),
      ),
    ];
  }
  function choice(column, answer) {
    const id = `file-${column}`;
    const made = el(
      "select",
      {
        id,
        onchange: async () => {
          chosen.columns = { ...answer.columns, [column]: Number(made.value) };
          await look();
          document.getElementById(id)?.focus();
        },
      },
      answer.columns[column] === undefined ? el("option", { value: "-1" }, "–") : null,
      answer.header.map((head, at) => el("option", { value: String(at) }, head || `${at + 1}`)),
    );
    made.value = String(answer.columns[column] ?? -1);
    const label = context.pick(box.columns.find((c) => c.id === column)?.label ?? { en: column, zh: column });
    return el("div", { class: "cell" }, el("label", { for: id }, label), made);
  }
  return el(
    "fieldset",
    { class: "from-file" },
    el("legend", {}, say("file_title", language)),
    el("label", { for: "rows-file" }, say("file_ask", language)),
    input,
    found,
  );
}

function rowsOf(rows, language, context) {
  const more = rows.length - SHOWN;
  return el(
    "ul",
    {},
    rows
      .slice(0, SHOWN)
      .map((row) =>
        el(
          "li",
          {},
          [row.name || "–", row.day, row.owner, row.problem ? context.pick(row.problem) : ""].filter(Boolean).join(" · "),
        ),
      ),
    more > 0 ? el("li", {}, say("file_more", language, { count: more })) : null,
  );
}

/** The bytes of a file as text that JSON can carry. */
function encoded(file) {
  return new Promise((kept, failed) => {
    const reader = new FileReader();
    reader.onload = () => kept(String(reader.result).split(",", 2)[1] ?? "");
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}
