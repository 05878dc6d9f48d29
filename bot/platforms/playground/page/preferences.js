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

/** The language tag that fonts and screen readers want. */
export function lang(language) {
  return language === "zh" ? "zh-CN" : "en";
}
