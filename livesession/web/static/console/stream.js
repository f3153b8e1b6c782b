/** The record as it comes: one line to the server, taken up again whenever it breaks. */

import { call, Refusal } from "./api.js";
import { page } from "./page.js";

/** Two pings missed: a line that says nothing for so long is dead, whatever the browser believes. */
const SILENCE = 35_000;
/** Longer than from one ping to the next: whoever wakes and has heard nothing for so long does not wait for the rest. */
const QUIET = 20_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

export class Stream extends EventTarget {
  #source = null;
  #silence = 0;
  #heardAt = 0;
  #timer = 0;
  #failures = 0;
  #after;

  /** `after` gives the last seq held, asked anew each time the line is taken up. */
  constructor(after) {
    super();
    this.#after = after;
    /** Null until the first line is taken up or missed. */
    this.up = null;
    this.loggedOut = false;
    window.addEventListener("online", () => this.retry());
    window.addEventListener("offline", () => this.#broken());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#woke());
  }

  open() {
    this.#source?.close();
    clearTimeout(this.#timer);
    const address = `/console/s/${encodeURIComponent(page.slug)}/events?after=${this.#after()}&lang=${page.language}&account=${page.account?.id ?? ""}`;
    const source = new EventSource(address);
    this.#source = source;
    source.onmessage = (event) => {
      if (source !== this.#source) return;
      this.#heard();
      const message = JSON.parse(event.data);
      if (message.type === "hello") this.#failures = 0;
      this.dispatchEvent(new CustomEvent("message", { detail: message }));
      // For panels that stand by themselves: other clerks, counts.
      document.dispatchEvent(new CustomEvent(`livesession:${message.type}`, { detail: message }));
      if (message.type === "hello") this.#isUp(true);
    };
    source.onerror = () => {
      if (source === this.#source) this.#broken();
    };
    this.#heard();
  }

  /** Try at once. */
  retry() {
    this.#failures = 0;
    this.close();
    this.#reopen();
  }

  /** A phone that was in a pocket has lost its line without being told, and its timers slept with it. */
  #woke() {
    if (this.up && Date.now() - this.#heardAt <= QUIET) return;
    if (this.up) this.#isUp(false);
    this.retry();
  }

  close() {
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
  }

  #heard() {
    this.#heardAt = Date.now();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#broken(), SILENCE);
  }

  #broken() {
    this.close();
    this.#isUp(false);
    this.#failures += 1;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.#failures - 1)) * (0.75 + Math.random() / 2);
    this.#timer = setTimeout(() => this.#reopen(), wait);
  }

  /** An EventSource does not say why it failed: ask for the account first, to tell "no line" from "no login". */
  async #reopen() {
    try {
      await call("GET", "/api/v1/account");
      this.#isLoggedOut(false);
      this.open();
    } catch (error) {
      // Nobody is logged in, or somebody else: what this page holds is not theirs to send.
      if (error instanceof Refusal && (error.status === 401 || error.code === "account_other")) this.#isLoggedOut(true);
      this.#broken();
    }
  }

  #isUp(up) {
    if (up) this.#isLoggedOut(false);
    if (this.up === up) return;
    this.up = up;
    this.dispatchEvent(new Event("line"));
  }

  #isLoggedOut(out) {
    if (this.loggedOut === out) return;
    this.loggedOut = out;
    this.dispatchEvent(new Event("line"));
  }
}
