/** What this browser keeps for one account and one sitting: read at once from memory, written to its database. */

import { COPY, Store, WORDS } from "./store.js";

/** Names under which stands what the server said, not what the clerk wrote. */
const COPIED = new Set(["room", "clock", "refused"]);

/** Which page of this browser wrote a thing; it holds a lock of that name for as long as it lives. */
export const TAB = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Kept extends EventTarget {
  /** What is typed, waiting for the write that is under way: only the last of each is written. */
  #later = new Map();
  #isDraining = false;
  /** The database, null where the browser refuses one. */
  store;
  #prefix;
  #families = new Map();
  #writing = new Map();
  #failed = new Map();
  #told;

  /** Open what is kept for `account` at `sitting`. Where the browser keeps nothing, `safe` says so. */
  static async open(account, sitting) {
    const kept = new Kept(account, sitting);
    try {
      kept.store = await Store.open();
      for (const table of [WORDS, COPY]) {
        const names = table === COPY ? [...kept.#prefix, "values"] : kept.#prefix;
        for (const [[, , family, id], value] of await kept.store.read(table, names)) kept.#family(family).set(id, value);
      }
    } catch {
      kept.store = null;
      kept.safe = false;
    }
    kept.#takeLastWords();
    return kept;
  }

  /** Only `open` makes one. */
  constructor(account, sitting) {
    super();
    /** False from a write that the browser refused until one that it takes. */
    this.safe = true;
    this.#prefix = [account, sitting];
    this.#told = new BroadcastChannel(`livesession:${account}:${sitting}`);
    this.#told.onmessage = ({ data }) => (data === "nudge" ? this.dispatchEvent(new Event("nudge")) : this.#hear(data));
    // For as long as this page lives: by it the others know whose held posts are left behind.
    navigator.locks?.request(`livesession:tab:${TAB}`, () => new Promise(() => {}));
    window.addEventListener("pagehide", () => this.#sayLastWords());
    window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  /** The values of a family in the order of their ids. */
  list(family) {
    return [...this.#family(family)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  }

  ids(family) {
    return [...this.#family(family).keys()];
  }

  get(family, id) {
    return this.#family(family).get(id) ?? null;
  }

  /** An id after every other of the family, also after those of another page and of a clock since put back. */
  nextId(family) {
    const last = [...this.#family(family).keys()].sort().at(-1);
    const count = Math.max(Date.now(), last ? Number.parseInt(last, 10) + 1 : 0);
    return `${String(count).padStart(15, "0")}-${TAB}`;
  }

  /** Whether it is on the disk. */
  isSaved(family, id) {
    const mark = `${family} ${id}`;
    return !this.#writing.has(mark) && !this.#failed.has(mark) && !this.#later.has(mark);
  }

  /**
   * Change {family, id, value} each, null for none: here at once, and together on the disk. Rejects where the
   * browser refuses; then it stands in memory, and is tried again with the next that succeeds.
   */
  async change(changes, { strict = true } = {}) {
    const marks = changes.map(markOf);
    // What was typed before this is overtaken by it.
    for (const mark of marks) this.#later.delete(mark);
    for (const mark of marks) this.#writing.set(mark, (this.#writing.get(mark) ?? 0) + 1);
    this.#take(changes);
    try {
      await this.#write(changes, strict);
      for (const mark of marks) this.#failed.delete(mark);
    } catch (error) {
      changes.forEach((change, index) => this.#failed.set(marks[index], change));
      this.#isSafe(false);
      throw error;
    } finally {
      for (const mark of marks) {
        const count = this.#writing.get(mark) - 1;
        if (count) this.#writing.set(mark, count);
        else this.#writing.delete(mark);
      }
      this.#announce(changes);
    }
    this.#told.postMessage(changes);
    this.#isSafe(true);
    await this.#writeFailed();
  }

  /** As `change`, of what is typed: soon, and no oftener than the browser can write. */
  type(changes) {
    for (const change of changes) this.#later.set(markOf(change), change);
    this.#take(changes);
    if (!this.#isDraining) this.#drain();
  }

  async #drain() {
    this.#isDraining = true;
    while (this.#later.size) {
      const changes = [...this.#later.values()];
      this.#later.clear();
      // The page says so for as long as the browser refuses.
      await this.change(changes, { strict: false }).catch(() => undefined);
    }
    this.#isDraining = false;
  }

  /** As `change`, of what `decide(values)` makes of the values that `ids` have on the disk, before anybody else can. */
  async exchange(family, ids, decide) {
    // What the disk refused stands in memory, and counts.
    const known = (values) => decide(ids.map((id, index) => (this.#failed.has(`${family} ${id}`) || !values ? this.get(family, id) : (values[index] ?? null))));
    let changes = null;
    if (this.store) {
      const keyed = (values) => known(values).map((change) => ({ ...change, key: this.#key(change.family, change.id) }));
      try {
        changes = await this.store.exchange(WORDS, ids.map((id) => this.#key(family, id)), keyed);
      } catch {
        this.#isSafe(false);
      }
    }
    if (changes) {
      for (const change of changes) this.#failed.delete(`${change.family} ${change.id}`);
    } else {
      changes = known(null);
      for (const change of changes) this.#failed.set(`${change.family} ${change.id}`, change);
    }
    if (!changes.length) return false;
    this.#take(changes);
    this.#told.postMessage(changes.map(({ family: name, id, value }) => ({ family: name, id, value })));
    return true;
  }

  /** Give up what the disk refused: it stands nowhere any more. */
  forget(family, id) {
    this.#failed.delete(`${family} ${id}`);
    this.#take([{ family, id, value: null }]);
  }

  /** A single value by name, as the parts of the page keep them. */
  read(name, otherwise) {
    const value = this.get("values", name);
    return value === null ? otherwise : structuredClone(value);
  }

  /** Keep one by name; where it cannot be kept `safe` says so. */
  write(name, value) {
    this.type([{ family: "values", id: name, value }]);
  }

  /** Wake the page of this browser that sends. */
  nudgeOthers() {
    this.#told.postMessage("nudge");
  }

  /** What waits in this browser besides: [{own, sitting, n}], of this account at other sittings and of other accounts. */
  async elsewhere() {
    const found = this.store ? await waitingIn(this.store, this.#prefix[0]) : [];
    return found.filter(({ own, sitting }) => !own || sitting !== this.#prefix[1]);
  }

  /** The page goes while something is not written yet: begun texts and commands by the one way that does not wait. */
  #sayLastWords() {
    const words = [];
    for (const mark of new Set([...this.#later.keys(), ...this.#writing.keys(), ...this.#failed.keys()])) {
      const family = ["drafts", "commands"].find((name) => mark.startsWith(`${name} `));
      if (!family) continue;
      const id = mark.slice(family.length + 1);
      words.push({ family, id, value: this.get(family, id) });
    }
    try {
      if (words.length) localStorage.setItem(this.#lastWords, JSON.stringify(words));
    } catch {
      // Refused too: there is no third way.
    }
  }

  #takeLastWords() {
    try {
      const words = localStorage.getItem(this.#lastWords);
      localStorage.removeItem(this.#lastWords);
      if (words) this.change(JSON.parse(words)).catch(() => undefined);
    } catch {
      // Nothing was said, or nothing that can be read.
    }
  }

  get #lastWords() {
    return `livesession:last:${this.#prefix.join(":")}`;
  }

  #write(changes, strict) {
    if (!this.store) throw new Error("nothing is kept");
    const copied = changes.filter((change) => tableOf(change) === COPY);
    const words = changes.filter((change) => tableOf(change) === WORDS);
    const keyed = (each) => each.map((change) => ({ key: this.#key(change.family, change.id), value: change.value }));
    const writes = [];
    if (words.length) writes.push(this.store.write(WORDS, keyed(words), strict));
    if (copied.length) writes.push(this.store.write(COPY, keyed(copied), false));
    return Promise.all(writes);
  }

  async #writeFailed() {
    const failed = [...this.#failed.values()];
    if (!failed.length) return;
    try {
      await this.#write(failed, true);
      this.#failed.clear();
    } catch {
      // They stay in memory, and the page says so.
      this.#isSafe(false);
    }
    this.#announce(failed);
  }

  #take(changes) {
    for (const { family, id, value } of changes) {
      if (value === null) this.#family(family).delete(id);
      else this.#family(family).set(id, value);
    }
    this.#announce(changes);
  }

  /** Another page of this browser changed something. */
  #hear(changes) {
    this.#take(changes);
    this.dispatchEvent(new CustomEvent("told", { detail: changes }));
  }

  #announce(changes) {
    for (const family of new Set(changes.map((change) => change.family))) {
      this.dispatchEvent(new CustomEvent("change", { detail: family }));
    }
  }

  #isSafe(safe) {
    if (this.safe === safe) return;
    this.safe = safe;
    this.dispatchEvent(new CustomEvent("change", { detail: "safe" }));
  }

  #family(name) {
    if (!this.#families.has(name)) this.#families.set(name, new Map());
    return this.#families.get(name);
  }

  #key(family, id) {
    return [...this.#prefix, family, id];
  }
}

const markOf = ({ family, id }) => `${family} ${id}`;

/** How much waits in this browser: [{own, sitting, n}] by sitting, `own` where it is of `account`. */
export async function waitingIn(store, account) {
  const found = new Map();
  for (const [author, sitting, family] of await store.keys(WORDS)) {
    if (family !== "commands") continue;
    const mark = JSON.stringify([author, sitting]);
    found.set(mark, { own: author === account, sitting, n: (found.get(mark)?.n ?? 0) + 1 });
  }
  return [...found.values()];
}

const tableOf = ({ family, id }) => (family === "values" && COPIED.has(id) ? COPY : WORDS);
