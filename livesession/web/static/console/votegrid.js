/** Everybody who has a voice, by group: one stop for the Tab key, arrows and letters inside; a tap goes round. */

import { byId, h, say } from "./dom.js";
import { page, t, tn } from "./page.js";
import { CHOICES, LETTERS } from "./voteline.js";

/** How a choice is written beside a name: by the letter that is typed for it. */
export const MARK = { for: page.language === "en" ? "F" : "P", against: "C", abstention: "A", not_voting: "N" };

export class VoteGrid {
  #held = byId("vote-names");
  #people;
  #set;
  #drawn = "";

  /** `set(member, choice)` is what a tap or a letter on a name does. */
  constructor(people, set) {
    this.#people = people;
    this.#set = set;
    // Where there is room the names stand open, as on paper; elsewhere they wait to be asked for.
    byId("vote-names-shown").open = matchMedia("(min-width: 1200px) and (min-height: 780px)").matches;
    this.#held.addEventListener("click", (event) => this.#tap(event.target.closest("[data-member]")));
    this.#held.addEventListener("keydown", (event) => this.#walk(event));
  }

  /** Drawn anew only where somebody came or went, else marked anew; `choices` is a Map by member, null before any. */
  draw(voices, choices) {
    const marks = JSON.stringify([...voices, this.#people.members.map((member) => member.id + member.name)]);
    if (marks !== this.#drawn) {
      this.#drawn = marks;
      const groups = [...this.#people.groups, { id: null, name: t("no-group") }];
      this.#held.replaceChildren(...groups.map((group) => this.#group(group, voices)).filter(Boolean));
      this.#held.querySelector("button")?.setAttribute("tabindex", "0");
    }
    for (const each of this.#held.querySelectorAll("[data-member]")) {
      const choice = choices?.get(each.dataset.member) ?? "";
      each.dataset.choice = choice;
      say(each.lastElementChild, choice ? MARK[choice] : "");
      each.setAttribute("aria-label", choice ? t("token", { name: each.dataset.name, result: t(`choice-${choice.replace("_", "-")}`) }) : each.dataset.name);
    }
  }

  #group(group, voices) {
    const members = this.#people.members.filter((member) => (member.group ?? null) === group.id);
    if (!members.length) return null;
    const voting = members.filter((member) => voices.has(member.id));
    const away = members.filter((member) => !voices.has(member.id));
    return h("div", { role: "group", "aria-label": group.name, class: "vote-group" },
      h("p", { class: "vote-group-name" }, h("strong", {}, group.name), h("span", { class: "note" }, tn("voices", voting.length))),
      h("div", { class: "vote-rows" }, ...voting.map((member) => row(member, voices.get(member.id) !== member.id))),
      away.length ? h("p", { class: "note" }, t("away", { name: away.map((member) => member.name).join(", ") })) : null);
  }

  /** For, against, abstention, takes no part, and again. */
  #tap(row) {
    if (!row) return;
    const now = CHOICES.indexOf(row.dataset.choice || "for");
    this.#set(this.#people.member(row.dataset.member), CHOICES[(now + 1) % CHOICES.length]);
  }

  #walk(event) {
    const row = event.target.closest("[data-member]");
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const choice = LETTERS[event.key.toLowerCase()];
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (choice) this.#set(this.#people.member(row.dataset.member), choice);
    else if (step) this.#go(row, step);
    else return;
    event.preventDefault();
  }

  #go(row, step) {
    const rows = [...this.#held.querySelectorAll("[data-member]")];
    const to = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(row) + step))];
    row.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus();
  }
}

function row(member, isProxy) {
  const name = isProxy ? t("by-proxy", { name: member.name }) : member.name;
  return h("button", { type: "button", class: "vote-name", tabindex: "-1", data: { member: member.id, name } }, h("span", {}, name), h("span", { class: "vote-mark" }));
}
