/** The thread: the newest rows, older ones on demand, what waits at the end. The reading position never moves. */

import { byId, say } from "./dom.js";
import { entryElement, heldElement, queuedElement } from "./entry.js";
import { whileIdle } from "./idle.js";
import { t, tn } from "./page.js";

/** Rows drawn at first: a sitting of two thousand entries opens as fast as a short one. */
const FIRST = 24;
/** Rows drawn where somebody scrolls up to them; and beforehand, while nothing else is to be done, up to `READY`. */
const MORE = 24;
const AHEAD = 3;
const READY = 72;
const AT_END = 48;

export class Thread {
  #register;
  #actions;
  #scroller = byId("thread-scroller");
  #list = byId("thread");
  #queue = byId("queue");
  #older = byId("older");
  #fresh = byId("fresh");
  #first = 0;
  #unread = 0;
  #queueMarks = "";

  constructor(register, actions) {
    this.#register = register;
    this.#actions = actions;
    this.#older.addEventListener("click", () => this.#showOlder());
    this.#fresh.addEventListener("click", () => this.toEnd());
    this.#scroller.addEventListener("scroll", () => this.#atEnd() && this.#seen(), { passive: true });
    const nearTop = new IntersectionObserver(
      (entries) => {
        if (!entries.at(-1).isIntersecting) return;
        this.#showOlder();
        // An observer tells of changes only: whoever is still near, on a tall screen or with the next key, would wait for ever.
        nearTop.unobserve(this.#older);
        nearTop.observe(this.#older);
      },
      { root: this.#scroller, rootMargin: "1600px" },
    );
    nearTop.observe(this.#older);
    // The composer grows, the keyboard of a phone opens: whoever was at the end stays there.
    this.#stick = true;
    new ResizeObserver(() => this.#stick && this.#jump()).observe(this.#scroller);
  }

  #stick;
  #jumping = 0;

  #atEnd() {
    this.#stick = this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight < AT_END;
    return this.#stick;
  }

  /** Once a frame, when all that changed is drawn: asked at each change, the height costs a layout at each. */
  #jump() {
    this.#jumping ||= requestAnimationFrame(() => {
      this.#jumping = 0;
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
    });
  }

  toEnd() {
    this.#stick = true;
    this.#jump();
    this.#seen();
  }

  #seen() {
    this.#unread = 0;
    this.#fresh.hidden = true;
  }

  /** Everything anew: after the first hello, or another history. */
  draw() {
    this.#first = Math.max(0, this.#register.rows.length - FIRST);
    this.#list.replaceChildren(...this.#elements(this.#register.rows.slice(this.#first)));
    this.#older.hidden = this.#first === 0;
    this.toEnd();
    const { rows } = this.#register;
    whileIdle(() => {
      if (rows !== this.#register.rows || this.#first === 0 || rows.length - this.#first >= READY) return false;
      this.#showOlder(AHEAD);
      return true;
    });
  }

  add(rows) {
    const elements = this.#elements(rows);
    if (!elements.length) return;
    const stay = !this.#stick;
    this.#list.append(...elements);
    if (stay) {
      this.#unread += elements.length;
      say(this.#fresh, tn("new-entries", this.#unread));
      this.#fresh.hidden = false;
    } else {
      this.#jump();
    }
  }

  /** Rows whose text, marks or deliveries changed, where they are drawn. */
  change(ids) {
    for (const id of ids) {
      const row = this.#register.rowById.get(id);
      const held = document.getElementById(`entry-${id}`);
      if (!row || !held) continue;
      const fresh = entryElement(row, this.#register, this.#actions);
      const focused = held.contains(document.activeElement) ? document.activeElement.dataset.act : null;
      held.replaceWith(fresh);
      if (focused) fresh.querySelector(`[data-act="${focused}"]`)?.focus({ preventScroll: true });
    }
    if (this.#stick) this.#jump();
  }

  /** What is held and can be taken back, and what waits; drawn anew only where it changed. */
  queue(commands, offline, held = []) {
    const waiting = commands.filter((command) => !this.#arrived(command)).sort((a, b) => Boolean(b.urgent) - Boolean(a.urgent));
    const marks = JSON.stringify([offline, waiting.map((command) => command.key), held.map((item) => item.key)]);
    if (marks === this.#queueMarks) return;
    this.#queueMarks = marks;
    const drawn = waiting.map((command, index) => queuedElement(command, index + 1, waiting.length, this.#register, offline));
    this.#queue.replaceChildren(...drawn, ...held.map((item) => heldElement(item, this.#register, this.#actions.takeBack)));
    this.tick(held);
    if (this.#stick) this.#jump();
  }

  /** Every second: in how many each held post leaves. Not spoken. */
  tick(held) {
    for (const item of held) {
      const words = this.#queue.querySelector(`[data-held="${item.key}"] .leaves`);
      if (words) say(words, t("leaves-in", { n: Math.max(1, Math.ceil((item.until - Date.now()) / 1000)) }));
    }
  }

  /** Whether the stream brought an entry before the answer to its own request did. */
  #arrived(command) {
    return this.#register.rows.slice(-40).some((row) => row.at === command.at && row.kind === command.kind);
  }

  #showOlder(count = MORE) {
    if (this.#first === 0) return;
    const from = Math.max(0, this.#first - count);
    const [height, top] = [this.#scroller.scrollHeight, this.#scroller.scrollTop];
    this.#list.prepend(...this.#elements(this.#register.rows.slice(from, this.#first)));
    this.#first = from;
    this.#older.hidden = from === 0;
    this.#scroller.scrollTop = top + this.#scroller.scrollHeight - height;
  }

  #elements(rows) {
    return rows.map((row) => entryElement(row, this.#register, this.#actions)).filter((element) => element !== null);
  }
}

/** An empty thread says what to do; it goes when the first entry is there. */
export function drawEmpty(register) {
  const empty = byId("thread-empty");
  const any = register.rows.some((row) => row.kind !== "agenda.set" && row.kind !== "assembly.set");
  empty.hidden = any;
}

