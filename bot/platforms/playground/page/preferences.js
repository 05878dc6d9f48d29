// What this browser remembers: the colours, the languages, the tour, half-typed words.

const memory = new Map();

/** A remembered value; a private window without storage remembers until it is closed. */
export function recall(key, otherwise = "") {
  try {
    return localStorage.getItem(`candor.${key}`) ?? memory.get(key) ?? otherwise;
  } catch {
    return memory.get(key) ?? otherwise;
  }
}

/** Remembers a value in this browser. */
export function remember(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(`candor.${key}`, value);
  } catch {
    // without storage the value lives as long as the page
  }
}

const LOOKS = ["slack", "lark"];
const THEMES = ["auto", "light", "dark"];

/** The colours in use: "auto", "light" or "dark". */
export function theme() {
  const kept = recall("theme", "auto");
  return THEMES.includes(kept) ? kept : "auto";
}

/** Takes the next of the three colour settings and shows it. */
export function nextTheme() {
  remember("theme", THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
  showTheme();
  return theme();
}

/** Puts the chosen colours on the page. */
export function showTheme() {
  document.documentElement.dataset.theme = theme();
}

/** The chat program that the page looks like: "slack", "lark", or "" for none of them. */
export function look() {
  const kept = recall("look");
  return LOOKS.includes(kept) ? kept : "";
}

/** Takes this look and shows it; the one that is shown already gives way to the page's own. */
export function takeLook(wanted) {
  remember("look", wanted === look() ? "" : wanted);
  showLook();
}

/** Puts the chosen look on the page. */
export function showLook() {
  document.documentElement.dataset.look = look();
}

/** The language tag that fonts and screen readers want. */
export function lang(language) {
  return language === "zh" ? "zh-CN" : "en";
}
