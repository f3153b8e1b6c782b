/** The record as this console holds it: entries folded into what a clerk reads. Knows nothing of the page. */

const ON_ENTRY = new Set(["update.corrected", "update.retracted", "update.erased", "update.pinned", "update.unpinned", "vote.corrected"]);

/** Kinds after which the agenda itself is another: the server is asked for it anew. */
const CHANGES_AGENDA = new Set(["agenda.set", "item.added", "item.postponed", "item.withdrawn", "item.reordered", "item.joined", "item.corrected"]);

export class Register {
  constructor() {
    this.forget();
  }

  forget() {
    this.seq = 0;
    this.epoch = null;
    this.state = null;
    this.agenda = null;
    /** Items in the source's order: {id, number, title, kind, public, depth, …}. */
    this.items = [];
    this.itemById = new Map();
    this.opened = new Set();
    /** Items that will not be called: `postponed` or `withdrawn`, by id. */
    this.putOff = new Map();
    this.votes = new Map();
    /** Entries as rows, oldest first; what amends another is folded into it and is no row. */
    this.rows = [];
    this.rowById = new Map();
    this.channels = [];
    this.deliveries = new Map();
    /** What channels that are paid by the post have cost, by id, in thousandths of a dollar. */
    this.spending = {};
    this.closedPart = false;
    this.current = null;
  }

  /**
   * The sitting as it stands. Returns `other` where the server's history is not the one held (forget it, and ask
   * again from 0), `agenda` where the agenda is new or another, else `same`.
   */
  hello(message) {
    if (this.epoch !== null && this.epoch !== message.epoch) return "other";
    const before = JSON.stringify(this.items);
    this.epoch = message.epoch;
    this.state = message.state;
    this.agenda = message.agenda;
    this.channels = message.channels;
    this.items = [];
    this.opened = new Set();
    this.putOff = new Map();
    const down = (items, depth) => {
      for (const { items: children = [], status, ...item } of items) {
        this.items.push({ ...item, depth });
        if (status === "postponed" || status === "withdrawn") this.putOff.set(item.id, status);
        else if (status !== "to_come") this.opened.add(item.id);
        down(children, depth + 1);
      }
    };
    down(message.agenda.items, 0);
    this.itemById = new Map(this.items.map((item) => [item.id, item]));
    return before === JSON.stringify(this.items) ? "same" : "agenda";
  }

  /**
   * Fold entries in, in order; those held already are passed over. Returns the rows that are new,
   * the ids of those that changed, and whether the agenda must be asked for anew.
   */
  take(entries, state) {
    const added = [];
    const changed = new Set();
    let agendaChanged = false;
    for (const entry of entries) {
      if (entry.seq <= this.seq) continue;
      if (entry.seq !== this.seq + 1) throw new Error(`entry ${entry.seq} after ${this.seq}`);
      this.seq = entry.seq;
      if (entry.seq > 1 && CHANGES_AGENDA.has(entry.kind)) agendaChanged = true;
      if (ON_ENTRY.has(entry.kind)) {
        if (this.#amend(entry)) changed.add(entry.data.entry);
      } else {
        added.push(this.#row(entry));
      }
    }
    if (state) this.state = state;
    return { added, changed, agendaChanged };
  }

  #row(entry) {
    if (entry.kind === "closed_part.begun") this.closedPart = true;
    if (entry.kind === "item.opened") this.current = entry.item;
    const row = {
      ...entry,
      /** What was being debated: an entry on something else says so. */
      debated: this.current,
      closed: entry.pos === null,
      inClosedPart: this.closedPart,
      corrections: [],
      retracted: null,
      /** What a vote said before each correction: {data, said, at, reason}, oldest first. */
      before: [],
      erased: entry.data === null ? {} : null,
    };
    if (entry.kind === "closed_part.ended") this.closedPart = false;
    if (entry.kind === "item.opened") {
      this.opened.add(entry.item);
      this.putOff.delete(entry.item);
    }
    if (entry.kind === "item.closed" || entry.kind === "sitting.closed") this.current = null;
    if (entry.kind === "vote.recorded" && isOnItem(entry.data)) this.votes.set(entry.item, entry.data);
    this.rows.push(row);
    this.rowById.set(row.id, row);
    return row;
  }

  #amend(entry) {
    const row = this.rowById.get(entry.data?.entry);
    if (!row) return false;
    const { at, data } = entry;
    if (entry.kind === "update.corrected") row.corrections.push({ id: entry.id, at, ...data });
    if (entry.kind === "vote.corrected" && row.data) this.#correctVote(row, entry);
    if (entry.kind === "update.retracted") {
      row.retracted = { at, reason: data.reason };
      if (row.kind === "vote.recorded") this.#resultOf(row.item);
    }
    if (entry.kind === "update.erased") {
      row.erased = { at, reason: data.reason };
      row.data = null;
      row.said = undefined;
      row.corrections = [];
    }
    return true;
  }

  #correctVote(row, { at, data, said }) {
    row.before.push({ data: row.data, said: row.said, at, reason: data.reason });
    row.data = data;
    row.said = "for" in data ? undefined : said;
    this.#resultOf(row.item);
  }

  /** The result of an item is its last vote that stands. */
  #resultOf(item) {
    const row = this.rows.findLast((each) => each.kind === "vote.recorded" && each.item === item && !each.retracted && isOnItem(each.data));
    if (row) this.votes.set(item, row.data);
    else this.votes.delete(item);
  }

  /**
   * Note what became of entries on networks; returns the ids of the entries concerned. The stream tells in order;
   * the answer to a decision (`late`) may come after what the stream has already told of its consequences.
   */
  takeDeliveries(deliveries, { late = false } = {}) {
    const concerned = new Set();
    for (const delivery of deliveries) {
      const held = this.deliveries.get(delivery.entry)?.get(delivery.channel);
      if (late && held && held.updated_at >= delivery.updated_at) continue;
      if (!this.deliveries.has(delivery.entry)) this.deliveries.set(delivery.entry, new Map());
      this.deliveries.get(delivery.entry).set(delivery.channel, delivery);
      concerned.add(delivery.entry);
    }
    return concerned;
  }

  deliveriesOf(entry) {
    return [...(this.deliveries.get(entry)?.values() ?? [])].sort((a, b) => a.channel_name.localeCompare(b.channel_name));
  }

  /** The text as it stands: the last correction, else what was posted. Null once it is erased. */
  textOf(row) {
    return row.corrections.at(-1)?.text ?? row.data?.text ?? null;
  }

  item(id) {
    return id === null || id === undefined ? null : (this.itemById.get(id) ?? null);
  }

  itemStatus(id, current) {
    if (id === current) return "current";
    if (this.putOff.has(id)) return this.putOff.get(id);
    return this.opened.has(id) ? "done" : "to_come";
  }

  /** The numbered item `step` places after `id` (before, where negative); from the beginning where there is none. */
  neighbour(id, step) {
    const callable = this.items.filter((item) => item.kind !== "heading" && (!this.putOff.has(item.id) || item.id === id));
    const place = callable.findIndex((item) => item.id === id);
    if (place === -1) return step > 0 ? (callable.find((item) => !this.opened.has(item.id)) ?? null) : null;
    return callable[place + step] ?? null;
  }

  /** The last entry everybody can read, for "what the public sees". */
  lastPublic() {
    const shown = (row) => !row.closed && !row.retracted && !row.erased && (row.kind === "update.posted" || row.kind === "vote.recorded");
    return this.rows.findLast(shown) ?? null;
  }

  /** When the doors last opened again, in milliseconds; 0 where they never closed. */
  doorsOpenedAt() {
    const row = this.rows.findLast(({ kind }) => kind === "closed_part.ended");
    return row ? Date.parse(row.at) : 0;
  }

  /** Since when the doors are closed; null where they are open. */
  doorsClosedAt() {
    return this.closedPart ? this.rows.findLast(({ kind }) => kind === "closed_part.begun").at : null;
  }

  lastBy(name) {
    return this.rows.findLast((row) => row.kind === "update.posted" && row.author_name === name && !row.retracted && !row.erased) ?? null;
  }
}

/** A vote with a subject of its own, an amendment or a motion is not the item's result; nor is an appointment's count. */
function isOnItem(vote) {
  return Boolean(vote) && !vote.subject && !vote.motion && !vote.matter && "for" in vote;
}

/** The state as it will be once what waits here has been taken: offline, the clerk works on that. */
export function project(state, commands) {
  const seen = {
    status: state.status,
    closedPart: state.closed_part || state.public === false,
    current: state.item?.id ?? null,
    since: state.item?.opened_at ?? null,
  };
  const steps = {
    "sitting.opened": () => (seen.status = "open"),
    "sitting.suspended": () => (seen.status = "suspended"),
    "sitting.resumed": () => (seen.status = "open"),
    "sitting.reopened": () => (seen.status = "open"),
    "sitting.closed": () => Object.assign(seen, { status: "closed", current: null, closedPart: state.public === false }),
    "closed_part.begun": () => (seen.closedPart = true),
    // Never taken for granted: only the server's word opens the doors again.
    "closed_part.ended": () => {},
    "item.opened": (command) => Object.assign(seen, { current: command.item, since: command.at }),
    "item.closed": () => Object.assign(seen, { current: null, since: null }),
  };
  for (const command of commands) steps[command.kind]?.(command);
  return seen;
}
