/** « Tous pour, sauf… »: what is typed in the vote line, and the count that comes of it. Pure. */

import { match, numberOf, wordsOf } from "./match.js";

/** The letters of the line, in both languages; F is an English « for ». */
export const LETTERS = { p: "for", f: "for", c: "against", a: "abstention", n: "not_voting" };
export const CHOICES = ["for", "against", "abstention", "not_voting"];
const EVERYBODY = new Set(["*", "tous", "toutes", "all", "autres", "others"]);

/**
 * One exception as typed: {choice, number}, {choice, everybody}, or {choice, found: [{group} or {member}, …]} with the
 * best first; {unanimous} for a lone U; null where it is none yet.
 */
export function read(text, people) {
  if (/^\s*u\s*$/i.test(text)) return { unanimous: true };
  const parts = /^\s*([pfcan])\s+(\S.*)$/i.exec(text);
  if (!parts) return null;
  const choice = LETTERS[parts[1].toLowerCase()];
  const rest = parts[2].trim();
  const number = numberOf(rest);
  if (number !== null) return { choice, number };
  if (EVERYBODY.has(rest.toLowerCase())) return { choice, everybody: true };
  return { choice, found: find(rest, people) };
}

/** Members and groups that answer, the best first. Somebody without a voice is found too, to say why. */
export function find(text, people) {
  const words = wordsOf(text);
  const answers = [];
  for (const group of people.groups) {
    const found = best(words, [group.name, group.short, group.id]);
    if (found) answers.push({ group, score: found });
  }
  for (const member of people.members) {
    const found = match(words, member.name);
    if (found) answers.push({ member, score: found.score });
  }
  return answers.sort((one, other) => other.score - one.score);
}

function best(words, names) {
  return Math.max(0, ...names.filter(Boolean).map((name) => match(words, name)?.score ?? 0));
}

/**
 * The count: `tokens` on everybody who has a voice. Groups first, then members, numbers last of all: a member's own
 * word goes before the group's. {choices: Map by member, counts, base, numbers}: `numbers` says that names no longer
 * tell the whole, `counts[base]` may be below 0 where more is taken than there is.
 */
export function count(tokens, voices, people) {
  const base = tokens.findLast((token) => token.everybody)?.choice ?? "for";
  const choices = new Map([...voices.keys()].map((id) => [id, base]));
  for (const { group, choice } of tokens.filter((token) => token.group)) {
    for (const member of people.members) if (member.group === group.id && choices.has(member.id)) choices.set(member.id, choice);
  }
  for (const { member, choice } of tokens.filter((token) => token.member)) if (choices.has(member.id)) choices.set(member.id, choice);
  const counts = { for: 0, against: 0, abstention: 0, not_voting: 0 };
  for (const choice of choices.values()) counts[choice] += 1;
  const numbers = tokens.filter((token) => "number" in token);
  for (const { number, choice } of numbers) {
    counts[choice] += number;
    counts[base] -= number;
  }
  return { choices, counts, base, numbers: numbers.length > 0 };
}

/** The vote's data, as the server takes it: one word, groups and exceptions, names, or numbers. */
export function dataOf(tokens, tally, ballot, source) {
  const { choices, counts, base, numbers } = tally;
  if (ballot === "public") return { ballot, ...source, votes: Object.fromEntries(choices) };
  if (ballot === "secret" || numbers) return { ballot, ...counts };
  if (!tokens.length) return { ballot, unanimous: true };
  const groups = Object.fromEntries(tokens.filter((token) => token.group).map(({ group, choice }) => [group.id, choice]));
  const except = Object.fromEntries(tokens.filter((token) => token.member).map(({ member, choice }) => [member.id, choice]));
  return { ballot, groups: { "*": base, ...groups }, ...(Object.keys(except).length ? { except } : {}) };
}

/** Back from data: what stands in the line where a vote comes back. Null for a vote given in numbers. */
export function tokensOf(data, people) {
  if (data.unanimous) return [];
  if (data.votes) {
    return Object.entries(data.votes)
      .filter(([, choice]) => choice !== "for")
      .map(([id, choice]) => ({ choice, member: people.member(id) ?? { id, name: id } }));
  }
  if (!data.groups) return null;
  const tokens = [];
  for (const [id, choice] of Object.entries(data.groups)) {
    if (id === "*") {
      if (choice !== "for") tokens.push({ choice, everybody: true });
    } else tokens.push({ choice, group: people.groups.find((group) => group.id === id) ?? { id, name: id } });
  }
  for (const [id, choice] of Object.entries(data.except ?? {})) tokens.push({ choice, member: people.member(id) ?? { id, name: id } });
  return tokens;
}

/** Numbers of a vote that waits, whichever way it was given; null where nobody can say yet. */
export function numbersOf(data, item, people) {
  if ("for" in data) return data;
  const tokens = tokensOf(data, people);
  if (!tokens || !people.counted) return null;
  const { counts } = count(tokens, people.voices(item), people);
  return { ...counts, result: counts.for > counts.against ? "adopted" : "rejected", ...(data.result ? { result: data.result } : {}) };
}
