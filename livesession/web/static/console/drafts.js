/** Begun texts: one per item and per side of the doors, kept with every keystroke. */

/** The sitting as a whole, where an item's id would stand. */
const SITTING = "-";

/** Where a text on `item` (null for the sitting) belongs, behind closed doors or before them. */
export function slotOf(item, closedPart) {
  return `${closedPart ? "closed" : "open"} ${item ?? SITTING}`;
}

/** The item of a slot, null for the sitting. */
export function itemOf(slot) {
  const item = slot.slice(slot.indexOf(" ") + 1);
  return item === SITTING ? null : item;
}

export class Drafts {
  #kept;

  constructor(kept) {
    this.#kept = kept;
  }

  of(slot) {
    return this.#kept.get("drafts", slot);
  }

  /** Keep one, null for none, and that it is the one being written. */
  keep(slot, draft, changes = []) {
    const all = [{ family: "drafts", id: slot, value: draft }, { family: "values", id: "writing", value: slot }, ...changes];
    this.#kept.type(all);
  }

  /** What was being written when the page was left: its slot, null where nothing was. */
  get left() {
    const slot = this.#kept.read("writing", null);
    return slot && this.of(slot) ? slot : null;
  }

  /** The change that keeps one, null for none: to be written together with what it has become. */
  change(slot, draft) {
    return [{ family: "drafts", id: slot, value: draft }];
  }

  /** Items with a begun text on this side of the doors. */
  items(closedPart) {
    const side = closedPart ? "closed " : "open ";
    return new Set(this.#kept.ids("drafts").filter((slot) => slot.startsWith(side)).map(itemOf));
  }
}
