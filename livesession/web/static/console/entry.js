/** One entry as the clerk reads it. */

import { deliveryChip } from "./chip.js";
import { h, icon } from "./dom.js";
import { page, t, tn } from "./page.js";
import { commandPhrase, difference, eventPhrase, isUnanimous, itemName, saidOf, voteNumbers, voteResult } from "./phrases.js";
import { clockTime } from "./times.js";

/** Kinds that go out to networks when they are public; of the others no delivery is shown unless there is one. */
const TEXTS = new Set(["update.posted", "vote.recorded"]);

/** An element for a row of the register, or null for a kind this console does not show. */
export function entryElement(row, register, actions) {
  const body = BODIES[row.kind]?.(row, register) ?? eventBody(row, register);
  if (!body) return null;
  const { className, nodes } = body;
  const inside = row.closed || row.inClosedPart;
  const element = h(
    "li",
    { class: `entry ${className}${inside ? " inside" : ""}`, id: `entry-${row.id}`, data: { id: row.id } },
    h("time", { datetime: row.at }, clockTime(row.at)),
    h("div", { class: "entry-body" }, ...nodes),
    h("div", { class: "entry-side" }, ...side(row, register, actions)),
  );
  return element;
}

function side(row, register, actions) {
  const deliveries = register.deliveriesOf(row.id);
  const nodes = [];
  if (register.state?.pinned === row.id) nodes.push(h("span", { class: "chip" }, icon("pin"), h("span", {}, t("pinned"))));
  if (TEXTS.has(row.kind) || row.closed || deliveries.length) nodes.push(deliveryChip(row, deliveries, actions.review));
  if (page.mayPost && row.kind === "update.posted" && !row.erased) {
    const label = t("act-on", { time: clockTime(row.at) });
    nodes.push(
      h(
        "button",
        { type: "button", class: "act", "aria-label": label, title: label, "aria-haspopup": "dialog", data: { act: "act" }, on: { click: () => actions.act(row) } },
        icon("pencil"),
      ),
    );
  }
  return nodes;
}

const BODIES = {
  "update.posted": updateBody,
  "vote.recorded": voteBody,
  "closed_part.begun": doorsBody,
  "closed_part.ended": doorsBody,
};

function eventBody(row, register) {
  const phrase = eventPhrase(row, register);
  return phrase === null ? null : { className: "event", nodes: [h("p", {}, phrase)] };
}

function doorsBody(row, register) {
  const closes = row.kind === "closed_part.begun";
  const nodes = [h("p", {}, icon(closes ? "lock" : "eye"), h("span", {}, eventPhrase(row, register)))];
  return { className: closes ? "doors" : "doors opened", nodes };
}

function elsewhere(row, register) {
  if (row.item === row.debated) return null;
  return h("p", { class: "entry-item" }, itemName(register.item(row.item)));
}

function updateBody(row, register) {
  const nodes = [elsewhere(row, register)];
  if (row.said && row.data) nodes.push(h("p", { class: "entry-item" }, saidOf(row)));
  const text = register.textOf(row);
  if (row.erased) {
    nodes.push(h("p", { class: "gone" }, row.erased.at ? t("erased-at", { time: clockTime(row.erased.at) }) : t("erased")));
    if (row.erased.reason) nodes.push(h("p", { class: "note" }, row.erased.reason));
    return { className: "update erased", nodes };
  }
  if (row.retracted) {
    nodes.push(h("p", { class: "entry-text" }, h("s", {}, text)));
    nodes.push(amendment(t("retracted-at", { time: clockTime(row.retracted.at) }), row.retracted.reason));
    return { className: "update retracted", nodes };
  }
  nodes.push(h("p", { class: "entry-text" }, text));
  const correction = row.corrections.at(-1);
  if (correction) nodes.push(correctionLine(row, correction));
  return { className: "update", nodes };
}

function correctionLine(row, correction) {
  const before = row.corrections.at(-2)?.text ?? row.data.text;
  const time = clockTime(correction.at);
  const changed = difference(before, correction.text);
  const line = changed
    ? h("p", { class: "amended" }, `${t("corrected-at", { time })}\u00a0: `, h("s", {}, changed.was), ` ${t("becomes")} `, h("span", {}, changed.is))
    : h("p", { class: "amended" }, `${t("corrected-at", { time })}. ${t("it-read")}\u00a0: `, h("s", {}, before));
  if (correction.reason) line.append(` ${correction.reason}`);
  return line;
}

function amendment(words, reason) {
  return h("p", { class: "amended" }, reason ? `${words}. ${reason}` : words);
}

function voteBody(row, register) {
  const vote = row.data;
  // An appointment has no votes for and against: the server's own words tell it.
  if (row.said) return eventBody(row, register);
  if (!vote) return { className: "vote erased", nodes: [h("p", { class: "gone" }, t("erased"))] };
  const subject = vote.subject || t("vote-on", { item: itemName(register.item(row.item)) });
  const unanimous = isUnanimous(vote);
  const outcome = unanimous
    ? h("p", { class: "outcome" }, h("strong", {}, t("adopted-unanimously")), `, ${tn("voices", vote.for)}`)
    : h("p", { class: "outcome" }, h("strong", {}, voteResult(vote)), `\u00a0: ${voteNumbers(vote)}`);
  return { className: "vote", nodes: [h("p", { class: "subject" }, subject), outcome, unanimous ? null : voteBar(vote)] };
}

/** The shares of a vote, drawn; its numbers stand beside it in words. */
export function voteBar(vote) {
  const total = vote.for + vote.against + vote.abstention;
  if (!total) return null;
  const bar = h("div", { class: "vote-bar", "aria-hidden": "true" });
  for (const [name, voices] of [["for", vote.for], ["against", vote.against], ["abstention", vote.abstention]]) {
    if (!voices) continue;
    const part = h("span", { class: name });
    part.style.flexGrow = String(voices);
    bar.append(part);
  }
  return bar;
}

/** A command that is not acknowledged yet; `place` is 1 for the next to leave. */
export function queuedElement(command, place, total, register, offline) {
  const words = offline || total > 1 ? t("queued", { n: place, total }) : t("sending");
  const isText = command.kind === "update.posted" || command.kind === "update.corrected";
  return h(
    "li",
    { class: `entry queued ${isText ? "update" : "event"}${command.restricted ? " inside" : ""}`, data: { key: command.key } },
    h("time", { datetime: command.at }, clockTime(command.at)),
    h("div", { class: "entry-body" }, h("p", { class: isText ? "entry-text" : "" }, commandPhrase(command, register))),
    h("div", { class: "entry-side" }, h("span", { class: "chip wait" }, icon("clock"), h("span", {}, words))),
  );
}
