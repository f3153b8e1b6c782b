/** The few seconds in which a post can be taken back: it is kept here and nowhere else until they are over. */

/** What a clerk may take back: posts and votes. Everything else is an act that stands at once. */
export const HELD = new Set(["update.posted", "vote.recorded"]);

/** Seconds that can be chosen, and what holds where nobody chose. */
export const LENGTHS = [0, 3, 5, 10, 15, 30];
const USUAL = 5;
/** How long after its time a post that this tab does not hold is taken for left behind by a tab that was closed. */
const ABANDONED = 2_000;

export class Hold extends EventTarget {
  #kept;
  #chosen;
  #release;
  #give;
  #held = [];

  /**
   * `kept` is the sitting's store, `chosen` the clerk's own choices. `release(command)` sends one; `give(command)`
   * puts back to the clerk what a closed tab left.
   */
  constructor(kept, chosen, release, give) {
    super();
    this.#kept = kept;
    this.#chosen = chosen;
    this.#release = release;
    this.#give = give;
    for (const left of kept.read("held", [])) this.#adopt(left);
  }

  get seconds() {
    const chosen = this.#chosen.read("hold", USUAL);
    return LENGTHS.includes(chosen) ? chosen : USUAL;
  }

  set seconds(chosen) {
    this.#chosen.write("hold", chosen);
    this.#changed();
  }

  /** What is held by this tab: {key, command, until, seconds}, oldest first. */
  get items() {
    return this.#held;
  }

  /** Hold a command; without seconds it leaves at once. */
  add(command) {
    const { seconds } = this;
    if (!seconds) {
      this.#release(command);
      return;
    }
    const item = { key: `${Date.now()}-${Math.random()}`, command, seconds, until: Date.now() + seconds * 1000 };
    item.timer = setTimeout(() => this.#let(item), seconds * 1000);
    this.#held.push(item);
    const { timer, ...plain } = item;
    this.#kept.write("held", [...this.#kept.read("held", []), plain]);
    this.#changed();
  }

  /** Take one back, the last where none is named; null where there is none. */
  takeBack(key) {
    const item = key ? this.#held.find((each) => each.key === key) : this.#held.at(-1);
    return item ? this.#drop(item).command : null;
  }

  /** Everything leaves now: what comes next must not overtake it. */
  flush() {
    for (const item of [...this.#held]) this.#let(item);
  }

  /** The doors close: nothing of it leaves. Returns what was held. */
  freeze() {
    return [...this.#held].map((item) => this.#drop(item).command);
  }

  #let(item) {
    if (!this.#held.includes(item)) return;
    this.#drop(item);
    this.#release(item.command);
  }

  #drop(item) {
    clearTimeout(item.timer);
    this.#held = this.#held.filter((each) => each !== item);
    this.#forget(item.key);
    this.#changed();
    return item;
  }

  /** Another tab may hold it still: only what outlives its time was left behind. */
  #adopt(left) {
    setTimeout(
      () => {
        if (!this.#kept.read("held", []).some((each) => each.key === left.key)) return;
        this.#forget(left.key);
        this.#give(left.command);
      },
      Math.max(0, left.until - Date.now()) + ABANDONED,
    );
  }

  #forget(key) {
    this.#kept.write("held", this.#kept.read("held", []).filter((each) => each.key !== key));
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
