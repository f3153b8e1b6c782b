/** What a screen reader is told without being asked: little, and not one by one. */

import { byId, say } from "./dom.js";

/** Bursts are told together, once in this time. */
const GROUPED = 5_000;

const waiting = [];
let timer = 0;

/** Politely; several within five seconds become one. */
export function tell(sentence) {
  waiting.push(sentence);
  if (timer) return;
  // The first after a quiet time is told at once.
  flush();
  timer = setTimeout(() => {
    timer = 0;
    if (waiting.length) flush();
  }, GROUPED);
}

/** At once: only for closed doors and a lost line. */
export function alarm(sentence) {
  say(byId("alarm"), sentence);
}

function flush() {
  const told = waiting.splice(0);
  say(byId("announcer"), told.join(" "));
}
