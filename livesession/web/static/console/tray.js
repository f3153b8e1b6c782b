/** Texts that did not go out, each with its reason: taken up again one by one, never sent by themselves. */

import { call, sittingPath } from "./api.js";
import { byId, button, h, icon } from "./dom.js";
import { t, tn } from "./page.js";
import { TEXTS } from "./outbox.js";
import { commandPhrase } from "./phrases.js";
import { clockTime } from "./times.js";

/** How long a thrown away text can be had back. */
const UNDO = 10_000;

export class Tray {
  #register;
  #kept;
  #outbox;
  #takeUp;
  #drafts = [];
  #thrown = null;
  #elsewhere = [];

  /** `takeUp(command, lines)` puts a text back to work; false where it could not. */
  constructor(register, kept, outbox, takeUp) {
    this.#register = register;
    this.#kept = kept;
    this.#drafts = kept.read("refused", []);
    this.#outbox = outbox;
    this.#takeUp = takeUp;
    this.#list = byId("tray");
  }

  #list;

  /** What the server kept because the doors had closed. Without a line it is asked for another time. */
  async fetchDrafts() {
    try {
      this.#drafts = (await call("GET", `${sittingPath}/drafts`)).drafts;
      this.#kept.write("refused", this.#drafts);
    } catch {
      return;
    }
    this.draw();
  }

  /** What waits in this browser besides, as counts: {own, n}. Nothing of another account is shown. */
  tellElsewhere(waiting) {
    this.#elsewhere = waiting;
    this.draw();
  }

  draw() {
    if (!this.#register.agenda) return;
    const kept = [
      ...this.#outbox.returned.map((item) => ({ ...item, drop: () => this.#outbox.forget(item.key), undo: () => this.#outbox.restore(item) })),
      ...this.#drafts.map((draft) => ({
        key: draft.id,
        command: draft.command,
        at: draft.command.at ?? draft.written_at,
        lines: [t("held-by-doors")],
        drop: () => this.#dropDraft(draft),
      })),
    ];
    kept.sort((a, b) => a.at.localeCompare(b.at));
    const focused = this.#list.contains(document.activeElement);
    const cards = [...this.#elsewhereCards(), ...kept.map((item) => this.#card(item)), ...(this.#thrown ? [this.#undoCard()] : [])];
    this.#list.replaceChildren(...cards);
    this.#list.hidden = !cards.length;
    if (focused) this.#list.querySelector("button")?.focus();
  }

  #elsewhereCards() {
    return [true, false].flatMap((own) => {
      const n = this.#elsewhere.filter((each) => each.own === own).reduce((sum, each) => sum + each.n, 0);
      if (!n) return [];
      const close = () => this.tellElsewhere(this.#elsewhere.filter((each) => each.own !== own));
      const words = h("p", { class: "card-why" }, icon("clock"), h("span", {}, tn(own ? "waits-sitting" : "waits-elsewhere", n)));
      return [h("li", { class: "card" }, words, h("div", { class: "card-does" }, button(t("close"), { class: "quiet", onclick: close })))];
    });
  }

  #card(item) {
    const time = clockTime(item.at);
    const isText = TEXTS.has(item.command.kind);
    const why = isText ? t("not-published") : t("refused");
    return h(
      "li",
      { class: "card" },
      h("p", { class: "card-why" }, icon("triangle-alert"), h("span", {}, h("strong", {}, `${why}, ${time}. `), item.lines.join(" "))),
      h("p", { class: "card-text" }, commandPhrase(item.command, this.#register)),
      h(
        "div",
        { class: "card-does" },
        button(t(isText ? "take-up" : "retry"), { iconName: "undo-2", class: "quiet", onclick: () => this.#takeUp(item.command, item.lines) && item.drop() }),
        button(t(isText ? "throw-away" : "close"), { class: "quiet", onclick: () => (isText ? this.#throwAway(item) : item.drop()) }),
      ),
    );
  }

  #throwAway(item) {
    item.drop();
    if (!item.undo) return;
    this.#thrown = item;
    this.draw();
    setTimeout(() => {
      if (this.#thrown === item) {
        this.#thrown = null;
        this.draw();
      }
    }, UNDO);
  }

  #undoCard() {
    const item = this.#thrown;
    const undo = () => {
      this.#thrown = null;
      item.undo();
      this.draw();
    };
    const { drop, undo: _, ...plain } = item;
    item.undo = () => this.#outbox.restore(plain);
    return h("li", { class: "card" }, h("div", { class: "card-does" }, h("span", {}, t("thrown-away")), button(t("undo"), { iconName: "undo-2", class: "quiet", onclick: undo })));
  }

  async #dropDraft(draft) {
    this.#drafts = this.#drafts.filter((each) => each !== draft);
    this.#kept.write("refused", this.#drafts);
    this.draw();
    try {
      await call("DELETE", `${sittingPath}/drafts/${draft.id}`);
    } catch {
      this.fetchDrafts();
    }
  }
}
