/** The vote line and the names beneath it: « c ind », « a tré », « c 8 », Entrée; or a tap on a name. */

import { byId, button, h, say } from "./dom.js";
import { page, t, tn } from "./page.js";
import { CHOICES, count, dataOf, read, tokensOf } from "./voteline.js";

/** How a choice is written beside a name: by the letter that is typed for it. */
const MARK = { for: page.language === "en" ? "F" : "P", against: "C", abstention: "A", not_voting: "N" };

const NARROW = matchMedia("(width < 800px)");

export class VoteLine {
  #people;
  #does;
  #input = byId("vote-line");
  #chips = byId("vote-chips");
  #hint = byId("vote-hint");
  #names = byId("vote-names");
  #tokens = [];
  /** Whether a vote by the line is begun: with exceptions, or all for. */
  #all = false;
  #item = null;
  #voices = new Map();
  #isSecret = false;
  #place = 0;
  #drawn = "";

  constructor(people, does) {
    this.#people = people;
    this.#does = does;
    // Where there is room the names stand open, as on paper; elsewhere they wait to be asked for.
    byId("vote-names-shown").open = matchMedia("(min-width: 1200px) and (min-height: 780px)").matches;
    this.#input.addEventListener("input", () => {
      this.#place = 0;
      this.#tell();
      does.changed();
    });
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#names.addEventListener("click", (event) => this.#tap(event.target.closest("[data-member]")));
    this.#names.addEventListener("keydown", (event) => this.#walk(event));
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
      const why = this.#why(read(this.#input.value, this.#people)) || t("line-unfinished", { item: this.#input.value.trim() });
      this.#complain(why);
      return why;
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
    this.#chips.replaceChildren(
      ...this.#tokens.map((token, place) => {
        const name = this.#tokenName(token);
        const taken = () => {
          this.#tokens = this.#tokens.filter((_, each) => each !== place);
          this.#after();
          this.#input.focus();
        };
        return h("li", {}, button(name, { iconName: "x", class: `vote-chip ${token.choice}`, "aria-label": t("take-out", { name }), onclick: taken }));
      }),
    );
    say(byId("vote-line-base"), this.#all && !this.#tokens.length ? t("all-for-now", { n: this.#voices.size }) : t("all-for-except"));
    this.#drawNames();
  }

  /** Everybody by group; drawn anew only where somebody came or went, else marked anew. */
  #drawNames() {
    if (!this.known) return;
    const marks = JSON.stringify([...this.#voices, this.#people.members.length]);
    if (marks !== this.#drawn) {
      this.#drawn = marks;
      const groups = [...this.#people.groups, { id: null, name: t("no-group") }];
      this.#names.replaceChildren(...groups.map((group) => this.#group(group)).filter(Boolean));
      this.#names.querySelector("button")?.setAttribute("tabindex", "0");
    }
    const { choices } = this.#tally();
    for (const each of this.#names.querySelectorAll("[data-member]")) {
      const choice = this.active ? choices.get(each.dataset.member) : null;
      each.dataset.choice = choice ?? "";
      say(each.lastElementChild, choice ? MARK[choice] : "");
      each.setAttribute("aria-label", choice ? t("token", { name: each.dataset.name, result: t(`choice-${choice.replace("_", "-")}`) }) : each.dataset.name);
    }
  }

  #group(group) {
    const members = this.#people.members.filter((member) => (member.group ?? null) === group.id);
    if (!members.length) return null;
    const voting = members.filter((member) => this.#voices.has(member.id));
    const away = members.filter((member) => !this.#voices.has(member.id));
    const rows = voting.map((member) => {
      const proxy = this.#voices.get(member.id) !== member.id;
      const name = proxy ? t("by-proxy", { name: member.name }) : member.name;
      return h("button", { type: "button", class: "vote-name", tabindex: "-1", data: { member: member.id, name } }, h("span", {}, name), h("span", { class: "vote-mark" }));
    });
    return h("div", { role: "group", "aria-label": group.name, class: "vote-group" },
      h("p", { class: "vote-group-name" }, h("strong", {}, group.name), h("span", { class: "note" }, tn("voices", voting.length))),
      h("div", { class: "vote-rows" }, ...rows),
      away.length ? h("p", { class: "note" }, t("away", { name: away.map((member) => member.name).join(", ") })) : null);
  }

  /** A tap goes round: for, against, abstention, takes no part. */
  #tap(row) {
    if (!row) return;
    const member = this.#people.member(row.dataset.member);
    const now = this.active ? this.#tally().choices.get(member.id) : "for";
    this.#set(member, CHOICES[(CHOICES.indexOf(now) + 1) % CHOICES.length]);
  }

  #set(member, choice) {
    this.#all = true;
    this.#add({ choice, member });
    const { choices } = count(this.#tokens.filter((token) => token.member?.id !== member.id), this.#voices, this.#people);
    if (choices.get(member.id) === choice) this.#tokens = this.#tokens.filter((token) => token.member?.id !== member.id);
    this.#after();
  }

  #walk(event) {
    const row = event.target.closest("[data-member]");
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const letters = { p: "for", f: "for", c: "against", a: "abstention", n: "not_voting" };
    const rows = [...this.#names.querySelectorAll("[data-member]")];
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key in letters) this.#set(this.#people.member(row.dataset.member), letters[event.key]);
    else if (step) {
      const to = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(row) + step))];
      row.setAttribute("tabindex", "-1");
      to.setAttribute("tabindex", "0");
      to.focus();
    } else return;
    event.preventDefault();
  }
}
