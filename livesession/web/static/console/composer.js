/** The composer: a text or a vote, on an item, given to the outbox. What is typed is kept with every keystroke. */

import { textProblem } from "./amend.js";
import { byId, h, icon, say } from "./dom.js";
import { t, tn } from "./page.js";
import { itemName, short } from "./phrases.js";
import { VoteForm } from "./voteform.js";

/** The choice « follow the open item ». */
const FOLLOW = "";
/** The choice « the sitting as a whole ». */
const NO_ITEM = "-";

export class Composer {
  #register;
  #kept;
  #send;
  #form = byId("composer");
  #text = byId("composer-text");
  #item = byId("composer-item");
  #problem = byId("composer-problem");
  #count = byId("composer-count");
  #vote;
  /** Whether a vote came back because there was no quorum for it. */
  #voidWithout = false;
  #seen = null;
  #slot = "draft";

  /** `send(kind, {item, data})` gives a command to the outbox. */
  constructor(register, kept, send) {
    this.#register = register;
    this.#kept = kept;
    this.#send = send;
    this.#vote = new VoteForm(() => this.#keep());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.publish();
    });
    this.#text.addEventListener("input", () => this.#typed());
    this.#item.addEventListener("change", () => this.#keep());
    for (const radio of this.#form.elements.kind) {
      radio.addEventListener("change", () => {
        this.#showKind();
        this.#keep();
      });
    }
    this.#recall();
  }

  get kind() {
    return this.#form.elements.kind.value;
  }

  get isEmpty() {
    return this.kind === "update" ? this.#text.value === "" : this.#vote.isEmpty;
  }

  get hasFocusInEmptyText() {
    return document.activeElement === this.#text && this.#text.value === "";
  }

  /** The items to choose from. */
  drawItems() {
    const chosen = this.#item.value;
    const options = this.#register.items
      .filter((item) => item.kind !== "heading")
      .map((item) => h("option", { value: item.id }, `${item.number ? `${item.number}, ` : ""}${short(item.title, 70)}`));
    this.#item.replaceChildren(h("option", { value: FOLLOW }), h("option", { value: NO_ITEM }, t("the-sitting")), ...options);
    this.#item.value = chosen;
    if (this.#item.selectedIndex === -1) this.#item.value = FOLLOW;
    const draft = this.#kept.read(this.#slot, null);
    if (draft?.item) this.choose(draft.item);
  }

  /** Follow where the sitting is: the open item, the doors, the line. */
  update(seen, offline) {
    // Two drafts, one on each side of the doors: a text begun behind them is never there once they are open.
    const slot = seen.closedPart ? "draft-closed" : "draft";
    if (slot !== this.#slot) {
      this.#slot = slot;
      this.#clear();
      this.#recall();
    }
    this.#seen = seen;
    this.#askQuorum();
    const current = this.#register.item(seen.current);
    const followed = this.#item.options[0];
    if (followed) say(followed, current ? t("on-open-item", { item: itemName(current) }) : t("the-sitting"));
    const ready = seen.status === "open" || seen.status === "suspended";
    byId("composer-fields").hidden = !ready;
    byId("composer-not-open").hidden = seen.status !== "scheduled";
    byId("composer-over").hidden = seen.status !== "closed";
    byId("composer-doors").hidden = !seen.closedPart;
    say(byId("publish-words"), t(offline ? "queue-it" : seen.closedPart ? "write-to-record" : "publish"));
    say(byId("kind-update-words"), t(seen.closedPart ? "restricted-record-title" : "publication"));
    byId("publish").classList.toggle("inside", seen.closedPart);
    this.#draw("publish-icon", offline ? "clock" : seen.closedPart ? "lock" : "send");
    this.#draw("kind-update-icon", seen.closedPart ? "lock" : "send");
  }

  #askQuorum() {
    const { quorum } = this.#register.state;
    this.#vote.askQuorum(this.#voidWithout || (quorum && !quorum.met && !quorum.waived));
  }

  #draw(id, name) {
    const held = byId(id);
    if (held.dataset.shown === name) return;
    held.dataset.shown = name;
    held.replaceChildren(icon(name));
  }

  /** Write on an item, whichever is open. */
  choose(item) {
    this.#item.value = item ?? NO_ITEM;
    if (this.#item.selectedIndex === -1) this.#item.value = FOLLOW;
    this.#keep();
  }

  showKind(kind, { focus = true } = {}) {
    this.#form.elements.kind.value = kind;
    this.#showKind();
    this.#keep();
    if (focus) this.focus();
  }

  focus() {
    if (this.kind === "update") this.#text.focus();
    else this.#vote.focus();
  }

  /** A text that came back, shown with the reason; false where the composer is busy. */
  bringBack(command, lines = [], code = "") {
    if (!this.isEmpty) return false;
    this.#voidWithout = code === "quorum_lost";
    this.#load({ kind: command.kind === "vote.recorded" ? "vote" : "update", item: command.item ?? NO_ITEM, ...command.data });
    this.#keep();
    this.complain(lines.join(" "));
    if (this.#seen) this.#askQuorum();
    return true;
  }

  /** What is in the composer, as a command; null where there is nothing. */
  takeOut() {
    if (this.isEmpty) return null;
    const kind = this.kind === "vote" ? "vote.recorded" : "update.posted";
    const data = this.kind === "vote" ? this.#vote.data : { text: this.#text.value };
    const command = { kind, item: this.#chosenItem(), data };
    this.#voidWithout = false;
    this.#clear();
    this.#kept.write(this.#slot, null);
    return command;
  }

  complain(sentence) {
    say(this.#problem, sentence);
  }

  publish() {
    const vote = this.kind === "vote";
    const problem = vote ? this.#vote.problem(this.#chosenItem(), this.#seen) : textProblem(this.#text.value);
    this.complain(problem);
    if (problem) {
      this.focus();
      return;
    }
    const command = this.takeOut();
    this.#item.value = FOLLOW;
    this.#send(command.kind, { item: command.item, data: command.data });
    if (vote) this.showKind("update");
    else this.#text.focus();
  }

  #chosenItem() {
    if (this.#item.value === FOLLOW) return this.#seen?.current ?? null;
    return this.#item.value === NO_ITEM ? null : this.#item.value;
  }

  #typed() {
    this.complain("");
    this.#keep();
    this.#counted();
  }

  #counted() {
    const length = [...this.#text.value].length;
    say(this.#count, length ? tn("characters", length) : "");
  }

  #showKind() {
    const vote = this.kind === "vote";
    byId("composer-vote").hidden = !vote;
    byId("composer-update").hidden = vote;
    document.body.classList.toggle("voting", vote);
    this.complain("");
  }

  #clear() {
    this.#text.value = "";
    this.#vote.clear();
    this.#counted();
    this.complain("");
  }

  #keep() {
    const draft = { kind: this.kind, item: this.#item.value, text: this.#text.value, vote: this.#vote.typed };
    const nothing = !draft.text && this.#vote.isEmpty;
    this.#kept.write(this.#slot, nothing ? null : draft);
  }

  #recall() {
    const draft = this.#kept.read(this.#slot, null);
    if (draft) this.#load(draft);
    this.#showKind();
  }

  #load(draft) {
    this.#form.elements.kind.value = draft.kind;
    this.#text.value = draft.text ?? "";
    if (draft.vote) this.#vote.typed = draft.vote;
    else if (draft.kind === "vote") this.#vote.data = draft;
    if (draft.item !== undefined) {
      this.#item.value = draft.item;
      if (this.#item.selectedIndex === -1) this.#item.value = FOLLOW;
    }
    this.#showKind();
    this.#counted();
  }
}

