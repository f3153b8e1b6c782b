/** Motions and amendments of an item that are still to be voted on. */

import { t } from "./page.js";
import { short } from "./phrases.js";
import { clockTime } from "./times.js";

/** What is voted on; the requests (public or secret ballot, closed part) are not. */
const VOTED = new Set(["motion", "amendment", "voeu"]);

/** Open motions on an item, oldest first: {id, name}. One that was voted on or taken back is open no more. */
export function openMotions(register, item) {
  const settled = new Set();
  for (const { kind, data, retracted } of register.rows) {
    if (kind === "motion.withdrawn") settled.add(data?.entry);
    if (kind === "vote.recorded" && !retracted && data?.motion) settled.add(data.motion);
  }
  return register.rows
    .filter((row) => row.kind === "motion.tabled" && row.item === item && row.data && !row.retracted && !settled.has(row.id) && VOTED.has(row.data.type ?? "motion"))
    .map((row) => ({ id: row.id, name: row.data.title ? short(row.data.title, 80) : t("entry-of", { time: clockTime(row.at) }) }));
}
