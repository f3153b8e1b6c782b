/** What this browser keeps for one account and one sitting, shared by its tabs. */

export class Kept extends EventTarget {
  /** `storage` is a Storage; where it refuses (full, forbidden), things are kept in memory and `safe` says so. */
  constructor(storage, prefix) {
    super();
    this.safe = true;
    this.#storage = storage;
    this.#prefix = prefix;
    window.addEventListener("storage", (event) => {
      if (event.storageArea === storage && event.key?.startsWith(prefix)) {
        this.dispatchEvent(new CustomEvent("change", { detail: event.key.slice(prefix.length) }));
      }
    });
  }

  #storage;
  #prefix;
  #memory = new Map();

  read(name, otherwise) {
    if (this.#memory.has(name)) return structuredClone(this.#memory.get(name));
    try {
      const text = this.#storage.getItem(this.#prefix + name);
      return text === null ? otherwise : JSON.parse(text);
    } catch {
      return otherwise;
    }
  }

  write(name, value) {
    try {
      if (value === null) this.#storage.removeItem(this.#prefix + name);
      else this.#storage.setItem(this.#prefix + name, JSON.stringify(value));
      this.#memory.delete(name);
    } catch {
      this.safe = false;
      this.#memory.set(name, structuredClone(value));
    }
    this.dispatchEvent(new CustomEvent("change", { detail: name }));
  }
}
