/** One entry as the clerk reads it. */

import { deliveryChip } from "./chip.js";
import { button, h, icon } from "./dom.js";
import { keyLabel } from "./keys.js";
import { colon, page, t, tn } from "./page.js";
import { commandPhrase, difference, eventPhrase, isUnanimous, itemName, peopleOf, personName, saidOf, voteLine, voteNotes, voteNumbers, voteResult } from "./phrases.js";
import { clockTime } from "./times.js";

/** Kinds that go out to networks when they are public; of the others no delivery is shown unless there is one. */
const TEXTS = new Set(["update.posted", "vote.recorded"]);

/** Kinds with which something can be done afterwards. */
const AMENDABLE = new Set([
  "update.posted", "motion.tabled", "vote.recorded", "speech.begun", "document.attached",
  "member.arrived", "member.left", "member.excused", "member.recused",
]);

const CHOICES = ["for", "against", "abstention", "not_voting", "blank"];

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
  if (page.mayPost && AMENDABLE.has(row.kind) && !row.erased) {
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
  "motion.tabled": motionBody,
  "closed_part.begun": doorsBody,
  "closed_part.ended": doorsBody,
};

function eventBody(row, register) {
  if (row.erased) return { className: "event erased", nodes: gone(row) };
  const phrase = eventPhrase(row, register);
  if (phrase === null) return null;
  const people = peopleOf(row);
  const nodes = [row.item ? elsewhere(row, register) : null, h("p", {}, row.retracted ? h("s", {}, phrase) : phrase)];
  if (people.length) nodes.push(unfolded(t("all-names"), h("p", {}, people.join(", "))));
  if (row.retracted) nodes.push(retraction(row));
  return { className: row.retracted ? "event retracted" : "event", nodes };
}

function unfolded(words, ...nodes) {
  return h("details", { class: "entry-more" }, h("summary", {}, words), ...nodes);
}

function gone(row) {
  const when = h("p", { class: "gone" }, row.erased.at ? t("erased-at", { time: clockTime(row.erased.at) }) : t("erased"));
  return row.erased.reason ? [when, h("p", { class: "note" }, row.erased.reason)] : [when];
}

function retraction(row) {
  return amendment(t("retracted-at", { time: clockTime(row.retracted.at) }), row.retracted.reason);
}

/** What was tabled, by whom; its text may have been corrected. */
function motionBody(row, register) {
  if (row.erased || !row.said) return eventBody(row, register);
  const [text, { title }] = [register.textOf(row), row.data];
  const nodes = [elsewhere(row, register), h("p", {}, saidOf(row))];
  if (title) nodes.push(h("p", { class: "entry-text" }, row.retracted ? h("s", {}, title) : h("strong", {}, title)));
  if (text) nodes.push(h("p", { class: "entry-text" }, row.retracted ? h("s", {}, text) : text));
  const correction = row.corrections.at(-1);
  if (correction) nodes.push(correctionLine(row, correction));
  if (row.retracted) nodes.push(retraction(row));
  return { className: row.retracted ? "update retracted" : "update", nodes };
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
    nodes.push(...gone(row));
    return { className: "update erased", nodes };
  }
  if (row.retracted) {
    nodes.push(h("p", { class: "entry-text" }, h("s", {}, text)));
    nodes.push(retraction(row));
    return { className: "update retracted", nodes };
  }
  nodes.push(h("p", { class: "entry-text" }, text));
  const correction = row.corrections.at(-1);
  if (correction) nodes.push(correctionLine(row, correction));
  return { className: "update", nodes };
}

function correctionLine(row, correction) {
  const before = row.corrections.at(-2)?.text ?? row.data.text ?? "";
  const time = clockTime(correction.at);
  const changed = difference(before, correction.text);
  const line = changed
    ? h("p", { class: "amended" }, `${t("corrected-at", { time })}${colon}`, h("s", {}, changed.was), ` ${t("becomes")} `, h("span", {}, changed.is))
    : h("p", { class: "amended" }, `${t("corrected-at", { time })}. ${t("it-read")}${colon}`, h("s", {}, before));
  if (correction.reason) line.append(` ${correction.reason}`);
  return line;
}

function amendment(words, reason) {
  return h("p", { class: "amended" }, reason ? `${words}. ${reason}` : words);
}

function voteBody(row, register) {
  const vote = row.data;
  if (!vote) return { className: "vote erased", nodes: [h("p", { class: "gone" }, t("erased"))] };
  const subject = vote.subject || subjectOf(row, register);
  const counted = "for" in vote;
  const unanimous = counted && isUnanimous(vote);
  const outcome = row.retracted
    ? h("p", { class: "outcome" }, h("s", {}, voteLine(vote, row.said)))
    : unanimous
      ? h("p", { class: "outcome" }, h("strong", {}, t("adopted-unanimously")), `, ${tn("voices", vote.for)}`)
      : counted
        ? h("p", { class: "outcome" }, h("strong", {}, voteResult(vote)), `${colon}${voteNumbers(vote)}`)
        : h("p", { class: "outcome" }, voteLine(vote, row.said));
  const nodes = [h("p", { class: "subject" }, subject), outcome];
  if (counted && !unanimous && !row.retracted) nodes.push(voteBar(vote));
  const notes = voteNotes(vote);
  if (notes.length) nodes.push(h("p", { class: "note" }, notes.join(" ")));
  if (vote.votes) nodes.push(unfolded(t("all-names"), ...votesByName(vote.votes)));
  for (const each of row.before) nodes.push(voteBefore(each));
  if (row.retracted) nodes.push(retraction(row));
  return { className: row.retracted ? "vote retracted" : "vote", nodes };
}

/** What was voted on, where the clerk typed no subject: the doors, a motion by its title, else the item. */
function subjectOf({ data: { matter, motion }, item }, register) {
  if (matter === "closed_part") return t("vote-on-doors");
  const title = register.rowById.get(motion)?.data?.title;
  return title ? `${t("vote")}${colon}${title}` : t("vote-on", { item: itemName(register.item(item)) });
}

function votesByName(votes) {
  return CHOICES.filter((choice) => votes[choice]?.length).map((choice) =>
    h("p", {}, h("strong", {}, `${t(`choice-${choice.replace("_", "-")}`)}${colon}`), votes[choice].map(personName).join(", ")),
  );
}

function voteBefore({ data, said, at, reason }) {
  const line = h("p", { class: "amended" }, `${t("corrected-at", { time: clockTime(at) })}. ${t("it-read")}${colon}`, h("s", {}, voteLine(data, said)));
  if (reason) line.append(`. ${reason}`);
  return line;
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

/** A post that has not left yet: how long it can still be taken back, and the button that does. */
export function heldElement({ key, command, until, seconds }, register, takeBack) {
  const bar = h("span", { class: "held-bar", "aria-hidden": "true" });
  // Drawn anew in the middle of its time, the bar goes on where it is.
  bar.style.animationDuration = `${seconds}s`;
  bar.style.animationDelay = `${(until - Date.now()) / 1000 - seconds}s`;
  return h(
    "li",
    { class: "entry queued held update", data: { held: key } },
    h("time", { datetime: command.at }, clockTime(command.at)),
    h("div", { class: "entry-body" }, h("p", { class: "entry-text" }, commandPhrase(command, register))),
    h("div", { class: "entry-side" }, h("span", { class: "chip wait leaves", "aria-hidden": "true" }), button(t("take-back"), { iconName: "undo-2", class: "quiet", key: keyLabel("takeBack"), onclick: () => takeBack(key) })),
    bar,
  );
}
