/** Instants as the register shows them, and the server's clock as far as it is known here. */

import { page } from "./page.js";

let zone = "Europe/Paris";
let skew = null;
const formats = new Map();

/** The council's zone; every time on the page is in it. */
export function useZone(name) {
  if (name === zone) return;
  zone = name;
  formats.clear();
}

function format(options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(page.language, { timeZone: zone, ...options }));
  return formats.get(key);
}

/** `11:26`, in both languages. */
export function clockTime(instant) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const parts = format(options).formatToParts(new Date(instant));
  const part = (type) => parts.find((each) => each.type === type).value;
  return `${part("hour")}:${part("minute")}`;
}

export function longDate(instant) {
  const day = format({ dateStyle: "full" }).format(new Date(instant));
  // « 1 janvier », says CLDR.
  return page.language === "fr" ? day.replace(" 1 ", " 1er ") : day;
}

/** `3:12`, `1:02:40`: time gone by, in seconds. */
export function stopwatch(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** `2 h 24` or `24 min`: how long a sitting has lasted. */
export function duration(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / 60000));
  return minutes < 60
    ? `${minutes}\u00a0min`
    : `${Math.floor(minutes / 60)}\u00a0h\u00a0${String(minutes % 60).padStart(2, "0")}`;
}

/**
 * Learn the server's clock from an instant it has just sent. Each sample is late by its way here,
 * so the largest is the nearest; `fresh` forgets the former ones, for this computer may have slept.
 */
export function learnClock(now, fresh = false) {
  const sample = Date.parse(now) - Date.now();
  skew = fresh || skew === null ? sample : Math.max(skew, sample);
  return skew;
}

/** A skew learnt before the page was reloaded without a line. */
export function recallClock(sample) {
  if (skew === null && Number.isFinite(sample)) skew = sample;
}

/** Now, by the server's clock, in milliseconds. */
export function serverNow() {
  return Date.now() + (skew ?? 0);
}
