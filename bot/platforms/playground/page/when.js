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

const ISO_DAY = /\b(\d{4})-(\d{2})-(\d{2})\b/g;

/** The days of a value that are written as a machine does, as people read them: "Tue 26 May 2026". */
export function dayWords(value, language) {
  const zh = language === "zh";
  const words = String(value).replace(ISO_DAY, (iso) => {
    const day = new Date(`${iso}T00:00Z`);
    return Number.isNaN(day.getTime()) ? iso : (zh ? chineseDay : englishDay)(day);
  });
  return zh && words !== String(value) ? words.replace(" to ", "至") : words;
}

function chineseDay(day) {
  const weekday = "日一二三四五六"[day.getUTCDay()];
  return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日（周${weekday}）`;
}

function englishDay(day) {
  const part = (options) => formatted(day, "en", "UTC", options);
  return `${part({ weekday: "short" })} ${day.getUTCDate()} ${part({ month: "short" })} ${day.getUTCFullYear()}`;
}

function formatted(at, language, zone, options) {
  return new Intl.DateTimeFormat(language === "zh" ? lang(language) : "en-GB", { timeZone: zone, ...options }).format(new Date(at));
}
