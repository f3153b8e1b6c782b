/** A clerk's own choices, the same at every sitting: how long posts are held, which key does what. No words of theirs. */

export class Choices {
  #prefix;
  /** Where the browser refuses to keep them they last as long as the page. */
  #memory = new Map();

  constructor(prefix) {
    this.#prefix = prefix;
  }

  read(name, otherwise) {
    if (this.#memory.has(name)) return this.#memory.get(name);
    try {
      const text = localStorage.getItem(this.#prefix + name);
      return text === null ? otherwise : JSON.parse(text);
    } catch {
      return otherwise;
    }
  }

  write(name, value) {
    try {
      if (value === null) localStorage.removeItem(this.#prefix + name);
      else localStorage.setItem(this.#prefix + name, JSON.stringify(value));
      this.#memory.delete(name);
    } catch {
      this.#memory.set(name, value);
    }
  }
}
