// The page: reads the state, draws the panes, sends what people do, follows what changes.

import * as api from "./api.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { openConnect } from "./connect.js";
import { confirm } from "./dialog.js";
import { save } from "./download.js";
import { dropAllDrafts, dropDrafts, editorPlace } from "./drafts.js";
import { Drawer } from "./drawer.js";
import { el } from "./dom.js";
import { covers, openPlace } from "./focus.js";
import { showBanner, showHead } from "./head.js";
import { showPlaces } from "./places.js";
import { lang, recall, remember, showLook, showTheme, takeLook } from "./preferences.js";
import { Stream } from "./stream.js";
import { say } from "./strings.js";
import { startTour } from "./tour.js";
import { fullTime } from "./when.js";

const byId = (id) => document.getElementById(id);
const page = {
  state: null, // as the server told it last, with what changed since
  wanted: { who: "", conversation: "" }, // what was chosen last; its state may still be on its way
  turn: 0, // counts the reads of the state
  underway: 0, // counts what was sent and is not answered yet
  going: null, // settles when the chosen conversation is there
  changes: [], // that came after the state
  only: [], // passing replies, for this person alone
  unread: new Set(),
  status: "",
  redrawTour: () => {},
};
const narrow = matchMedia("(max-width: 60rem)");

const parts = chatParts();
const chat = new Chat({ log: parts.log, announcer: byId("announcer"), act, dismiss });
const composer = new Composer({ root: parts.foot, send: speak, announce, up: toOpenQuestion });
const drawer = new Drawer({
  root: byId("drawer"),
  source: () => ({ state: page.state, language: language(), messages: messages() }),
  inspect: () => api.get("/api/inspect", where()),
  payload: (look, message) => api.get("/api/payload", { ...where(), look, message }),
  wear,
  jump,
  close: () => toggleDrawer(false),
});

await start();

async function start() {
  showTheme();
  showLook();
  const stream = listen();
  await readFirst();
  composer.move(`${page.state.person} ${page.state.conversation}`);
  draw({ quiet: true });
  stream.open(() => page.changes.at(-1)?.id ?? page.state.last_event);
  page.redrawTour = startTour(parts.foot, language, () => byId("composer").focus()) ?? page.redrawTour;
  document.addEventListener("keydown", escaped);
  document.addEventListener("keydown", (event) => event.key === "F2" && toOpenQuestion(event));
  narrow.addEventListener("change", () => showPanes());
  showPanes();
}

/** Reads the state of whoever was worn last; at the first visit of one who speaks as the browser does. */
async function readFirst() {
  const last = recall("person");
  await read(last, recall("conversation"));
  if (last || !navigator.language.startsWith("zh") || language() === "zh") return;
  const fits = page.state.people.find((p) => p.language === "zh");
  if (fits) await read(fits.id, "");
}

function language() {
  return person().language;
}

function person() {
  return page.state.people.find((p) => p.id === page.state.person);
}

function place() {
  return page.state.conversations.find((c) => c.id === page.state.conversation);
}

function where() {
  return { person: page.state.person, conversation: page.state.conversation };
}

function messages() {
  const inOrder = [...page.state.messages, ...page.only].sort((a, b) => a.order - b.order);
  const roots = new Set(inOrder.map((m) => m.key).filter(Boolean));
  const isReply = (m) => m.under && roots.has(m.under);
  return inOrder
    .filter((m) => !isReply(m))
    .flatMap((m) => [m, ...(m.key ? inOrder.filter((r) => r.under === m.key) : [])]);
}

/** Reads the state of what is wanted now; an answer that was overtaken is left aside. */
async function read(who, conversation) {
  const turn = (page.turn += 1);
  page.wanted = { who, conversation };
  const found = await api.readState(who, conversation);
  if (turn !== page.turn) return;
  page.state = found;
  page.wanted = { who: found.person, conversation: found.conversation };
  page.changes = page.changes.filter((change) => api.isLater(change.id, found.last_event));
  page.changes.forEach(apply);
  remember("person", found.person);
  remember("conversation", found.conversation);
  page.unread.delete(found.conversation);
}

async function refresh({ quiet = false } = {}) {
  await read(page.wanted.who, page.wanted.conversation);
  draw({ quiet });
}

/* drawing */

function draw({ quiet = false } = {}) {
  const now = language();
  document.documentElement.lang = lang(now);
  document.title = say("title", now);
  byId("skip").textContent = say("skip_to_composer", now);
  showBanner(byId("banner"), { language: now, keptIn: page.state.kept_in, reset: askReset, connect: () => openConnect(language()) });
  drawHead();
  showPlaces(byId("places"), { state: page.state, language: now, unread: page.unread, go, close: () => togglePlaces(false) });
  composer.show({ language: now, commands: page.state.commands, hint: hint(now) });
  drawChat({ quiet });
  drawer.show();
  page.redrawTour();
}

function drawHead() {
  const drawer = { isOpen: !byId("drawer").hidden, open: () => toggleDrawer(byId("drawer").hidden) };
  showHead(parts.head, { language: language(), place: place(), drawer, openPlaces: () => togglePlaces(true), speakIn, wear });
}

function drawChat(how = {}) {
  const now = language();
  parts.log.setAttribute("aria-label", say("log", now, { name: place().name[now] }));
  const view = { language: now, zone: page.state.zone, person: person(), people: page.state.people, empty: say(`empty_${place().kind}`, now) };
  chat.show(messages(), view, how);
}

function hint(now) {
  return place().kind === "dm" ? say("composer_hint", now) : say("composer_channel", now, { name: place().name[now] });
}

function chatParts() {
  const head = el("header", { class: "chat-head" });
  // A card is a whole form: read aloud in full at each edit it would drown everything. So the log
  // itself is silent, and the announcer says the one sentence that each card brings for this.
  const log = el("div", { class: "log", id: "log", role: "log", "aria-live": "off", tabindex: "0" });
  const status = el("p", { class: "connection", id: "connection", role: "status" });
  const foot = el("div", { class: "foot" });
  byId("chat").append(head, log, status, foot);
  return { head, log, status, foot };
}

/* what people do */

async function speak(text) {
  await page.going; // a line goes to the conversation that was chosen, not to the one before
  if (place().kind !== "dm" && !text.trimStart().startsWith("/")) {
    toast(say("only_commands", language()));
    return false;
  }
  return attempt(async () => {
    chat.expect();
    return take(await send("/api/say", { text }));
  });
}

async function act(message, { editor, ...sent }) {
  if (message.busy) return;
  message.busy = true;
  await attempt(async () => {
    chat.expect();
    const reply = await send("/api/click", { message: message.id, case: message.case ?? null, ...sent });
    if (reply.taken) {
      dropDrafts(message.id, sent.boxes ?? {});
      if (sent.text !== undefined) dropEdit({ ...sent, action: editor ?? sent.action });
      if (message.only_you) page.only = page.only.filter((m) => m.id !== message.id);
      chat.redraw(message.id); // its card may have come before, while what was sent stood in it
    }
    await take(reply);
  });
  message.busy = false;
}

function dropEdit(sent) {
  const [place, version] = editorPlace(sent.case, sent.action);
  dropDrafts(place, { [version]: sent.text });
}

/** Sends an action; when it did not get through, the same action keeps its id. */
async function send(path, action) {
  const whole = { ...where(), ...action };
  const reply = await api.post(path, { ...whole, id: api.idOf(whole) });
  if (reply.taken) api.arrived(whole);
  return reply;
}

/** Shows what came back; true when what was sent was taken in. */
async function take(reply) {
  const spoken = language();
  if (reply.toast) toast(reply.toast[spoken]);
  if (reply.file) save(reply.file);
  reply.cards.forEach((card, at) => {
    page.only.push({
      id: `only-${reply.id}-${at}`,
      at: reply.at,
      order: api.serverTime(),
      by: "candor",
      kind: "card",
      only_you: true,
      case: reply.case,
      card,
    });
  });
  await refresh();
  if (reply.toast && language() !== spoken) toast(reply.toast[language()]);
  chat.answered();
  return reply.taken;
}

function dismiss(id) {
  page.only = page.only.filter((m) => m.id !== id);
  drawChat();
  byId("composer").focus();
}

async function go({ person: who = page.wanted.who, conversation = page.wanted.conversation }) {
  page.going = attempt(async () => {
    page.only = [];
    composer.move(`${who} ${conversation}`); // at once: what is typed from now on belongs there
    byId("toast").replaceChildren();
    await read(who, conversation);
    draw({ quiet: true });
    if (narrow.matches) togglePlaces(false);
  });
  await page.going;
}

function wear(name) {
  takeLook(name);
  drawHead();
  drawer.show();
}

async function speakIn(code) {
  await attempt(async () => {
    await send("/api/language", { language: code });
    await refresh({ quiet: true });
  });
}

async function jump(to) {
  await attempt(async () => {
    const reply = await api.post("/api/clock", { ...where(), to });
    await refresh();
    announce(say("jumped", language(), { when: fullTime(reply.at, language(), page.state.zone) }));
  });
}

function askReset() {
  const now = language();
  confirm({
    title: say("reset_title", now),
    body: say("reset_body", now),
    yes: say("reset_yes", now),
    no: say("keep", now),
    language: now,
    agreed: () =>
      attempt(async () => {
        await api.post("/api/reset", where());
        dropAllDrafts();
        page.only = [];
        await refresh({ quiet: true });
        toast(say("reset_done", language()));
      }),
  });
}

async function attempt(work) {
  const slow = setTimeout(() => connection("working"), 800);
  busy(1);
  try {
    return await work();
  } catch (error) {
    if (!("status" in error)) throw error;
    toast(say(error.status === 413 ? "too_large" : error.status === 0 ? "offline" : "fault", language()));
    return false;
  } finally {
    clearTimeout(slow);
    busy(-1);
    if (page.status === "working") connection("");
  }
}

/** Says that the messages are about to change while something is on its way. */
function busy(more) {
  page.underway += more;
  if (page.underway) parts.log.setAttribute("aria-busy", "true");
  else parts.log.removeAttribute("aria-busy");
}

/* what changes meanwhile */

function listen() {
  return new Stream({
    changed: (change) => changed(change),
    reload: () => attempt(() => refresh()),
    lost: () => connection("offline"),
    found: () => attempt(async () => {
      connection("");
      announce(say("online", language()));
      await refresh();
    }),
  });
}

function changed(change) {
  if (!api.isLater(change.id, page.state.last_event)) return;
  page.changes.push(change);
  const isHere = apply(change);
  if (!isHere) return draw();
  drawChat();
  drawer.show();
}

/** Puts a change into the state; false when it belongs to another conversation. */
function apply(change) {
  if (change.conversation !== place().address) {
    const other = page.state.conversations.find((c) => c.address === change.conversation);
    if (other) page.unread.add(other.id);
    return false;
  }
  const at = page.state.messages.findIndex((m) => m.id === change.message.id);
  if (at < 0) page.state.messages.push(change.message);
  else page.state.messages[at] = change.message;
  return true;
}

function connection(key) {
  page.status = key;
  parts.status.textContent = key ? say(key, language()) : "";
}

function announce(words) {
  byId("announcer").textContent = words;
}

function toast(words) {
  const box = byId("toast");
  box.replaceChildren(el("p", {}, words));
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => box.replaceChildren(), 6000);
}

/* panes */

function toggleDrawer(open) {
  byId("drawer").hidden = !open;
  showPanes();
  drawHead();
  if (open) {
    drawer.show().then(() => byId("drawer-close").focus());
  } else {
    byId("open-drawer").focus();
  }
}

function togglePlaces(open) {
  byId("panes").classList.toggle("places-open", open);
  showPanes();
  byId(open ? "places-close" : "open-places").focus();
}

/** Goes to the question that waits, from wherever the focus is on the page. */
function toOpenQuestion(event) {
  const place = document.querySelector("dialog[open]") || byId("chat").inert ? null : openPlace(parts.log);
  if (!place) return;
  event.preventDefault();
  place.focus();
}

/** On a narrow page an open pane covers the others, which then rest. */
function showPanes() {
  const placesOver = narrow.matches && byId("panes").classList.contains("places-open");
  const drawerOver = narrow.matches && !byId("drawer").hidden;
  byId("places").inert = narrow.matches && !placesOver;
  byId("chat").inert = placesOver || drawerOver;
  byId("banner").inert = placesOver || drawerOver;
  byId("drawer").inert = placesOver;
  covers(byId("places"), placesOver, "navigation");
  covers(byId("drawer"), drawerOver, "complementary");
}

function escaped(event) {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (byId("panes").classList.contains("places-open")) togglePlaces(false);
  else if (!byId("drawer").hidden && (narrow.matches || byId("drawer").contains(document.activeElement))) toggleDrawer(false);
}
