/** What an entry says, as a sentence: for the thread, for what waits, and for screen readers. */

import { colon, page, quoted, t, tn } from "./page.js";
import { clockTime } from "./times.js";
import { numbersOf } from "./voteline.js";

const FRAME = {
  "agenda.set": "event-agenda",
  "sitting.opened": "event-opened",
  "sitting.suspended": "event-suspended",
  "sitting.resumed": "event-resumed",
  "sitting.closed": "event-closed",
  "sitting.reopened": "event-reopened",
  "closed_part.begun": "event-doors-closed",
  "closed_part.ended": "event-doors-opened",
};

/** People that the server's sentence names; of more it gives the number. */
const MANY = 6;
const PEOPLE = new Set(["member.arrived", "member.left", "member.excused", "member.recused", "proxy.revoked", "secretary.named"]);

/** « point 14 », or the title of an item that has no number. */
export function itemName(item) {
  if (!item) return t("the-sitting");
  return item.number ? t("item-number", { item: item.number }) : quoted(short(item.title, 60));
}

/** The first words of a text, cut at a word. */
export function short(text, length) {
  const characters = [...text.replace(/[ \t\r\n]+/g, " ")];
  if (characters.length <= length) return characters.join("");
  return `${characters.slice(0, length).join("").replace(/\s\S*$/, "")}…`;
}

/** The sentence of an event; null for a kind that this console does not know or that has a text of its own. */
export function eventPhrase(row, register) {
  const item = register.item(row.item);
  const reason = row.data?.reason ? ` ${row.data.reason}` : "";
  if (row.kind === "agenda.set") return tn("event-agenda", register.items.filter((each) => each.kind !== "heading").length);
  if (row.kind === "item.opened") {
    const name = item?.number ? t("event-item-opened", { item: item.number }) : t("event-item-opened-title", { item: short(item?.title ?? "", 120) });
    return item?.rapporteur ? `${name} ${t("event-rapporteur", { name: item.rapporteur })}` : name;
  }
  if (row.kind === "item.closed") {
    return item?.number ? t("event-item-closed", { item: item.number }) : t("event-item-closed-title", { item: short(item?.title ?? "", 120) });
  }
  // Of what waits here the server has said nothing yet; what it said may hold more: a quorum, who asked.
  if (FRAME[row.kind] && !(row.said && saysMore(row))) return t(FRAME[row.kind]) + reason;
  return row.said ? [saidOf(row), moment(row), row.said.typed].filter(Boolean).join(" ") : null;
}

function saysMore(row) {
  return row.kind !== "closed_part.ended" && Object.keys(row.data ?? {}).some((name) => name !== "reason");
}

/** The instant that an entry speaks of: the server's sentence leaves it to the page, which knows the zone. */
function moment(row) {
  if (row.data?.until) return t("event-until", { time: clockTime(row.data.until) });
  return row.kind === "member.corrected" && row.data.time ? t("event-at", { time: clockTime(row.data.time) }) : "";
}

/** Names of an entry on more people than its sentence holds. */
export function peopleOf(row) {
  const { members = [], proxies = [] } = row.data ?? {};
  if (proxies.length > 1) return proxies.map(({ from, to }) => t("proxy-of", { name: personName(from), by: personName(to) }));
  return members.length > MANY && PEOPLE.has(row.kind) ? members.map(personName) : [];
}

/** « Mme Durand (SOC) » */
export function personName({ name, group, role }) {
  return group || role ? `${name} (${group ?? role})` : name;
}

/** What the server says of an entry, in the language of this page. */
export function saidOf(row) {
  return row.said[page.language] ?? row.said.fr;
}

export function isUnanimous(vote) {
  const others = ["against", "abstention", "not_voting", "blank", "null"];
  return vote.result === "adopted" && vote.for > 0 && !others.some((name) => vote[name]);
}

/** « 17 pour, 31 contre, 3 abstentions »; what is rare only where there is some. */
export function voteNumbers(vote) {
  const parts = [tn("votes-for", vote.for), tn("votes-against", vote.against), tn("votes-abstention", vote.abstention)];
  if (vote.not_voting) parts.push(tn("votes-not-voting", vote.not_voting));
  if (vote.blank) parts.push(tn("votes-blank", vote.blank));
  if (vote.null) parts.push(tn("votes-null", vote.null));
  return parts.join(", ");
}

/** A vote as it stood, in a line. */
export function voteLine(vote, said) {
  return "for" in vote ? `${isUnanimous(vote) ? t("adopted-unanimously") : voteResult(vote)}${colon}${voteNumbers(vote)}` : saidOf({ said });
}

/** What else belongs to a vote, as sentences: how it was taken, by what it was decided, why without quorum. */
export function voteNotes(vote) {
  const notes = [];
  if (vote.ballot === "secret" || vote.ballot === "public") notes.push(t(`ballot-${vote.ballot}`));
  if (vote.decision) notes.push(t("decision-number", { n: vote.decision }));
  if (vote.casting) notes.push(t("casting-voice"));
  if (vote.needed) notes.push(t("voices-needed", { n: vote.needed }));
  if (vote.quorum_reason) notes.push(t("without-quorum", { reason: vote.quorum_reason }));
  return notes;
}

export function voteResult(vote) {
  return t(vote.result === "adopted" ? "adopted" : "rejected");
}

/** The vote on an item in as few characters as the agenda has room for. */
export function voteBrief(vote) {
  return isUnanimous(vote) ? t("unanimity") : `${vote.for}-${vote.against}`;
}

/** A vote that waits: the server works out what it says, the numbers are told here already. */
function waitingVote({ data, item }, register) {
  const subject = data.subject || register.rowById.get(data.motion)?.data?.title || t("vote-on", { item: itemName(register.item(item)) });
  const numbers = register.people ? numbersOf(data, item, register.people) : "for" in data ? data : null;
  if (!numbers) return subject;
  return `${subject}${colon}${isUnanimous(numbers) ? t("adopted-unanimously") : voteResult(numbers)}, ${voteNumbers(numbers)}`;
}

/** What waits to be sent, as a sentence: its text, or what it does. */
export function commandPhrase(command, register) {
  const { kind, data } = command;
  if (kind === "update.posted") return data.quote ? `${register.people?.member(data.quote)?.name ?? ""}${colon}${quoted(data.text)}` : data.text;
  if (kind === "vote.recorded") return waitingVote(command, register);
  const named = register.rowById.get(data?.entry);
  const time = named ? clockTime(named.at) : "";
  if (kind === "update.corrected") return `${t("waiting-correction", { time })} ${data.text}`;
  if (kind === "update.retracted") return t("waiting-retraction", { time });
  if (kind === "update.erased") return t("waiting-erasure", { time });
  if (kind === "update.pinned") return t("waiting-pin", { time });
  if (kind === "closed_part.begun") return t("waiting-doors");
  if (kind === "update.unpinned") return t("waiting-unpin", { time });
  return eventPhrase(command, register) ?? kind;
}

/**
 * Where a correction changed a text: {was, is} by whole words, or null where so much changed
 * that the old text is better read whole.
 */
export function difference(was, is) {
  const [before, after] = [was.split(/(\s+)/), is.split(/(\s+)/)];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const cut = (words) => words.slice(start, words.length - end).join("").trim();
  const found = { was: cut(before), is: cut(after) };
  const worth = found.was && found.is && found.was.length * 2 < was.length && found.is.length * 2 < is.length;
  return worth ? found : null;
}
