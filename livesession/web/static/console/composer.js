/** The composer: a text or a vote, on an item, given to the outbox. What is typed is kept with every keystroke. */

import { textProblem } from "./amend.js";
import { byId, h, icon, say } from "./dom.js";
import { Drafts, itemOf, slotOf } from "./drafts.js";
import { ItemChoice } from "./itemchoice.js";
import { Mentions } from "./mentions.js";
import { openMotions } from "./motions.js";
import { t, tn } from "./page.js";
import { Pictures } from "./pictures.js";
import { Preview } from "./preview.js";
import { VoteForm } from "./voteform.js";

/** For so long after a keystroke another tab does not change what stands here: one person writes in one place. */
const OWN_TYPING = 1_500;

export class Composer {
  #register;
  #drafts;
  #send;
  #form = byId("composer");
  #text = byId("composer-text");
  #choice;
  #problem = byId("composer-problem");
  #count = byId("composer-count");
  #quoted = byId("composer-quote");
  #pin = byId("composer-pin");
  #people;
  #vote;
  #mentions;
  #pictures;
  #preview = new Preview();
  #offline = false;
  /** Whether a vote came back because there was no quorum for it. */
  #voidWithout = false;
  #seen = null;
  /** Where what stands here is kept; null until the sitting is known. */
  #slot = null;
  /** On which side of the doors this is, and what was begun on each when it was left. */
  #side = null;
  /** By the page's own clock: the machine's may be set meanwhile. */
  #typedAt = -Infinity;
  #left = {};
  /** {key, slot, vote} of the command whose words stand here still, because the browser refuses to keep them. */
  #sending = null;

  /**
   * `send(kind, {item, data, pin, also})` keeps a command, with the changes `also`, and resolves with {outcome, key};
   * `people` is who sits.
   */
  constructor(register, people, kept, send) {
    this.#register = register;
    this.#people = people;
    this.#drafts = new Drafts(kept);
    this.#choice = new ItemChoice(register, this.#drafts, () => {
      this.#chosen();
      this.#vote.on(this.#choice.item);
      this.#typed();
    });
    kept.addEventListener("change", ({ detail }) => detail === "drafts" && this.#choice.mark());
    kept.addEventListener("told", ({ detail }) => this.#followTab(detail));
    this.#send = send;
    this.#vote = new VoteForm(people, (item) => openMotions(register, item), () => this.#typed(), () => this.publish());
    this.#mentions = new Mentions(people, this.#text, () => this.#typed());
    this.#pictures = new Pictures(() => this.#typed());
    this.#quoted.addEventListener("change", () => this.#typed());
    this.#pin.addEventListener("click", () => this.#pin.setAttribute("aria-pressed", String(this.#pin.getAttribute("aria-pressed") !== "true")));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.publish();
    });
    this.#text.addEventListener("input", () => this.#typed());
    for (const radio of this.#form.elements.kind) {
      radio.addEventListener("change", () => {
        this.#showKind();
        this.#keep();
      });
    }
    this.#showKind();
  }

  get kind() {
    return this.#form.elements.kind.value;
  }

  get isEmpty() {
    return this.kind === "vote" ? this.#vote.isEmpty : this.#hasNoText;
  }

  get #hasNoText() {
    return this.#text.value === "" && this.#pictures.isEmpty;
  }

  /** In neither form anything. */
  get #isBlank() {
    return this.#hasNoText && this.#vote.isEmpty;
  }

  get hasFocusInEmptyText() {
    return document.activeElement === this.#text && this.#text.value === "";
  }

  /** The agenda is known, or another. */
  drawItems() {
    this.#choice.draw();
  }

  /** Follow where the sitting is: the open item, the doors, the line. */
  update(seen, offline) {
    this.#follow(seen);
    this.#offline = offline;
    this.#askQuorum();
    this.#vote.on(this.#choice.item);
    this.#drawQuoted();
    this.#mentions.draw();
    this.#look();
    const ready = seen.status === "open" || seen.status === "suspended";
    byId("composer-fields").hidden = !ready;
    byId("composer-not-open").hidden = seen.status !== "scheduled";
    byId("composer-over").hidden = seen.status !== "closed";
    byId("composer-doors").hidden = !seen.closedPart;
    this.#pin.hidden = this.kind === "vote" || seen.closedPart;
    say(byId("publish-words"), t(offline ? "queue-it" : seen.closedPart ? "write-to-record" : "publish"));
    say(byId("kind-update-words"), t(seen.closedPart ? "restricted-record-title" : "publication"));
    byId("publish").classList.toggle("inside", seen.closedPart);
    this.#draw("publish-icon", offline ? "clock" : seen.closedPart ? "lock" : "send");
    this.#draw("kind-update-icon", seen.closedPart ? "lock" : "send");
  }

  /**
   * The open item or the doors are others. A begun text stays on the item it was begun on; one begun behind the doors
   * is never there once they are open, nor the other way round.
   */
  #follow(seen) {
    const side = String(Boolean(seen.closedPart));
    const turned = this.#side !== side;
    if (turned && this.#slot) this.#left[this.#side] = this.isEmpty ? null : this.#slot;
    this.#seen = seen;
    this.#choice.update(seen);
    this.#side = side;
    const stays = turned ? (this.#slot ? this.#left[side] : this.#drafts.left) : this.isEmpty ? null : this.#slot;
    if (stays && (turned || this.#choice.follows)) this.#choice.choose(itemOf(stays));
    // An item that is no longer on the agenda: its text is not put away where nobody finds it.
    if (!turned && stays && this.#chosenSlot() !== stays) this.#carry(this.#chosenSlot());
    else this.#goTo(this.#chosenSlot());
  }

  #chosenSlot() {
    return slotOf(this.#choice.item, this.#seen?.closedPart);
  }

  /** Write in another place: what was begun here stays here. */
  #goTo(slot) {
    if (slot === this.#slot) return;
    this.#slot = slot;
    this.#lock(this.#sending?.slot === slot);
    this.#clear();
    const draft = this.#drafts.of(slot);
    if (draft) this.#load(draft);
    this.#showKind();
  }

  /** The same text is written on in another tab: this one shows it too, so that neither writes over the other. */
  #followTab(changes) {
    const concerned = changes.some(({ family, id }) => family === "drafts" && id === this.#slot);
    if (!concerned || this.#sending || performance.now() - this.#typedAt < OWN_TYPING) return;
    const draft = this.#drafts.of(this.#slot);
    this.#clear();
    if (draft) this.#load(draft);
  }

  /** By the list of items: what is begun goes along, unless there is a text on that item already. */
  #chosen() {
    const slot = this.#chosenSlot();
    if (this.isEmpty || this.#drafts.of(slot)) this.#goTo(slot);
    else this.#carry(slot);
  }

  #carry(slot) {
    if (slot === this.#slot) return;
    const before = this.#slot;
    this.#slot = slot;
    this.#drafts.keep(slot, this.#draft(), this.#drafts.change(before, null));
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
    this.#choice.choose(item);
    this.#goTo(this.#chosenSlot());
  }

  showKind(kind, { focus = true } = {}) {
    this.#form.elements.kind.value = kind;
    this.#showKind();
    this.#keep();
    if (focus) this.focus();
  }

  focus() {
    if (this.kind === "vote") this.#vote.focus();
    else this.#text.focus();
  }

  /** F9 a second time, where one person does everything: nobody was against. */
  unanimous() {
    this.showKind("vote");
    this.#vote.unanimous();
  }

  /** Put words into the text where the cursor stands. */
  insert(text) {
    if (this.kind === "vote") this.showKind("update");
    const { selectionStart: at, value } = this.#text;
    this.#text.setRangeText(value && at === value.length && !/\s$/.test(value) ? ` ${text}` : text, at, this.#text.selectionEnd, "end");
    this.#text.focus();
    this.#typed();
  }

  mention(member) {
    if (this.kind === "vote") this.showKind("update");
    this.#mentions.insert(member);
  }

  /** The words of a member: the text begins with whose they are. */
  quote(member) {
    this.showKind("quote");
    this.#quoted.value = member.id;
    this.#typed();
  }

  /** Who can be quoted; whoever speaks is proposed. */
  #drawQuoted() {
    const { members } = this.#people;
    byId("kind-quote").hidden = !members.length;
    const marks = members.map((member) => member.id + member.name).join();
    if (this.#quoted.dataset.marks !== marks) {
      const chosen = this.#quoted.value || (this.#slot && this.#drafts.of(this.#slot)?.quote);
      this.#quoted.dataset.marks = marks;
      this.#quoted.replaceChildren(...members.map((member) => h("option", { value: member.id }, [member.name, this.#people.groupName(member.group)].filter(Boolean).join(", "))));
      if (chosen) this.#quoted.value = chosen;
    }
    const speaker = this.#register.state.speaker?.id;
    if (speaker && this.kind !== "quote" && !this.#text.value) this.#quoted.value = speaker;
  }

  /** How it will read elsewhere; behind closed doors and without a line nothing is asked. */
  #look() {
    const ready = this.#seen && !this.#seen.closedPart && !this.#offline && this.#seen.status !== "closed";
    const sends = this.#register.channels.length > 0;
    if (!ready || this.isEmpty) return this.#preview.of(null, sends);
    const vote = this.kind === "vote";
    const item = this.#choice.item;
    if (vote && this.#vote.problem(item, this.#seen)) return this.#preview.of(null, sends);
    const data = vote ? this.#vote.shown : this.#updateData();
    return this.#preview.of({ kind: vote ? "vote.recorded" : "update.posted", item, data }, sends);
  }

  #updateData() {
    const data = { text: this.#text.value };
    if (this.kind === "quote" && this.#quoted.value) data.quote = this.#quoted.value;
    const { ids } = this.#mentions;
    if (ids.length) data.mentions = ids;
    if (!this.#pictures.isEmpty) data.media = this.#pictures.data;
    return data;
  }

  /** A text that came back, shown with the reason; false where the composer, or that item, is busy. */
  bringBack(command, lines = [], code = "") {
    const slot = slotOf(command.item ?? null, this.#seen?.closedPart);
    if (!this.#isBlank || (slot !== this.#slot && this.#drafts.of(slot))) return false;
    this.choose(command.item ?? null);
    this.#voidWithout = code === "quorum_lost";
    const kind = command.kind === "vote.recorded" ? "vote" : command.data.quote ? "quote" : "update";
    this.#load({ kind, ...command.data });
    this.#keep();
    this.complain(lines.join(" "));
    if (this.#seen) this.#askQuorum();
    return true;
  }

  /**
   * What is in the composer, a vote or a text: the command, and the changes by which its draft ends, to be kept with it.
   * Null where there is none; what is begun in the other form stays.
   */
  takeOut(vote = this.kind === "vote") {
    if (vote ? this.#vote.isEmpty : this.#hasNoText) return null;
    const command = { kind: vote ? "vote.recorded" : "update.posted", item: this.#choice.item, data: vote ? this.#vote.data : this.#updateData() };
    this.#voidWithout = false;
    if (vote) this.#vote.clear();
    else this.#clearText();
    return { command, also: this.#drafts.change(this.#slot, this.#isBlank ? null : this.#draft()) };
  }

  complain(sentence) {
    say(this.#problem, sentence);
  }

  async publish() {
    if (this.#sending && this.#sending.slot === this.#slot) return;
    const vote = this.kind === "vote";
    const problem = vote ? this.#vote.problem(this.#choice.item, this.#seen) : textProblem(this.#text.value);
    if (!problem && !vote && !this.#pictures.check()) return;
    // What is wrong in the vote line is told beneath it.
    this.complain(vote && this.#vote.isToldInLine(problem) ? "" : problem);
    if (problem) {
      this.focus();
      return;
    }
    const pin = !vote && this.#pin.getAttribute("aria-pressed") === "true";
    const draft = this.#draft();
    const slot = this.#slot;
    const { command, also } = this.takeOut();
    this.#pin.setAttribute("aria-pressed", "false");
    const sent = this.#send(command.kind, { item: command.item, data: command.data, pin, also });
    this.#choice.follow();
    this.#goTo(this.#chosenSlot());
    if (this.kind !== "update" && this.isEmpty) this.showKind("update");
    else this.focus();
    const { outcome, key } = await sent;
    if (outcome !== "kept") this.#putBack(draft, slot, key, outcome);
  }

  /** The browser refused to keep it: the words stay here, locked while they are on their way all the same. */
  #putBack(draft, slot, key, outcome) {
    const typed = this.#slot === slot ? this.#text.value : "";
    this.choose(itemOf(slot));
    this.#load(draft.kind === "vote" || !typed ? draft : { ...draft, text: `${draft.text}\n${typed}` });
    this.#keep();
    if (outcome === "memory" && !typed) {
      this.#sending = { key, slot, vote: draft.kind === "vote" };
      this.#lock(true);
      this.complain(t("not-kept-sending"));
    } else {
      this.complain(t("not-kept"));
    }
  }

  /** What became of the command whose words stood here: taken where there is no reason why not. False where it is another's. */
  settled(key, lines = []) {
    if (this.#sending?.key !== key) return false;
    const { slot, vote } = this.#sending;
    this.#sending = null;
    if (slot !== this.#slot) {
      if (!lines.length) this.#drafts.keep(slot, null);
      return true;
    }
    this.#lock(false);
    if (!lines.length) {
      this.takeOut(vote);
      this.#keep();
    }
    this.complain(lines.join(" "));
    return true;
  }

  #lock(locked) {
    this.#text.readOnly = locked;
    this.#choice.lock(locked);
  }

  #typed() {
    this.#typedAt = performance.now();
    this.complain("");
    this.#keep();
    this.#counted();
    this.#look();
  }

  #counted() {
    const length = this.kind === "vote" ? 0 : [...this.#text.value].length;
    say(this.#count, length ? tn("characters", length) : "");
  }

  #showKind() {
    const vote = this.kind === "vote";
    byId("composer-vote").hidden = !vote;
    byId("composer-update").hidden = vote;
    byId("composer-quoted").hidden = this.kind !== "quote";
    byId("picture").hidden = vote;
    this.#pin.hidden = vote || Boolean(this.#seen?.closedPart);
    document.body.classList.toggle("voting", vote);
    this.#counted();
    this.complain("");
  }

  #clearText() {
    this.#text.value = "";
    this.#mentions.ids = [];
    this.#pictures.data = [];
    this.#counted();
  }

  #clear() {
    this.#vote.clear();
    this.#clearText();
    this.complain("");
  }

  #draft() {
    return { kind: this.kind, text: this.#text.value, vote: this.#vote.typed, quote: this.#quoted.value, mentions: this.#mentions.ids, media: this.#pictures.data };
  }

  #keep() {
    if (this.#slot === null) return;
    if (this.#isBlank && !this.#drafts.of(this.#slot)) return;
    this.#drafts.keep(this.#slot, this.#isBlank ? null : this.#draft());
  }

  #load(draft) {
    this.#form.elements.kind.value = draft.kind;
    this.#text.value = draft.text ?? "";
    this.#mentions.ids = draft.mentions;
    this.#pictures.data = draft.media;
    if (draft.quote) this.#quoted.value = draft.quote;
    if (draft.vote) this.#vote.typed = draft.vote;
    else if (draft.kind === "vote") this.#vote.data = draft;
    this.#showKind();
    this.#counted();
  }
}
