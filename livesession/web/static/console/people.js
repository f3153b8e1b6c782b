/** Who sits in the assembly, who is there, whose voice counts: as the server says, with what waits here added. */

import { call, NoAnswer, Refusal } from "./api.js";
import { page } from "./page.js";

/** Entries after which the room is another. */
const MOVES = new Set([
  "assembly.set", "member.arrived", "member.left", "member.excused", "member.recused", "member.corrected",
  "proxy.given", "proxy.revoked", "closed_part.ended",
]);

const PRESENCE = { "member.arrived": "present", "member.left": "left", "member.excused": "excused" };
const EMPTY = { seq: 0, counted: false, groups: [], members: [], proxies: {}, recused: {} };
/** Several entries of one instant are asked about once. */
const TOGETHER = 120;

export class People extends EventTarget {
  #kept;
  #waiting;
  #room;
  #asked = null;
  #memo = null;
  #marks = "";

  /** `waiting()` gives the commands that are not acknowledged yet. */
  constructor(kept, waiting) {
    super();
    this.#kept = kept;
    this.#waiting = waiting;
    this.#room = kept.read("room", EMPTY);
  }

  /** Ask the server, unless it was asked a moment ago. Without a line what was known holds. */
  refresh() {
    this.#asked ??= setTimeout(() => this.#fetch(), TOGETHER);
  }

  /** Fold entries in at once; where they move somebody, the server is asked for the whole. */
  take(entries) {
    const moving = entries.filter((entry) => MOVES.has(entry.kind) && entry.data);
    if (!moving.length) return;
    for (const { kind, item, data } of moving) this.#room = move(this.#room, kind, item, data);
    this.#changed();
    this.refresh();
  }

  async #fetch() {
    this.#asked = null;
    try {
      this.#room = await call("GET", `/console/s/${encodeURIComponent(page.slug)}/room`);
      this.#kept.write("room", this.#room);
      this.#changed();
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof Refusal)) throw error;
    }
  }

  #changed() {
    this.#memo = null;
    this.dispatchEvent(new Event("change"));
  }

  /** The room as it will be once what waits has been taken. */
  get room() {
    const waiting = this.#waiting().filter((command) => MOVES.has(command.kind));
    const marks = waiting.map((command) => command.key).join();
    if (this.#memo && marks === this.#marks) return this.#memo;
    this.#marks = marks;
    this.#memo = waiting.reduce((room, { kind, item, data }) => move(room, kind, item, data), this.#room);
    return this.#memo;
  }

  get members() {
    return this.room.members;
  }

  get groups() {
    return this.room.groups;
  }

  /** Whether it is known who is there: only then can voices be counted. */
  get counted() {
    return this.room.counted && this.members.length > 0;
  }

  member(id) {
    return this.members.find((member) => member.id === id) ?? null;
  }

  groupName(id) {
    const group = this.groups.find((each) => each.id === id);
    return group ? (group.short ?? group.name) : "";
  }

  /** Whose voice can be given on an item, and by whom: Map of member → who gives it. */
  voices(item) {
    const { members, proxies, recused } = this.room;
    const away = new Set(recused[item] ?? []);
    const present = new Set(members.filter((member) => member.presence === "present").map((member) => member.id));
    const found = new Map();
    for (const { id } of members) {
      if (away.has(id)) continue;
      if (present.has(id)) found.set(id, id);
      else if (present.has(proxies[id]) && !away.has(proxies[id])) found.set(id, proxies[id]);
    }
    return found;
  }
}

/** The room after one fact; members stand as ids in commands, as {id, name} in entries. */
function move(room, kind, item, data) {
  const ids = (data.members ?? (data.member ? [data.member] : [])).map(idOf);
  if (kind in PRESENCE) {
    const moved = room.members.map((member) => (ids.includes(member.id) ? { ...member, presence: PRESENCE[kind] } : member));
    const kept = Object.entries(room.proxies).filter(([giver]) => kind !== "member.arrived" || !ids.includes(giver));
    return { ...room, counted: true, members: moved, proxies: Object.fromEntries(kept) };
  }
  if (kind === "member.recused" && item) {
    return { ...room, counted: true, recused: { ...room.recused, [item]: [...new Set([...(room.recused[item] ?? []), ...ids])] } };
  }
  if (kind === "proxy.given") {
    const given = data.proxies ?? [{ from: data.from, to: data.to }];
    return { ...room, counted: true, proxies: { ...room.proxies, ...Object.fromEntries(given.map(({ from, to }) => [idOf(from), idOf(to)])) } };
  }
  if (kind === "proxy.revoked") {
    return { ...room, proxies: Object.fromEntries(Object.entries(room.proxies).filter(([giver]) => !ids.includes(giver))) };
  }
  return room;
}

const idOf = (member) => member?.id ?? member;
