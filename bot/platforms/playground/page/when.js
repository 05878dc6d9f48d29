// Instants as words, in the person's language and zone.

import { lang } from "./preferences.js";

/** The hour and minute of an instant. */
export function clockTime(at, language, zone) {
  return formatted(at, language, zone, { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** The day of an instant with its weekday. */
export function dayName(at, language, zone) {
  return formatted(at, language, zone, { weekday: "long", year: "numeric", month: "long", day: "numeric" });
}

/** Weekday, day, time and zone of an instant. */
export function fullTime(at, language, zone) {
  const day = formatted(at, language, zone, { weekday: "short", year: "numeric", month: "short", day: "numeric" });
  return `${day} ${clockTime(at, language, zone)} (${zone})`;
}

function formatted(at, language, zone, options) {
  return new Intl.DateTimeFormat(language === "zh" ? lang(language) : "en-GB", { timeZone: zone, ...options }).format(new Date(at));
}
