/** The vote line and the names beneath it: « c ind », « a tré », « c 8 », Entrée; or a tap on a name. */

import { byId, button, h, say } from "./dom.js";
import { t, tn } from "./page.js";
import { MARK, VoteGrid } from "./votegrid.js";
import { CHOICES, count, dataOf, read, tokensOf } from "./voteline.js";

const NARROW = matchMedia("(width < 800px)");

export class VoteLine {
  #people;
  #does;
  #input = byId("vote-line");
  #chips = byId("vote-chips");
  #hint = byId("vote-hint");
  #grid;
  #tokens = [];
  /** Whether a vote by the line is begun: with exceptions, or all for. */
  #all = false;
  #item = null;
  #voices = new Map();
  #isSecret = false;
  #place = 0;

  constructor(people, does) {
    this.#people = people;
    this.#does = does;
    this.#input.addEventListener("input", () => {
      this.#place = 0;
      this.#tell();
      does.changed();
    });
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#grid = new VoteGrid(people, (member, choice) => this.#set(member, choice));
  }

  /** Whether it is known whose voices there are. */
  get known() {
    return this.#people.counted && this.#voices.size > 0;
  }

  get active() {
    return this.known && (this.#tokens.length > 0 || this.#all);
  }

  get isEmpty() {
    return !this.#tokens.length && !this.#all && !this.#input.value.trim();
  }

  get voices() {
    return this.#voices.size;
  }

  get counts() {
    return this.#tally().counts;
  }

  get typed() {
    return this.isEmpty ? null : { text: this.#input.value, tokens: this.#tokens, all: this.#all };
  }

  set typed(held) {
    this.#input.value = held?.text ?? "";
    this.#tokens = held?.tokens ?? [];
    this.#all = Boolean(held?.all);
    this.#draw();
    this.#tell();
  }

  fromData(data) {
    const tokens = tokensOf(data, this.#people);
    return tokens ? { text: "", tokens, all: true } : null;
  }

  dataFor(ballot, source) {
    return dataOf(this.#tokens, this.#tally(), ballot, source);
  }

  focus() {
    this.#input.focus();
  }

  on(item) {
    this.#item = item;
    this.#voices = this.#people.voices(item);
    byId("vote-by-name").hidden = !this.known;
    this.#draw();
  }

  /** A secret ballot has no names: the line takes numbers alone. */
  secret(isSecret) {
    if (this.#isSecret === isSecret) return;
    this.#isSecret = isSecret;
    if (isSecret) this.#tokens = this.#tokens.filter((token) => "number" in token);
    byId("vote-names-shown").hidden = isSecret;
    this.#draw();
  }

  /** Everybody for. */
  all() {
    this.#all = true;
    this.#tokens = [];
    this.#input.value = "";
    this.#after();
    this.#input.focus();
  }

  /** Why what stands in the line is no vote yet; nothing where it is. */
  problem() {
    if (this.#input.value.trim() && this.known) {
      // Asked at every letter, for the preview: what Entrée would add goes on standing beneath the line.
      return this.#why(read(this.#input.value, this.#people)) || t("line-unfinished", { item: this.#input.value.trim() });
    }
    const short = this.active && CHOICES.find((choice) => this.counts[choice] < 0);
    return short ? t("line-too-many", { n: this.#voices.size }) : "";
  }

  #tally() {
    return count(this.#tokens, this.#voices, this.#people);
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.#enter();
    } else if (event.key === "Backspace" && this.#input.value === "" && (this.#tokens.length || this.#all)) {
      event.preventDefault();
      if (this.#tokens.length) this.#tokens.pop();
      else this.#all = false;
      this.#after();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const answers = read(this.#input.value, this.#people)?.found?.length ?? 0;
      if (!answers) return;
      event.preventDefault();
      this.#place = (this.#place + (event.key === "ArrowDown" ? 1 : -1) + answers) % answers;
      this.#tell();
    }
  }

  #enter() {
    const typed = read(this.#input.value, this.#people);
    if (typed?.unanimous) {
      this.#input.value = "";
      this.#tokens = [];
      this.#all = true;
      this.#after();
      this.#does.publish();
      return;
    }
    const why = this.#why(typed);
    if (why || !typed) {
      if (this.#input.value.trim()) this.#complain(why || t("line-help"));
      return;
    }
    this.#add(typed.found ? { choice: typed.choice, ...this.#pick(typed) } : typed);
    this.#input.value = "";
    this.#after();
  }

  #pick({ found }) {
    const { group, member } = found[Math.min(this.#place, found.length - 1)];
    return group ? { group } : { member };
  }

  /** The latest word on somebody is the one that counts. */
  #add(token) {
    const same = (one) => (token.member && one.member?.id === token.member.id) || (token.group && one.group?.id === token.group.id) || (token.everybody && one.everybody);
    this.#tokens = [...this.#tokens.filter((one) => !same(one)), token];
    this.#place = 0;
  }

  /** Why what was typed cannot be added; nothing where it can, or where it is not finished. */
  #why(typed) {
    if (!typed || typed.unanimous || typed.everybody) return "";
    if ("number" in typed) return typed.number > this.#voices.size ? t("line-too-many", { n: this.#voices.size }) : "";
    if (this.#isSecret) return t("line-secret");
    if (!typed.found.length) return t("line-nobody");
    const { member, group } = this.#pick(typed);
    if (member && !this.#voices.has(member.id)) return t("line-no-voice", { name: member.name, reason: this.#absence(member) });
    if (group && !this.#people.members.some((each) => each.group === group.id && this.#voices.has(each.id))) return t("line-group-away", { name: group.name });
    return "";
  }

  #absence(member) {
    const { recused } = this.#people.room;
    return t(recused[this.#item]?.includes(member.id) ? "presence-recused" : `presence-${member.presence ?? "unknown"}`);
  }

  #complain(sentence) {
    say(this.#hint, sentence);
    this.#hint.classList.toggle("problem", Boolean(sentence));
    this.#input.setAttribute("aria-invalid", String(Boolean(sentence)));
  }

  /** What Entrée would add, as one types. */
  #tell() {
    const typed = read(this.#input.value, this.#people);
    this.#complain("");
    if (!typed) {
      // Where there is room the keys stand beneath the line already.
      say(this.#hint, this.active || !NARROW.matches ? "" : t("line-help"));
      return;
    }
    if (typed.unanimous) return say(this.#hint, t("line-unanimous", { n: this.#voices.size }));
    const why = this.#why(typed);
    if (why) {
      this.#hint.classList.add("problem");
      return say(this.#hint, why);
    }
    const others = typed.found ? typed.found.length - 1 : 0;
    say(this.#hint, `${this.#tokenName(typed.found ? { choice: typed.choice, ...this.#pick(typed) } : typed)}${others ? `, ${tn("line-others", others)}` : ""}`);
  }

  #tokenName(token) {
    const choice = t(`choice-${token.choice.replace("_", "-")}`);
    if (token.everybody) return t("token", { name: t("everybody"), result: choice });
    if ("number" in token) return t("token", { name: tn("voices", token.number), result: choice });
    return t("token", { name: token.member?.name ?? token.group.name, result: choice });
  }

  #after() {
    this.#draw();
    this.#tell();
    this.#does.changed();
  }

  #draw() {
    this.#drawChips();
    say(byId("vote-line-base"), this.#all && !this.#tokens.length ? t("all-for-now", { n: this.#voices.size }) : t("all-for-except"));
    if (this.known) this.#grid.draw(this.#voices, this.active ? this.#tally().choices : null);
  }

  /** Only where they changed: somebody may be on one of them with the keyboard. */
  #drawChips() {
    const marks = JSON.stringify(this.#tokens);
    if (this.#chips.dataset.marks === marks) return;
    this.#chips.dataset.marks = marks;
    this.#chips.replaceChildren(
      ...this.#tokens.map((token, place) => {
        const name = this.#tokenName(token);
        const taken = () => {
          this.#tokens = this.#tokens.filter((_, each) => each !== place);
          this.#after();
          this.#input.focus();
        };
        return h("li", {}, button(this.#tokenBrief(token), { iconName: "x", class: `vote-chip ${token.choice}`, "aria-label": t("take-out", { name }), onclick: taken }));
      }),
    );
    if (!this.#tokens.length) return;
    // However many there are, what was said last is in view, and where one types.
    const row = this.#input.parentElement;
    row.scrollTop = row.scrollHeight;
  }

  /** « C, Mme Aubrelle », « C, Indépendants 8 » */
  #tokenBrief(token) {
    const name = token.everybody ? t("everybody") : "number" in token ? tn("voices", token.number) : (token.member?.name ?? token.group.short ?? token.group.name);
    const own = token.group ? `\u00a0${this.#people.members.filter(({ id, group }) => group === token.group.id && this.#voices.has(id)).length}` : "";
    return `${MARK[token.choice]}, ${name}${own}`;
  }

  #set(member, choice) {
    this.#all = true;
    this.#add({ choice, member });
    const { choices } = count(this.#tokens.filter((token) => token.member?.id !== member.id), this.#voices, this.#people);
    if (choices.get(member.id) === choice) this.#tokens = this.#tokens.filter((token) => token.member?.id !== member.id);
    this.#after();
  }
}
