/** Members named in a text: completed as one types, kept by id, so that each network can call on the right account. */

import { byId, h, say } from "./dom.js";
import { fold, match, wordsOf } from "./match.js";
import { semicolon, t, tn } from "./page.js";

/** Letters of a name after which it is completed; after an @ none is needed. */
const FROM = 3;
const MOST = 6;

/** Networks as they write themselves. */
const NETWORKS = { mastodon: "Mastodon", x: "X", bluesky: "Bluesky" };

export class Mentions {
  #people;
  #text;
  #changed;
  #list = byId("mention-list");
  #named = byId("mentions");
  #found = [];
  #chosen = 0;
  #from = 0;
  #ids = [];

  /** `text` is the textarea; `changed()` is called after a name was put into it. */
  constructor(people, text, changed) {
    this.#people = people;
    this.#text = text;
    this.#changed = changed;
    text.addEventListener("input", () => this.#look());
    text.addEventListener("keydown", (event) => this.#key(event));
    text.addEventListener("blur", () => setTimeout(() => this.#shut(), 150));
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** Members mentioned and still in the text, by id. */
  get ids() {
    return this.#ids.filter((id) => this.#text.value.includes(this.#people.member(id)?.name ?? "\0"));
  }

  set ids(ids) {
    this.#ids = ids ?? [];
    this.draw();
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  /** Write a name where the cursor is. */
  insert(member) {
    this.#from = this.#text.selectionStart;
    this.#take(member);
  }

  #look() {
    this.draw();
    const before = this.#text.value.slice(0, this.#text.selectionStart);
    const word = /(^|[\s(«"'’])(@?[\p{L}\p{N}'’-]*)$/u.exec(before)?.[2] ?? "";
    const isAsked = word.startsWith("@");
    const typed = word.replace(/^@/, "");
    this.#from = before.length - word.length;
    this.#found = isAsked || (typed.length >= FROM && typed[0] !== typed[0].toLowerCase()) ? this.#candidates(typed, isAsked) : [];
    this.#chosen = 0;
    this.#show();
  }

  #candidates(typed, isAsked) {
    const words = wordsOf(typed);
    return this.#people.members
      .filter((member) => isAsked || fold(member.name).split(/[\s-]+/).some((part) => part.startsWith(fold(typed))))
      .map((member) => ({ member, score: words.length ? (match(words, member.name)?.score ?? -1) : 0 }))
      .filter(({ score }) => score >= 0)
      .sort((one, other) => other.score - one.score)
      .slice(0, MOST)
      .map(({ member }) => member);
  }

  #show() {
    this.#list.hidden = !this.#found.length;
    this.#list.replaceChildren(
      ...this.#found.map((member, place) =>
        h("li", { role: "option", id: `mention-${place}`, "aria-selected": String(place === this.#chosen), on: { click: () => this.#take(member) } },
          h("strong", {}, member.name), h("span", { class: "note" }, [this.#people.groupName(member.group), this.#accounts(member)].filter(Boolean).join(", ")))),
    );
    if (this.isOpen) this.#text.setAttribute("aria-activedescendant", `mention-${this.#chosen}`);
    else this.#text.removeAttribute("aria-activedescendant");
    say(byId("mention-count"), this.isOpen ? tn("mention-found", this.#found.length) : "");
  }

  #shut() {
    this.#found = [];
    this.#show();
  }

  #key(event) {
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isAsked = this.#text.value[this.#from] === "@";
    if (step) {
      this.#chosen = (this.#chosen + step + this.#found.length) % this.#found.length;
      this.#show();
    } else if ((event.key === "Tab" && !event.shiftKey) || (event.key === "Enter" && isAsked)) this.#take(this.#found[this.#chosen]);
    else if (event.key === "Escape") this.#shut();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #take(member) {
    const end = this.#text.selectionStart;
    const { value } = this.#text;
    // « Mme Tré » already says the title: it is not written twice.
    const title = member.name.split(/[\s\u00a0]/)[0];
    const before = value.slice(0, this.#from);
    const from = /^(M\.|Mme|Mr|Mrs|Ms)$/.test(title) && before.endsWith(`${title} `) ? this.#from - title.length - 1 : this.#from;
    const gap = /^[\s.,;:)»]/.test(value.slice(end)) ? "" : " ";
    this.#text.focus();
    this.#text.setRangeText(`${member.name}${gap}`, from, end, "end");
    if (!this.#ids.includes(member.id)) this.#ids.push(member.id);
    this.#shut();
    this.draw();
    this.#changed();
  }

  #accounts(member) {
    return member.networks.length ? t("mention-accounts", { name: member.networks.map((network) => NETWORKS[network] ?? network).join(", ") }) : "";
  }

  /** Who is mentioned, told beneath the text. */
  draw() {
    const names = this.ids.map((id) => {
      const member = this.#people.member(id);
      return [member.name, this.#accounts(member)].filter(Boolean).join(", ");
    });
    this.#named.hidden = !names.length;
    say(this.#named, names.length ? t("mentioned", { name: names.join(semicolon) }) : "");
  }
}
