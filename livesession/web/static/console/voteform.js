/** The form of a vote by numbers: it adds up, proposes the result, and says where the two disagree. */

import { byId, say } from "./dom.js";
import { voteBar } from "./entry.js";
import { t, tn } from "./page.js";

const NUMBERS = ["for", "against", "abstention"];

export class VoteForm {
  #subject = byId("vote-subject");
  #quorumReason = byId("vote-quorum-reason");
  #numbers = Object.fromEntries(NUMBERS.map((name) => [name, byId(`vote-${name}`)]));
  #results = [...document.querySelectorAll("input[name=result]")];
  #changed;
  /** Whether the clerk chose the result; until then it follows the numbers. */
  #chosen = false;

  constructor(changed) {
    this.#changed = changed;
    this.#subject.addEventListener("input", () => this.#typed());
    this.#quorumReason.addEventListener("input", () => this.#typed());
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
    byId("vote-unanimous").addEventListener("click", () => {
      this.#numbers.against.value = this.#numbers.abstention.value = "0";
      this.#chosen = false;
      this.#typed();
      this.#numbers.for.focus();
    });
  }

  get isEmpty() {
    return !this.#subject.value && !this.#quorumReason.value && NUMBERS.every((name) => this.#numbers[name].value === "");
  }

  focus() {
    (NUMBERS.map((name) => this.#numbers[name]).find((input) => input.value === "") ?? this.#numbers.for).focus();
  }

  /** Exactly what stands in the fields, to be kept. */
  get typed() {
    const numbers = Object.fromEntries(NUMBERS.map((name) => [name, this.#numbers[name].value]));
    return { subject: this.#subject.value, quorum_reason: this.#quorumReason.value, ...numbers, result: this.#result(), chosen: this.#chosen };
  }

  set typed(held) {
    this.#subject.value = held.subject ?? "";
    this.#quorumReason.value = held.quorum_reason ?? "";
    for (const name of NUMBERS) this.#numbers[name].value = held[name] ?? "";
    this.#chosen = Boolean(held.chosen);
    for (const radio of this.#results) radio.checked = radio.value === held.result;
    this.#draw();
  }

  /** The entry's data. */
  get data() {
    const numbers = Object.fromEntries(NUMBERS.map((name) => [name, this.#number(name)]));
    const data = { ...numbers, result: this.#result() };
    if (this.#subject.value.trim()) data.subject = this.#subject.value;
    if (this.#quorumReason.value.trim()) data.quorum_reason = this.#quorumReason.value;
    return data;
  }

  set data(data) {
    const numbers = Object.fromEntries(NUMBERS.map((name) => [name, String(data[name] ?? "")]));
    this.typed = { subject: data.subject, quorum_reason: data.quorum_reason, ...numbers, result: data.result, chosen: true };
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
    const missing = NUMBERS.filter((name) => !/^\d{1,5}$/.test(this.#numbers[name].value.trim()));
    if (missing.length) return t("vote-needs-numbers");
    const { for: voicesFor, against, result } = this.data;
    if (voicesFor + against + this.#number("abstention") === 0) return t("vote-nobody");
    if (!result) return t("vote-needs-result");
    if (voicesFor !== against && voicesFor > against !== (result === "adopted")) {
      return t("vote-contradiction", { for: voicesFor, against });
    }
    return "";
  }

  #number(name) {
    return Number.parseInt(this.#numbers[name].value, 10) || 0;
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
    const [voicesFor, against] = [this.#number("for"), this.#number("against")];
    const result = voicesFor === against ? null : voicesFor > against ? "adopted" : "rejected";
    for (const radio of this.#results) radio.checked = radio.value === result;
  }

  #draw() {
    const [voicesFor, against, abstention] = NUMBERS.map((name) => this.#number(name));
    const total = voicesFor + against + abstention;
    const sum = total ? `${voicesFor} + ${against} + ${abstention} = ${tn("voices", total)}` : "";
    say(byId("vote-sum"), voicesFor === against && total ? `${sum}. ${t("vote-tie")}` : sum);
    const bar = total ? voteBar({ for: voicesFor, against, abstention }) : null;
    byId("vote-preview").replaceChildren(...(bar ? [bar] : []));
  }
}

/** On AZERTY the digits need Shift: a field for numbers takes the key by its place. */
function digitByPlace(event, input, typed) {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (digit === undefined || event.key === digit || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  input.setRangeText(digit, input.selectionStart, input.selectionEnd, "end");
  typed();
}
