/** The agenda: one stop for the Tab key, arrows inside; an item opens to what can be done with it. */

import { byId, button, h, icon, say } from "./dom.js";
import { whileIdle } from "./idle.js";
import { keyLabel } from "./keys.js";
import { page, t } from "./page.js";
import { itemName, voteBrief } from "./phrases.js";

/** Rows on either side of the open item that are there at once. */
const NEAR = 24;

const STATUS_ICON = { to_come: "circle", current: "play", done: "check", postponed: "corner-down-right", withdrawn: "undo-2" };

export class Agenda {
  #register;
  #actions;
  #list = byId("agenda-list");
  #rows = new Map();
  #expanded = null;
  #current = undefined;
  /** Counts drawings: what is still to be filled in of one before is dropped. */
  #drawing = 0;

  constructor(register, actions) {
    this.#register = register;
    this.#actions = actions;
    this.#list.addEventListener("keydown", (event) => this.#arrows(event));
  }

  /** Every item anew. */
  draw(seen) {
    this.#rows.clear();
    this.#expanded = null;
    this.#current = undefined;
    this.#list.replaceChildren(...this.#register.items.map((item) => this.#row(item)));
    byId("agenda-empty").hidden = this.#register.items.length > 0;
    this.#fillNear(seen.current);
    this.update(seen);
  }

  /** Of a long agenda the rows about the open item come at once, the others while nothing else is to be done. */
  #fillNear(current) {
    const rows = [...this.#rows.values()];
    const place = Math.max(0, rows.findIndex(({ item }) => item.id === current));
    for (const row of rows.slice(Math.max(0, place - NEAR), place + NEAR)) this.#fill(row);
    const drawing = (this.#drawing += 1);
    whileIdle(() => {
      if (drawing !== this.#drawing) return false;
      const row = rows.pop();
      if (row) this.#fill(row, this.seen);
      return rows.length > 0;
    });
  }

  /** Nobody goes through half an agenda with the arrows. */
  #fillAll() {
    for (const row of this.#rows.values()) this.#fill(row, this.seen);
  }

  #row(item) {
    if (item.kind === "heading") {
      return h("li", { class: `agenda-heading depth-${Math.min(item.depth, 3)}` }, item.title);
    }
    const element = h("li", { class: `agenda-item depth-${Math.min(item.depth, 3)}` });
    this.#rows.set(item.id, { item, element, opener: null, shown: "" });
    return element;
  }

  /** What a row holds; marked as the sitting stands where that is known. */
  #fill(row, seen) {
    if (row.opener) return;
    const { item } = row;
    const [mark, status, result] = [h("span", { class: "agenda-mark" }), h("span", { class: "sr" }), h("span", { class: "agenda-result" })];
    const opener = h(
      "button",
      { type: "button", class: "agenda-row", "aria-expanded": "false", tabindex: "-1", on: { click: () => this.#toggle(item.id) } },
      mark,
      h("span", { class: "agenda-number" }, item.number),
      h("span", { class: "agenda-title" }, item.title),
      status,
      result,
    );
    row.element.append(opener);
    Object.assign(row, { opener, mark, status, result });
    if (seen) this.#look(row, seen, this.#register.neighbour(seen.current, 1)?.id);
  }

  /** Marks, results and the current item, where they changed. */
  update(seen) {
    const next = this.#register.neighbour(seen.current, 1);
    let done = 0;
    for (const row of this.#rows.values()) {
      const status = this.#register.itemStatus(row.item.id, seen.current);
      if (status !== "to_come" && status !== "current") done += 1;
      if (row.opener) this.#look(row, seen, next?.id);
    }
    say(byId("agenda-count"), t("count-of", { n: done, total: this.#rows.size }));
    byId("agenda-progress").style.inlineSize = `${this.#rows.size ? (100 * done) / this.#rows.size : 0}%`;
    if (this.#expanded !== null) this.#drawPanel(seen);
    if (seen.current !== this.#current) this.#follow(seen.current);
    this.seen = seen;
  }

  #look(row, seen, next) {
    const status = this.#register.itemStatus(row.item.id, seen.current);
    const vote = this.#register.votes.get(row.item.id);
    const isNext = next === row.item.id && seen.status === "open";
    const shown = `${status} ${vote ? voteBrief(vote) : ""} ${isNext} ${seen.closedPart}`;
    if (shown !== row.shown) this.#mark(row, status, vote, isNext, shown);
  }

  #mark(row, status, vote, isNext, shown) {
    row.shown = shown;
    const { element, opener, item } = row;
    element.classList.toggle("current", status === "current");
    for (const name of ["done", "postponed", "withdrawn"]) element.classList.toggle(name, status === name);
    if (status === "current") opener.setAttribute("aria-current", "true");
    else opener.removeAttribute("aria-current");
    row.mark.replaceChildren(icon(item.public || (status !== "to_come" && status !== "current") ? STATUS_ICON[status] : "lock"));
    row.mark.classList.toggle("locked", !item.public);
    say(row.status, `${t(`item-${status.replace("_", "-")}`)}${item.public ? "" : `, ${t("item-closed-doors")}`}`);
    const words = vote ? voteBrief(vote) : this.#register.putOff.has(item.id) ? t(`item-${status}`) : !item.public ? t("item-closed-doors") : "";
    row.result.replaceChildren(isNext && !words && page.mayPost ? h("kbd", { data: { key: "nextItem" } }, keyLabel("nextItem")) : words);
  }

  /** The item that is called comes into view, unless somebody is reading elsewhere in the agenda. */
  #follow(current) {
    const before = this.#rows.get(this.#current);
    const row = this.#rows.get(current) ?? this.#rows.values().next().value;
    this.#current = current;
    const busy = this.#list.contains(document.activeElement) || this.#list.matches(":hover");
    if (!row) return;
    this.#fill(row, this.seen);
    if (!busy) {
      before?.opener?.setAttribute("tabindex", "-1");
      this.#stop(row);
      row.element.scrollIntoView({ block: "nearest" });
    }
  }

  /** The one row that the Tab key comes to. */
  #stop(row) {
    for (const { opener } of this.#rows.values()) opener?.setAttribute("tabindex", opener === row.opener ? "0" : "-1");
  }

  #arrows(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    const opener = event.target.closest(".agenda-row");
    if (!(event.key in steps) || !opener || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.#fillAll();
    const openers = [...this.#rows.values()].map((row) => row.opener);
    const place = Math.max(0, Math.min(openers.length - 1, openers.indexOf(opener) + steps[event.key]));
    opener.setAttribute("tabindex", "-1");
    openers[place].setAttribute("tabindex", "0");
    openers[place].focus();
  }

  #toggle(id) {
    const [before, row] = [this.#rows.get(this.#expanded), this.#rows.get(id)];
    before?.opener.setAttribute("aria-expanded", "false");
    before?.panel?.remove();
    this.#stop(row);
    if (this.#expanded === id) {
      this.#expanded = null;
      return;
    }
    this.#expanded = id;
    row.opener.setAttribute("aria-expanded", "true");
    row.panel = h("div", { class: "agenda-panel" });
    row.panelShown = "";
    row.element.append(row.panel);
    this.#drawPanel(this.seen);
    row.panel.scrollIntoView({ block: "nearest" });
  }

  #drawPanel(seen) {
    const row = this.#rows.get(this.#expanded);
    const status = this.#register.itemStatus(row.item.id, seen.current);
    const shown = `${status} ${seen.status}`;
    if (row.panelShown === shown) return;
    row.panelShown = shown;
    const { item } = row;
    const name = itemName(item);
    const does = [];
    if (page.mayPost && status !== "current" && seen.status === "open") {
      does.push(button(t("open-item"), { iconName: "play", class: "primary", "aria-label": `${t("open-item")}, ${name}`, onclick: () => this.#actions.open(item) }));
    }
    if (page.mayPost && status === "current") {
      does.push(button(t("close-item"), { iconName: "check", class: "primary", "aria-label": `${t("close-item")}, ${name}`, onclick: () => this.#actions.close(item) }));
    }
    if (page.mayPost) {
      does.push(button(t("write-on-item"), { iconName: "send", class: "quiet", "aria-label": `${t("write-on-item")}, ${name}`, onclick: () => this.#actions.write(item) }));
    }
    if (page.mayPost) {
      does.push(button(t("correct-item"), { iconName: "pencil", class: "quiet", "aria-label": `${t("correct-item")}, ${name}`, onclick: () => this.#actions.correct(item) }));
    }
    row.panel.replaceChildren(
      h("p", { class: "agenda-full" }, item.title),
      item.rapporteur ? h("p", { class: "note" }, t("rapporteur", { name: item.rapporteur })) : "",
      item.public ? "" : h("p", { class: "note closed-note" }, icon("lock"), h("span", {}, t("item-opens-doors-close"))),
      ...(item.documents ?? []).map((paper) =>
        h("p", { class: "note" }, h("a", { href: paper.url, target: "_blank", rel: "noopener noreferrer" }, icon("file-text"), h("span", {}, paper.title))),
      ),
      does.length ? h("div", { class: "agenda-does" }, ...does) : "",
    );
  }
}
