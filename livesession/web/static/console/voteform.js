/** The form of a vote: a line « Tous pour, sauf… » where the room is known, numbers always; it adds up, proposes the result. */

import { byId, h, say } from "./dom.js";
import { voteBar } from "./entry.js";
import { numberOf } from "./match.js";
import { t, tn } from "./page.js";
import { VoteLine } from "./votenames.js";

const NUMBERS = ["for", "against", "abstention"];
const MORE = ["not_voting", "blank", "null"];
const ALL = [...NUMBERS, ...MORE];

export class VoteForm {
  #subject = byId("vote-subject");
  #quorumReason = byId("vote-quorum-reason");
  #motion = byId("vote-motion");
  #ballot = byId("vote-ballot");
  #source = byId("vote-source");
  #confirmed = byId("vote-confirmed");
  #numbers = Object.fromEntries(ALL.map((name) => [name, byId(`vote-${name}`)]));
  #results = [...document.querySelectorAll("input[name=result]")];
  #changed;
  #line;
  /** Whether the clerk chose the result; until then it follows the numbers. */
  #chosen = false;

  #motions;

  /**
   * `people` is who sits; `motions(item)` what else there is to vote on; `changed()` is called with every keystroke;
   * `publish()` by « u » and Entrée.
   */
  constructor(people, motions, changed, publish) {
    this.#motions = motions;
    this.#changed = changed;
    this.#line = new VoteLine(people, { changed: () => this.#typed(), publish });
    for (const input of [this.#subject, this.#quorumReason]) input.addEventListener("input", () => this.#typed());
    for (const input of [this.#motion, this.#ballot, this.#source, this.#confirmed]) input.addEventListener("change", () => this.#typed());
    for (const input of Object.values(this.#numbers)) {
      input.addEventListener("input", () => this.#typed());
      input.addEventListener("keydown", (event) => digitByPlace(event, input, () => this.#typed()));
    }
    for (const radio of this.#results) {
      radio.addEventListener("change", () => {
        this.#chosen = true;
        this.#typed();
      });
    }
    byId("vote-unanimous").addEventListener("click", () => this.unanimous());
  }

  /** Nobody against, nobody abstaining: all the voices that are known, else the number remains to be typed. */
  unanimous() {
    this.#chosen = false;
    if (this.#line.known) {
      this.#line.all();
      return;
    }
    this.#numbers.against.value = this.#numbers.abstention.value = "0";
    this.#typed();
    this.#numbers.for.focus();
  }

  get isEmpty() {
    return !this.#subject.value && !this.#quorumReason.value && this.#line.isEmpty && ALL.every((name) => this.#line.active || this.#numbers[name].value === "");
  }

  focus() {
    if (this.#line.known && (this.#line.active || NUMBERS.every((name) => this.#numbers[name].value === ""))) this.#line.focus();
    else (NUMBERS.map((name) => this.#numbers[name]).find((input) => input.value === "") ?? this.#numbers.for).focus();
  }

  /** The item whose voices are counted, and the room as it is now. */
  on(item) {
    this.#line.on(item);
    this.#drawMotions(this.#motions(item));
    this.#draw();
  }

  #drawMotions(motions) {
    const marks = motions.map((motion) => motion.id).join();
    byId("vote-on-motion").hidden = !motions.length;
    if (this.#motion.dataset.marks === marks) return;
    const chosen = this.#motion.value || this.#motion.dataset.wanted;
    this.#motion.dataset.marks = marks;
    this.#motion.replaceChildren(h("option", { value: "" }, t("vote-on-the-item")), ...motions.map(({ id, name }) => h("option", { value: id }, name)));
    this.#chooseMotion(chosen);
  }

  /** A motion that is not there any more is none: the select then says the item itself. */
  #chooseMotion(id) {
    this.#motion.dataset.wanted = id ?? "";
    this.#motion.value = id ?? "";
    if (this.#motion.selectedIndex === -1) this.#motion.value = "";
  }

  /** Exactly what stands in the fields, to be kept. */
  get typed() {
    const numbers = Object.fromEntries(ALL.map((name) => [name, this.#line.active ? "" : this.#numbers[name].value]));
    return {
      subject: this.#subject.value, quorum_reason: this.#quorumReason.value, ...numbers, result: this.#result(), chosen: this.#chosen,
      ballot: this.#ballot.value, source: this.#source.value, confirmed: this.#confirmed.checked, line: this.#line.typed,
      motion: this.#motion.value,
    };
  }

  set typed(held) {
    this.#subject.value = held.subject ?? "";
    this.#quorumReason.value = held.quorum_reason ?? "";
    for (const name of ALL) this.#numbers[name].value = held[name] ?? "";
    this.#chooseMotion(held.motion);
    this.#ballot.value = held.ballot ?? "show_of_hands";
    this.#source.value = held.source ?? "roll_call";
    this.#confirmed.checked = Boolean(held.confirmed);
    this.#chosen = Boolean(held.chosen);
    for (const radio of this.#results) radio.checked = radio.value === held.result;
    this.#line.typed = held.line ?? null;
    this.#draw();
  }

  /** The entry's data. */
  get data() {
    const data = this.#line.active ? this.#byLine() : this.#byNumbers();
    if (this.#motion.value) data.motion = this.#motion.value;
    if (this.#subject.value.trim()) data.subject = this.#subject.value;
    if (this.#quorumReason.value.trim()) data.quorum_reason = this.#quorumReason.value;
    return data;
  }

  /** The vote in numbers, as readers get it: what a preview is made of. */
  get shown() {
    const { for: voicesFor, against, abstention } = this.#counts();
    return { for: voicesFor, against, abstention, result: this.#result(), ...(this.#subject.value.trim() ? { subject: this.#subject.value } : {}) };
  }

  #byLine() {
    const source = { source: this.#source.value, ...(this.#confirmed.checked && !byId("vote-confirm").hidden ? { confirmed: true } : {}) };
    const data = this.#line.dataFor(this.#ballot.value, source);
    const { for: voicesFor, against } = this.#counts();
    // Worked out by the server; only where a tie leaves it to who presides is it said.
    if (voicesFor === against && this.#result()) data.result = this.#result();
    return data;
  }

  #byNumbers() {
    const data = Object.fromEntries(NUMBERS.map((name) => [name, this.#number(name)]));
    for (const name of MORE) if (this.#number(name)) data[name] = this.#number(name);
    if (this.#ballot.value !== "show_of_hands") data.ballot = this.#ballot.value;
    return { ...data, result: this.#result() };
  }

  set data(data) {
    const numbers = Object.fromEntries(ALL.map((name) => [name, String(data[name] ?? "")]));
    const { motion, subject, quorum_reason, ballot, source, confirmed, result } = data;
    this.typed = { motion, subject, quorum_reason, ballot, source, confirmed, ...numbers, result, chosen: "for" in data, line: this.#line.fromData(data) };
    if (this.#line.active) this.#typed();
  }

  /** A vote without quorum is void unless its reason is given: asked for where the quorum is lost, or was refused for it. */
  askQuorum(asked) {
    byId("vote-quorum").hidden = !asked && !this.#quorumReason.value;
  }

  clear() {
    this.typed = {};
  }

  /** Why it cannot be published, with its numbers; nothing where it can. */
  problem(item, seen) {
    if (seen?.status === "suspended") return t("vote-suspended");
    if (item === null) return t("vote-needs-item");
    const unread = this.#line.problem();
    if (unread) return unread;
    const missing = !this.#line.active && NUMBERS.some((name) => numberOf(this.#numbers[name].value) === null);
    if (missing) return t("vote-needs-numbers");
    const { for: voicesFor, against, abstention, blank, null: spoilt } = this.#counts();
    if (voicesFor + against + abstention + (blank ?? 0) + (spoilt ?? 0) === 0) return t("vote-nobody");
    const result = this.#result();
    if (!result) return t("vote-needs-result");
    if (voicesFor !== against && voicesFor > against !== (result === "adopted")) return t("vote-contradiction", { for: voicesFor, against });
    const { noted, voices } = this.#sum();
    return voices !== null && noted !== voices ? t("noted-of", { n: noted, total: voices }) : "";
  }

  /** Whether what is wrong stands beneath the line already. */
  isToldInLine(sentence) {
    return Boolean(sentence) && byId("vote-hint").textContent === sentence;
  }

  #number(name) {
    return numberOf(this.#numbers[name].value) ?? 0;
  }

  #counts() {
    return this.#line.active ? this.#line.counts : Object.fromEntries(ALL.map((name) => [name, this.#number(name)]));
  }

  /** Voices noted, and how many there are; null where nobody knows. */
  #sum() {
    const noted = Object.values(this.#counts()).reduce((sum, number) => sum + number, 0);
    return { noted, voices: this.#line.known ? this.#line.voices : null };
  }

  #result() {
    return this.#results.find((radio) => radio.checked)?.value ?? null;
  }

  #typed() {
    if (!this.#chosen) this.#propose();
    this.#draw();
    this.#changed();
  }

  #propose() {
    const { for: voicesFor, against } = this.#counts();
    const result = voicesFor === against ? null : voicesFor > against ? "adopted" : "rejected";
    for (const radio of this.#results) radio.checked = radio.value === result;
  }

  #draw() {
    const counts = this.#counts();
    for (const name of ALL) {
      this.#numbers[name].readOnly = this.#line.active;
      if (this.#line.active) this.#numbers[name].value = String(counts[name] ?? 0);
    }
    const ballot = this.#ballot.value;
    byId("vote-more").hidden = ballot !== "secret" && !counts.blank && !counts.null;
    byId("vote-by").hidden = ballot !== "public";
    byId("vote-confirm").hidden = ballot !== "public" || !["group_declaration", "secretary"].includes(this.#source.value);
    this.#line.secret(ballot === "secret");
    this.#drawSum(counts);
  }

  #drawSum(counts) {
    const { for: voicesFor, against, abstention } = counts;
    const { noted, voices } = this.#sum();
    const parts = Object.values(counts).filter((number, place) => place < 3 || number);
    const sum = noted ? `${parts.join(" + ")} = ${tn("voices", noted)}` : "";
    const rest = noted && voices !== null ? (noted === voices ? t("sum-right") : t("noted-of", { n: noted, total: voices })) : "";
    say(byId("vote-sum"), [rest ? `${sum}, ${rest}` : sum, voicesFor === against && noted ? t("vote-tie") : ""].filter(Boolean).join(". "));
    byId("vote-sum").classList.toggle("wrong", Boolean(rest) && noted !== voices);
    const bar = noted && voicesFor >= 0 ? voteBar({ for: voicesFor, against, abstention }) : null;
    byId("vote-preview").replaceChildren(...(bar ? [bar] : []));
  }
}

/** On AZERTY the digits need Shift: a field for numbers takes the key by its place. */
function digitByPlace(event, input, typed) {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (digit === undefined || event.key === digit || event.ctrlKey || event.altKey || event.metaKey || input.readOnly) return;
  event.preventDefault();
  input.setRangeText(digit, input.selectionStart, input.selectionEnd, "end");
  typed();
}
