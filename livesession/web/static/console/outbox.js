/** What was written and is not acknowledged yet: kept in order, sent once each, given back where refused. */

import { call, NoAnswer, Refusal, sittingPath } from "./api.js";
import { TAB } from "./kept.js";
import { t } from "./page.js";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;
/** A request that takes so long is told as a lost line, though it is still waited for. */
const SLOW = 3_000;

/** Answers « internal error » in a row after which a command is set aside: about a minute. */
const MOST_BROKEN = 7;

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

/** What only this browser knows of a command; the rest is what the server is sent. */
const OWN = new Set(["id", "key", "tried", "tab", "urgent", "restricted", "pin"]);

export class Outbox extends EventTarget {
  #kept;
  #wake = [];
  #failures = 0;
  /** Counts changes. */
  #state = 0;
  /** Whether this page is the one that sends. */
  #sending = false;
  /** How often in a row the server broke on a command, by its key. */
  #broken = new Map();
  /** Keys of commands that the browser could not keep and that may leave from memory. */
  #fromMemory = new Set();

  constructor(kept) {
    super();
    this.#kept = kept;
    kept.addEventListener("change", ({ detail }) => {
      if (detail === "commands" || detail === "returned") this.#changed();
    });
    kept.addEventListener("nudge", () => this.#sending && this.nudge());
    /** False after a try that got no answer, until one does. */
    this.reached = true;
    /** True once the server no longer knows this login: nothing is sent until there is one again. */
    this.loggedOut = false;
  }

  /** Commands that wait, in the order they will leave. */
  get commands() {
    return this.#kept.list("commands");
  }

  /** Those of them that are safe in this browser. */
  get safe() {
    return this.commands.filter(({ id }) => this.#kept.isSaved("commands", id));
  }

  /** Texts that came back: {key, command, lines, code, at}. */
  get returned() {
    return this.#kept.list("returned");
  }

  /** Whether a text may leave from memory where the browser refuses to keep it: while there is a line. Set by the page. */
  mayLeaveUnkept = () => true;

  /** What follows a command once its entry is there: a command, or null. Set by the page. */
  following = () => null;

  /** A command as it will be kept; `urgent` ones do not wait for those before them. */
  record(command) {
    return { key: randomKey(), tried: false, tab: TAB, ...command, id: this.#kept.nextId("commands") };
  }

  /**
   * Keep a command and send it, together with the changes `also`. Resolves with `kept` when it is safe, `memory`
   * where the browser refuses and it is being sent all the same, `refused` where it is a text and there is no line.
   */
  async add(command, also = []) {
    const record = this.record(command);
    try {
      await this.#kept.change([{ family: "commands", id: record.id, value: record }, ...also]);
      return { outcome: "kept", key: record.key };
    } catch {
      if (!TEXTS.has(record.kind) || this.mayLeaveUnkept()) {
        this.#fromMemory.add(record.key);
        this.#changed();
        return { outcome: "memory", key: record.key };
      }
      this.#kept.forget("commands", record.id);
      return { outcome: "refused", key: record.key };
    }
  }

  /** The doors close: texts that never left this browser are held back, not sent by themselves afterwards. */
  async holdBack(lines) {
    const held = this.commands.filter((command) => !command.tried && TEXTS.has(command.kind));
    await this.#giveAllBack(held, lines, "held_back");
  }

  /** Keep a text beside the composer: it was taken out of it to make room. */
  park(command, lines, also = []) {
    return this.#kept.change([...this.parking(command, lines), ...also]).catch(() => undefined);
  }

  /** The changes that do so. */
  parking(command, lines) {
    return this.#back({ key: randomKey(), ...command }, lines, "parked");
  }

  /** The changes that send a command. */
  sending(command) {
    const record = this.record(command);
    return [{ family: "commands", id: record.id, value: record }];
  }

  forget(key) {
    return this.#kept.change([{ family: "returned", id: key, value: null }]).catch(() => undefined);
  }

  restore(item) {
    return this.#kept.change([{ family: "returned", id: item.key, value: item }]).catch(() => undefined);
  }

  /** Try at once what waits: the line may be back. */
  nudge() {
    if (!this.#sending) this.#kept.nudgeOthers();
    this.#failures = 0;
    this.#wakeUp();
  }

  /** What was written behind closed doors may have been waiting for the register to say where they stand. */
  nudgeRestricted() {
    if (this.commands.some((command) => command.restricted && !command.tried)) this.#wakeUp();
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
    const both = () => {
      this.#sending = true;
      return Promise.all([this.#lane(true), this.#lane(false)]);
    };
    // Locks need a secure context; where there is none the keys alone keep things from being posted twice.
    if (navigator.locks) navigator.locks.request(name, both);
    else both();
  }

  async #lane(urgent) {
    for (;;) {
      const state = this.#state;
      const next = await this.#next(urgent);
      // What changed while it was looked for must be looked at again.
      if (!next && state === this.#state) await this.#sleep(null);
      else if (!next) continue;
      else if (!(await this.#send(next))) await this.#sleep(this.#wait());
    }
  }

  /** The next to leave. What is still being written to the disk is waited for, and so are those behind it. */
  async #next(urgent) {
    const waiting = this.commands;
    // Closing the doors goes before everything else, and what was written behind them after it.
    if (this.loggedOut || (!urgent && waiting.some((command) => command.urgent))) return null;
    const next = waiting.find((command) => Boolean(command.urgent) === urgent);
    if (!next || !(this.#kept.isSaved("commands", next.id) || this.#fromMemory.has(next.key))) return null;
    if (!next.restricted || next.tried) return next;
    const { verdict, seen, lines } = this.gate(next);
    if (verdict === "send") return { ...next, seen };
    if (verdict === "wait") return null;
    await this.#giveAllBack([next], lines, "held_back");
    return this.#next(urgent);
  }

  /** True where the server's answer settled it, whichever it was. */
  async #send(next) {
    // From the first try on the body never changes, and no closing of doors takes it back: the server may have it.
    let command = null;
    await this.#kept.exchange("commands", [next.id], ([found]) => {
      if (!found) return [];
      command = found.tried ? found : { ...found, tried: true, seen: next.seen };
      return [{ family: "commands", id: found.id, value: command }];
    });
    if (!command) return true;
    const body = Object.fromEntries(Object.entries(command).filter(([name]) => !OWN.has(name)));
    const slow = setTimeout(() => this.#lost(), SLOW);
    try {
      const entry = await call("POST", `${sittingPath}/entries`, body, { "Idempotency-Key": command.key });
      this.#answered();
      await this.#sent(command, entry);
    } catch (error) {
      if (error instanceof NoAnswer) return this.#unanswered(error, command);
      if (!(error instanceof Refusal)) throw error;
      this.#answered();
      // Nobody is logged in, or another: neither says anything about what is sent. It waits for its own.
      if (error.status === 401 || error.code === "account_other") return this.#isLoggedOut();
      await this.#refused(command, error);
    } finally {
      clearTimeout(slow);
    }
    return true;
  }

  async #sent(command, entry) {
    const follows = this.following(command, entry);
    const changes = [{ family: "commands", id: command.id, value: null }];
    if (follows) changes.push(...this.sending(follows));
    this.dispatchEvent(new CustomEvent("sent", { detail: { command, entry } }));
    await this.#kept.exchange("commands", [command.id], () => changes);
  }

  async #refused(command, error) {
    // Somebody else was faster; or the server itself keeps what came after the doors had closed.
    const quiet = ALREADY_SO.has(`${command.kind} ${error.code}`);
    const back = quiet || error.code === "closed_part_unseen" ? [] : this.#back(command, error.lines, error.code);
    await this.#kept.exchange("commands", [command.id], () => [{ family: "commands", id: command.id, value: null }, ...back]);
    if (command.kind === "closed_part.begun" && error.code !== "closed_part_begun_already") await this.#releaseNone(error.lines);
    if (!quiet) this.dispatchEvent(new CustomEvent("refused", { detail: { command, error } }));
  }

  /** The doors did not close: what was written for the restricted record must not go out instead. */
  #releaseNone(lines) {
    return this.#giveAllBack(this.commands.filter((command) => command.restricted && !command.tried), lines, "held_back");
  }

  /** Take commands back as texts, but for those that have left meanwhile. */
  async #giveAllBack(commands, lines, code) {
    if (!commands.length) return;
    await this.#kept.exchange("commands", commands.map(({ id }) => id), (found) =>
      found
        .filter((command) => command && !command.tried)
        .flatMap((command) => [{ family: "commands", id: command.id, value: null }, ...this.#back(command, lines, code)]),
    );
  }

  #back(command, lines, code) {
    const item = returnedItem(command, lines, code);
    return [{ family: "returned", id: item.key, value: item }];
  }

  #isLoggedOut() {
    this.loggedOut = true;
    this.#changed();
    this.dispatchEvent(new Event("loggedout"));
    return false;
  }

  /** What the server breaks on again and again must not keep back the rest; the doors alone are never given up. */
  async #unanswered(error, command) {
    const broken = error.status === 500 ? (this.#broken.get(command.key) ?? 0) + 1 : 0;
    this.#broken.set(command.key, broken);
    if (broken >= MOST_BROKEN && !command.urgent) {
      this.#answered();
      await this.#refused(command, new Refusal(500, { code: "not_taken", detail: t("not-taken") }));
      return true;
    }
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

  #changed() {
    this.dispatchEvent(new Event("change"));
    this.#wakeUp();
  }

  #wakeUp() {
    this.#state += 1;
    for (const wake of this.#wake.splice(0)) wake();
  }
}

function returnedItem(command, lines, code) {
  return { key: command.key, command, lines, code, at: command.at ?? new Date().toISOString() };
}

function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
