/** A copy of the record as far as this browser has seen it: what the console shows where there is no line. */

import { page } from "./page.js";
import { COPY } from "./store.js";

/** A copy is no archive: one that was not renewed for so long is thrown away. */
const LIFETIME = 7 * 24 * 3600 * 1000;

export class Copy {
  #store;
  #prefix;
  #hello = null;
  /** One write after another: a page of entries never overtakes the one before. */
  #last = Promise.resolve();

  /** `store` is the browser's database, null where there is none: then nothing is copied. */
  constructor(store) {
    this.#store = store;
    this.#prefix = [page.account.id, page.sitting];
  }

  /** What was copied: {hello, entries, deliveries}; null where there is nothing. */
  async read() {
    if (!this.#store) return null;
    try {
      const [[, hello] = []] = await this.#store.read(COPY, [...this.#prefix, "hello"]);
      if (!hello) return null;
      const [entries, deliveries] = await Promise.all(["entries", "deliveries"].map((family) => this.#store.read(COPY, [...this.#prefix, family])));
      this.#hello ??= hello;
      return { hello: hello.message, entries: entries.flatMap(([, some]) => some), deliveries: deliveries.map(([, delivery]) => delivery) };
    } catch {
      return null;
    }
  }

  /** The sitting as it stands. A copy of another history ends. */
  hello(message) {
    this.#do(async () => {
      const [[, before] = []] = await this.#store.read(COPY, [...this.#prefix, "hello"]);
      if (before && before.message.epoch !== message.epoch) {
        for (const family of ["entries", "deliveries"]) await this.#store.clear(COPY, [...this.#prefix, family]);
      }
      await this.#keepHello(message);
    });
  }

  entries({ entries, state }) {
    if (!entries.length) return;
    this.#do(async () => {
      // Read from the beginning, the record replaces the copy: a former wording that was erased meanwhile goes with it.
      if (entries[0].seq === 1) await this.#store.clear(COPY, [...this.#prefix, "entries"]);
      await this.#store.write(COPY, [{ key: [...this.#prefix, "entries", entries[0].seq], value: entries }], false);
      for (const { kind, data } of entries) if (kind === "update.erased") await this.#erase([data.entry, ...(data.also ?? [])]);
      if (state && this.#hello) await this.#keepHello({ ...this.#hello.message, state });
    });
  }

  deliveries(deliveries) {
    const key = ({ channel, seq }) => [...this.#prefix, "deliveries", channel, seq];
    this.#do(() => this.#store.write(COPY, deliveries.map((delivery) => ({ key: key(delivery), value: delivery })), false));
  }

  /** Copies of other accounts do not stay in a browser where this one is logged in, nor old ones. */
  async tidy() {
    if (!this.#store) return;
    const old = new Set();
    for (const [account, sitting, family] of await this.#store.keys(COPY)) {
      if (account !== page.account.id) await this.#store.clear(COPY, [account]);
      else if (family === "hello") old.add(sitting);
    }
    for (const sitting of old) {
      const [[, hello] = []] = await this.#store.read(COPY, [page.account.id, sitting, "hello"]);
      if (hello && Date.now() - hello.copied > LIFETIME) await this.#store.clear(COPY, [page.account.id, sitting]);
    }
  }

  #keepHello(message) {
    this.#hello = { copied: Date.now(), message };
    return this.#store.write(COPY, [{ key: [...this.#prefix, "hello", ""], value: this.#hello }], false);
  }

  /** What the law had erased is erased here too. */
  async #erase(ids) {
    for (const [key, entries] of await this.#store.read(COPY, [...this.#prefix, "entries"])) {
      if (!entries.some(({ id, data }) => data !== null && ids.includes(id))) continue;
      const emptied = entries.map((entry) => (ids.includes(entry.id) ? { ...entry, data: null, said: undefined } : entry));
      await this.#store.write(COPY, [{ key, value: emptied }], false);
    }
  }

  /** A copy that cannot be written is one the console does without. */
  #do(work) {
    if (!this.#store) return;
    this.#last = this.#last.then(work).catch(() => undefined);
  }
}
