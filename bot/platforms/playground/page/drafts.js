// Half-typed words: what stands in a box and was not sent yet, per message and field.
// They outlive a card that is redrawn, a change of person, and a reload of the page.

const KEY = "candor.drafts";
const EDITOR = "editor:";
const drafts = new Map(read());

/**
 * What was typed into `field` of the message, else `value`, which the card brought. A draft that
 * was off the screen gives way when the card meanwhile brought another value.
 */
export function standingIn(message, field, value) {
  const key = name(message, field);
  const draft = drafts.get(key);
  if (!draft) return value;
  if (draft.gone && !same(draft.base, value)) {
    drafts.delete(key);
    write();
    return value;
  }
  draft.gone = false;
  return draft.value;
}

/** Keeps what stands in `field`: text, picks, or rows. `base` is what the card brought. */
export function keepDraft(message, field, value, base) {
  const key = name(message, field);
  drafts.set(key, { value, base: drafts.get(key)?.base ?? base, gone: false });
  write();
}

/** Keeps a secret as long as the page stands, and in no storage. */
export function keepSecret(message, field, value) {
  drafts.set(name(message, field), { value, base: "", gone: false, secret: true });
}

/** What the card brought when the words that stand in `field` were begun; nothing without words. */
export function baseOf(message, field) {
  return drafts.get(name(message, field))?.base;
}

/** Notes which fields of a message are on the screen now. */
export function onScreen(message, fields) {
  const shown = new Set(fields.map((field) => name(message, field)));
  for (const [key, draft] of drafts) {
    if (key.startsWith(`${message}/`) && !shown.has(key)) draft.gone = true;
  }
}

/** Forgets the given fields of a message where they still hold what was sent. */
export function dropDrafts(message, sent) {
  for (const [field, value] of Object.entries(sent)) {
    const key = name(message, field);
    const draft = drafts.get(key);
    if (draft && same(draft.value, value)) drafts.delete(key);
    else if (draft && isEditor(key)) draft.base = null; // typed on meanwhile, over what was saved
  }
  write();
}

/** Forgets everything, as after a reset. */
export function dropAllDrafts() {
  drafts.clear();
  write();
}

/**
 * Where the words of an editor are kept: by case and version, not by message, so that they come
 * back with their version, in whichever message it is shown.
 */
export function editorPlace(caseId, action) {
  const version = action.name === "ping" ? action.argument.replaceAll("/", "-") : action.argument.split("/")[0];
  return [`${EDITOR}${caseId}`, action.name === "draft_edit" ? version : `${action.name}.${version}`];
}

function isEditor(key) {
  return key.startsWith(EDITOR);
}

function name(message, field) {
  return `${message}/${field}`;
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

function write() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...drafts].filter(([, draft]) => !draft.secret)));
  } catch {
    // without storage they live as long as the page
  }
}
