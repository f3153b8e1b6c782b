/** The few seconds in which a post can be taken back: it is kept here and nowhere else until they are over. */

import { TAB } from "./kept.js";

/** How long after its time a held post is taken for left behind, where the browser has no locks to tell. */
const ABANDONED = 2_000;

/** What a clerk may take back: posts and votes. Everything else is an act that stands at once. */
export const HELD = new Set(["update.posted", "vote.recorded"]);

/** Seconds that can be chosen, and what holds where nobody chose. */
export const LENGTHS = [0, 3, 5, 10, 15, 30];
const USUAL = 5;

export class Hold extends EventTarget {
  #kept;
  #chosen;
  #release;
  #give;
  #held = [];

  /**
   * `kept` is the sitting's store, `chosen` the clerk's own choices. `release(command)` makes of one the changes that
   * send it; `give(command)` of what a closed page left those that put it back to the clerk.
   */
  constructor(kept, chosen, release, give) {
    super();
    this.#kept = kept;
    this.#chosen = chosen;
    this.#release = release;
    this.#give = give;
    for (const left of kept.list("held")) this.#adopt(left);
  }

  get seconds() {
    const chosen = this.#chosen.read("hold", USUAL);
    return LENGTHS.includes(chosen) ? chosen : USUAL;
  }

  set seconds(chosen) {
    this.#chosen.write("hold", chosen);
    this.#changed();
  }

  /** What is held by this tab and safe in this browser: {key, command, until, seconds}, oldest first. */
  get items() {
    return this.#held.filter(({ key }) => this.#kept.isSaved("held", key));
  }

  /** Hold a command, kept together with the changes `also`; false where the browser refuses to keep it. */
  async add(command, also = []) {
    const { seconds } = this;
    const plain = { key: this.#kept.nextId("held"), tab: TAB, command, seconds, until: Date.now() + seconds * 1000 };
    const item = { ...plain, timer: setTimeout(() => this.#let(item), seconds * 1000) };
    this.#held.push(item);
    try {
      await this.#kept.change([{ family: "held", id: item.key, value: plain }, ...also]);
      this.#changed();
      return true;
    } catch {
      this.#remove(item);
      this.#kept.forget("held", item.key);
      return false;
    }
  }

  /**
   * Take one back, the last where none is named; `give(command)` makes the changes that keep it elsewhere. Null
   * where there is none.
   */
  async takeBack(key, give) {
    const item = key ? this.#held.find((each) => each.key === key) : this.#held.at(-1);
    return item && (await this.#move(item, give)) ? item.command : null;
  }

  /** Everything leaves now: what comes next must not overtake it. */
  flush() {
    return Promise.all([...this.#held].map((item) => this.#let(item)));
  }

  /** The doors close: nothing of it leaves; `give` as of `takeBack`. */
  freeze(give) {
    return Promise.all([...this.#held].map((item) => this.#move(item, give)));
  }

  #let(item) {
    return this.#move(item, this.#release);
  }

  /** Out of the hold into what `into(command)` says, in one write; false where it is no longer there to move. */
  async #move(item, into) {
    if (!this.#held.includes(item)) return false;
    this.#remove(item);
    return this.#exchange(item, into);
  }

  #remove(item) {
    clearTimeout(item.timer);
    this.#held = this.#held.filter((each) => each !== item);
    this.#changed();
  }

  #exchange({ key, command }, into) {
    return this.#kept.exchange("held", [key], ([found]) => (found ? [{ family: "held", id: key, value: null }, ...into(command)] : []));
  }

  /** Another page may hold it still, and has a lock of its name as long as it lives: what remains was left behind. */
  async #adopt(left) {
    const adopt = () => this.#exchange(left, this.#give);
    if (navigator.locks) await navigator.locks.request(`livesession:tab:${left.tab}`, adopt);
    else setTimeout(adopt, Math.max(0, left.until - Date.now()) + ABANDONED);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
