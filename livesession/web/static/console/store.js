/** The console's database in this browser: two tables, written whole or not at all, and on the disk when told so. */

const NAME = "livesession-console";
const VERSION = 1;
/** A database that does not open within this does not open: some browsers never answer where storage is forbidden. */
const PATIENCE = 4_000;

/** What a clerk wrote and no server has yet. */
export const WORDS = "words";
/** What the server said: worth having without a line, and gone with the login. */
export const COPY = "copy";

export class Store {
  #database;

  constructor(database) {
    this.#database = database;
    // A later version of the console must not wait for this page.
    database.onversionchange = () => database.close();
  }

  /** Open it. Rejects where the browser keeps nothing. */
  static open() {
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("no answer")), PATIENCE);
      const asked = indexedDB.open(NAME, VERSION);
      asked.onupgradeneeded = () => [WORDS, COPY].forEach((table) => asked.result.createObjectStore(table));
      asked.onsuccess = () => resolve(new Store(asked.result));
      asked.onerror = () => reject(asked.error);
    });
  }

  /** Everything whose key begins with `prefix`, as [key, value], in the order of keys. */
  read(table, prefix) {
    return this.#settled(table, "readonly", "relaxed", (place) => {
      const range = IDBKeyRange.bound(prefix, [...prefix, []]);
      const [keys, values] = [place.getAllKeys(range), place.getAll(range)];
      return () => keys.result.map((key, index) => [key, values.result[index]]);
    });
  }

  /** Every key of a table. */
  keys(table) {
    return this.#settled(table, "readonly", "relaxed", (place) => {
      const keys = place.getAllKeys();
      return () => keys.result;
    });
  }

  /** Write {key, value} each, null for none. `strict` resolves only when it would survive the machine's power. */
  write(table, changes, strict = true) {
    return this.#settled(table, "readwrite", strict ? "strict" : "relaxed", (place) => {
      for (const change of changes) apply(place, change);
      // Not left to the browser, which would come back here first: this page may be on its way out.
      place.transaction.commit?.();
    });
  }

  /** Read `keys`, and write what `decide(values)` makes of them before anybody else can. Gives what was written. */
  exchange(table, keys, decide) {
    return this.#settled(table, "readwrite", "strict", (place) => {
      const asked = keys.map((key) => place.get(key));
      let changes = [];
      const last = asked.at(-1);
      last.onsuccess = () => {
        changes = decide(asked.map((each) => each.result));
        for (const change of changes) apply(place, change);
      };
      return () => changes;
    });
  }

  /** Remove everything whose key begins with `prefix`. */
  clear(table, prefix) {
    return this.#settled(table, "readwrite", "relaxed", (place) => {
      place.delete(IDBKeyRange.bound(prefix, [...prefix, []]));
    });
  }

  #settled(table, mode, durability, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(table, mode, { durability });
      let result;
      transaction.oncomplete = () => resolve(result?.());
      transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
      try {
        result = work(transaction.objectStore(table));
      } catch (error) {
        // Nothing of it stands where one part cannot.
        transaction.abort();
        reject(error);
      }
    });
  }
}

function apply(place, { key, value }) {
  if (value === null) place.delete(key);
  else place.put(value, key);
}
