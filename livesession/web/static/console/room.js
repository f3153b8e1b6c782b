/** The right-hand column: the sitting's own buttons, the outputs, what the public sees, what is pinned. */

import { tell } from "./announcer.js";
import { isToReview, isUnderWay } from "./chip.js";
import { byId, button, h, icon, say } from "./dom.js";
import { dollars } from "./money.js";
import { colon, page, t, tn } from "./page.js";
import { short, voteLine } from "./phrases.js";
import { project } from "./register.js";
import { clockTime } from "./times.js";

const STEPS = {
  scheduled: [["sitting.opened", "open-sitting", "play", "primary"]],
  open: [
    ["sitting.suspended", "suspend", "clock", "quiet"],
    ["sitting.closed", "close-sitting", "check", "quiet"],
  ],
  suspended: [
    ["sitting.resumed", "resume", "play", "primary"],
    ["sitting.closed", "close-sitting", "check", "quiet"],
  ],
  closed: [["sitting.reopened", "reopen-sitting", "undo-2", "quiet"]],
};

export class Room {
  #register;
  #actions;
  #steps = "";
  /** Channels whose budget was told to be reached: once is enough. */
  #told = new Set();

  constructor(register, actions) {
    this.#register = register;
    this.#actions = actions;
  }

  /** `seen` is what the clerk works on; what the public sees is only what the server has said. */
  update(seen, offline) {
    const told = project(this.#register.state, []);
    this.#drawSteps(seen);
    this.#drawOutputs(told, offline);
    this.#drawPublic(told);
    this.#drawPinned();
  }

  /** Errors that readers have reported and nobody has settled. */
  reports(count) {
    const place = byId("reports");
    place.hidden = count === 0;
    place.firstElementChild.textContent = count ? tn("reports", count) : "";
  }

  #drawSteps(seen) {
    const marks = `${seen.status}`;
    if (!page.mayPost || marks === this.#steps) return;
    const held = byId("sitting-steps");
    const focused = held.contains(document.activeElement);
    this.#steps = marks;
    held.replaceChildren(
      ...STEPS[seen.status].map(([kind, words, iconName, tone]) =>
        button(t(words), { iconName, class: tone, "data-kind": kind, onclick: () => this.#actions.step(kind) }),
      ),
    );
    if (focused) held.querySelector("button")?.focus();
  }

  #drawOutputs(seen, offline) {
    const tallies = new Map(this.#register.channels.map((channel) => [channel.id, { channel, waiting: 0, review: 0, withheld: 0, last: null }]));
    for (const held of this.#register.deliveries.values()) {
      for (const delivery of held.values()) this.#tally(tallies.get(delivery.channel), delivery);
    }
    const rows = [this.#pageOutput(seen, offline), ...[...tallies.values()].map((tally) => channelOutput(tally, seen))];
    byId("outputs").replaceChildren(...rows.map(([iconName, tone, name, words]) =>
      h("li", { class: tone }, icon(iconName), h("span", { class: "output-name" }, name), h("span", { class: "output-state" }, words))));
    byId("no-channels").hidden = this.#register.channels.length > 0;
    this.#drawSpending();
  }

  /** What was spent where posts are paid for, beside the head; what its budget means, below, where it is near. */
  #drawSpending() {
    const paid = this.#register.channels.filter(({ id }) => this.#register.spending[id]);
    const spent = paid.map((channel) => spendingOf(channel, this.#register.spending[channel.id], this.#register.deliveries));
    say(byId("spending"), spent.map(({ brief }) => brief).join(", "));
    byId("spending").className = spent.some(({ tone }) => tone === "fail") ? "fail" : spent.some(({ tone }) => tone) ? "wait" : "";
    const lines = spent.flatMap(({ lines }) => lines);
    const held = byId("spending-lines");
    if (held.textContent !== lines.map(({ words }) => words).join("")) {
      held.replaceChildren(...lines.map(({ tone, words }) => h("li", { class: tone }, tone ? icon("triangle-alert") : null, h("span", {}, words))));
    }
    for (const { channel, tone, lines: [first] } of spent) {
      if (tone !== "fail") this.#told.delete(channel.id);
      else if (!this.#told.has(channel.id)) {
        this.#told.add(channel.id);
        tell(first.words);
      }
    }
  }

  #tally(tally, delivery) {
    if (!tally) return;
    if (isToReview(delivery) && delivery.state !== "given up") tally.review += 1;
    if (isUnderWay(delivery)) tally.waiting += 1;
    if (delivery.state === "withheld") tally.withheld += 1;
    if (delivery.state === "sent" && (tally.last === null || delivery.updated_at > tally.last)) tally.last = delivery.updated_at;
  }

  #pageOutput(seen, offline) {
    if (offline) return ["wifi-off", "wait", t("page-and-widget"), t("output-unknown")];
    if (seen.closedPart) return ["lock", "closed", t("page-and-widget"), t("output-closed")];
    return ["check", "ok", t("page-and-widget"), t("output-current")];
  }

  #drawPublic(seen) {
    const held = byId("seen-by-public");
    const item = this.#register.item(seen.current);
    if (seen.closedPart) {
      held.replaceChildren(h("p", { class: "public-head closed" }, icon("lock"), h("span", {}, t("public-closed"))), h("p", {}, t("public-closed-note")));
      return;
    }
    const last = this.#register.lastPublic();
    const state = { scheduled: "public-scheduled", open: "public-live", suspended: "public-suspended", closed: "public-over" }[seen.status];
    const place = item && seen.status === "open" && item.number ? `, ${t("item-number", { item: item.number })}` : "";
    held.replaceChildren(
      h("p", { class: "public-head" }, t(state) + place),
      item && seen.status === "open" ? h("p", { class: "public-item" }, short(item.title, 90)) : "",
      last ? h("p", {}, h("time", { datetime: last.at }, clockTime(last.at)), ` ${this.#brief(last)}`) : h("p", {}, t("public-nothing")),
    );
  }

  #brief(row) {
    if (row.kind === "update.posted") return short(this.#register.textOf(row), 140);
    return voteLine(row.data, row.said);
  }

  #drawPinned() {
    const row = this.#register.rowById.get(this.#register.state.pinned);
    say(byId("pinned-words"), row ? `${t("pinned")}${colon}${short(this.#register.textOf(row) ?? "", 90)}` : t("pinned-nothing"));
  }
}

/** From here on a budget is worth a word: what is left holds a few posts. */
const NEAR = 0.8;

/** What a channel has cost: {brief, lines, tone}, the first line being what matters most. */
function spendingOf(channel, { sitting, month, budget_sitting: inSitting, budget_month: inMonth }, deliveries) {
  const { name } = channel;
  const amount = (id, n, total) => (total === null ? t(id, { name, n: dollars(n) }) : t(`${id}-of`, { name, n: dollars(n), total: dollars(total) }));
  const used = (n, total) => (total === null ? 0 : total === 0 ? 1 : n / total);
  const stopped = [...deliveries.values()].some((held) => {
    const delivery = held.get(channel.id);
    return delivery?.state === "withheld" && delivery.reason === "budget";
  });
  const most = stopped ? 1 : Math.max(used(sitting, inSitting), used(month, inMonth));
  const tone = most >= 1 ? "fail" : most >= NEAR ? "wait" : "";
  const lines = tone ? [{ tone, words: t(tone === "fail" ? "budget-reached" : "budget-near", { name }) }] : [];
  if (month !== sitting || inMonth !== null) lines.push({ tone: "", words: amount("spent-month", month, inMonth) });
  return { channel, tone, lines, brief: amount("spent", sitting, inSitting) };
}

function channelOutput({ channel, waiting, review, withheld, last }, seen) {
  if (review) return ["triangle-alert", "fail", channel.name, tn("output-review", review)];
  if (seen.closedPart) return ["lock", "closed", channel.name, withheld ? tn("output-closed-withheld", withheld) : t("output-closed")];
  if (waiting) return ["clock", "wait", channel.name, tn("output-waiting", waiting)];
  if (withheld) return ["lock", "closed", channel.name, tn("output-withheld", withheld)];
  return ["check", "ok", channel.name, last ? t("output-current-at", { time: clockTime(last) }) : t("output-ready")];
}
