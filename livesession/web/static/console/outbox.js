/** What was written and is not acknowledged yet: kept in order, sent once each, given back where refused. */

import { call, NoAnswer, Refusal, sittingPath } from "./api.js";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;
/** A request that takes so long is told as a lost line, though it is still waited for. */
const SLOW = 3_000;

/** Kinds that carry a clerk's words: held back where the doors close before they left. */
export const TEXTS = new Set(["update.posted", "update.corrected", "vote.recorded"]);

/** Refusals that say no more than that somebody else was faster: what was wanted is so already. */
const ALREADY_SO = new Set([
  "sitting.opened sitting_already_opened",
  "sitting.suspended sitting_suspended",
  "sitting.resumed sitting_not_suspended",
  "sitting.closed sitting_closed",
  "closed_part.begun closed_part_begun_already",
  "closed_part.ended closed_part_none",
  "item.opened item_already_open",
  "item.closed item_not_open",
  "update.retracted update_retracted",
  "update.unpinned update_not_pinned",
  "update.erased update_erased",
]);

export class Outbox extends EventTarget {
  #kept;
  #wake = [];
  #failures = 0;

  constructor(kept) {
    super();
    this.#kept = kept;
    kept.addEventListener("change", ({ detail }) => {
      if (detail === "outbox" || detail === "returned") this.#changed();
    });
    /** False after a try that got no answer, until one does. */
    this.reached = true;
    /** True once the server no longer knows this login: nothing is sent until there is one again. */
    this.loggedOut = false;
  }

  /** Commands that wait, in the order they will leave. */
  get commands() {
    return this.#kept.read("outbox", []);
  }

  /** Texts that came back: {key, command, lines, code, at}. */
  get returned() {
    return this.#kept.read("returned", []);
  }

  /** Keep a command, then send it. `urgent` ones do not wait for those before them. */
  add(command) {
    const whole = { key: crypto.randomUUID?.() ?? randomKey(), tried: false, ...command };
    this.#kept.write("outbox", [...this.commands, whole]);
    return whole.key;
  }

  /** The doors close: texts that never left this browser are held back, not sent by themselves afterwards. */
  holdBack(lines) {
    const stays = (command) => command.tried || !TEXTS.has(command.kind);
    const held = this.commands.filter((command) => !stays(command));
    if (!held.length) return;
    this.#kept.write("outbox", this.commands.filter(stays));
    for (const command of held) this.#giveBack(command, lines, "held_back");
  }

  /** Keep a text beside the composer: it was taken out of it to make room. */
  park(command, lines) {
    this.#giveBack({ key: randomKey(), ...command }, lines, "parked");
  }

  forget(key) {
    this.#kept.write("returned", this.returned.filter((each) => each.key !== key));
  }

  restore(item) {
    this.#kept.write("returned", [...this.returned.filter((each) => each.key !== item.key), item]);
  }

  /** Try at once what waits: the line may be back. */
  nudge() {
    this.#failures = 0;
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** What was written behind closed doors may have been waiting for the register to say where they stand. */
  nudgeRestricted() {
    if (this.commands.some((command) => command.restricted && !command.tried)) for (const wake of this.#wake.splice(0)) wake();
  }

  /** The person logged in again. */
  resume() {
    this.loggedOut = false;
    this.nudge();
  }

  /**
   * Asked before a text written behind closed doors leaves: `send` only where the doors are known to be closed
   * still, `wait` where that is not known, `hold` where they have opened meanwhile. Set by the page.
   */
  gate = () => ({ verdict: "send" });

  /**
   * Send for as long as the page lives. One tab of a browser does: two would send the same
   * thing, which the server would recognise, but perhaps out of order.
   */
  run(name) {
    const both = () => Promise.all([this.#lane(true), this.#lane(false)]);
    // Locks need a secure context; where there is none the keys alone keep things from being posted twice.
    if (navigator.locks) navigator.locks.request(name, both);
    else both();
  }

  async #lane(urgent) {
    for (;;) {
      const next = this.#next(urgent);
      if (!next) await this.#sleep(null);
      else if (!(await this.#send(next))) await this.#sleep(this.#wait());
    }
  }

  #next(urgent) {
    const waiting = this.commands;
    // Closing the doors goes before everything else, and what was written behind them after it.
    if (this.loggedOut || (!urgent && waiting.some((command) => command.urgent))) return null;
    const next = waiting.find((command) => Boolean(command.urgent) === urgent);
    if (!next?.restricted || next.tried) return next ?? null;
    const { verdict, seen, lines } = this.gate(next);
    if (verdict === "send") return { ...next, seen };
    if (verdict === "wait") return null;
    this.#drop(next.key);
    this.#giveBack(next, lines, "held_back");
    return this.#next(urgent);
  }

  /** True where the server's answer settled it, whichever it was. */
  async #send(command) {
    // From the first try on the body never changes: the same key must bring the same request.
    this.#note(command.key, { tried: true, seen: command.seen });
    const { key, tried, urgent, restricted, ...body } = command;
    const slow = setTimeout(() => this.#lost(), SLOW);
    try {
      const entry = await call("POST", `${sittingPath}/entries`, body, { "Idempotency-Key": key });
      this.#answered();
      this.#drop(key);
      this.dispatchEvent(new CustomEvent("sent", { detail: { command, entry } }));
    } catch (error) {
      if (error instanceof NoAnswer) return this.#unanswered(error);
      if (!(error instanceof Refusal)) throw error;
      this.#answered();
      if (error.status === 401) {
        this.loggedOut = true;
        this.#changed();
        this.dispatchEvent(new Event("loggedout"));
        return false;
      }
      this.#drop(key);
      if (command.kind === "closed_part.begun" && error.code !== "closed_part_begun_already") this.#releaseNone(error.lines);
      // The server itself keeps what came after the doors had closed.
      if (ALREADY_SO.has(`${command.kind} ${error.code}`)) return true;
      if (error.code !== "closed_part_unseen") this.#giveBack(command, error.lines, error.code);
      this.dispatchEvent(new CustomEvent("refused", { detail: { command, error } }));
    } finally {
      clearTimeout(slow);
    }
    return true;
  }

  /** The doors did not close: what was written for the restricted record must not go out instead. */
  #releaseNone(lines) {
    const held = this.commands.filter((command) => command.restricted && !command.tried);
    this.#kept.write("outbox", this.commands.filter((command) => !command.restricted || command.tried));
    for (const command of held) this.#giveBack(command, lines, "held_back");
  }

  #unanswered(error) {
    this.#failures += 1;
    this.retryAfter = error.retryAfter;
    this.#lost();
    return false;
  }

  #lost() {
    if (!this.reached) return;
    this.reached = false;
    this.#changed();
  }

  #answered() {
    this.#failures = 0;
    if (!this.reached) {
      this.reached = true;
      this.#changed();
    }
  }

  #wait() {
    if (this.loggedOut) return null;
    const doubled = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.max(0, this.#failures - 1));
    // Spread, so that a hall full of consoles does not come back in one instant.
    return Math.max((this.retryAfter ?? 0) * 1000, doubled * (0.75 + Math.random() / 2));
  }

  #sleep(milliseconds) {
    return new Promise((resolve) => {
      this.#wake.push(resolve);
      if (milliseconds !== null) setTimeout(resolve, milliseconds);
    });
  }

  #note(key, change) {
    const noted = this.commands.map((command) => (command.key === key ? { ...command, ...change } : command));
    this.#kept.write("outbox", noted);
  }

  #drop(key) {
    this.#kept.write("outbox", this.commands.filter((command) => command.key !== key));
  }

  #giveBack(command, lines, code) {
    this.restore({ key: command.key, command, lines, code, at: command.at ?? new Date().toISOString() });
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
    for (const wake of this.#wake.splice(0)) wake();
  }
}

function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
