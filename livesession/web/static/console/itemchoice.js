/** On what one writes: the open item, another, or the sitting as a whole. The list says where something is begun. */

import { byId, h, say } from "./dom.js";
import { t } from "./page.js";
import { itemName, short } from "./phrases.js";

/** The choice « follow the open item ». */
const FOLLOW = "";
/** The choice « the sitting as a whole ». */
const NO_ITEM = "-";

export class ItemChoice {
  #register;
  #drafts;
  #list = byId("composer-item");
  #seen = null;
  #marks = "";

  /** `changed()` is called when the clerk chooses. */
  constructor(register, drafts, changed) {
    this.#register = register;
    this.#drafts = drafts;
    this.#list.addEventListener("change", changed);
  }

  /** The item chosen, null for the sitting as a whole. */
  get item() {
    if (this.follows) return this.#seen?.current ?? null;
    return this.#list.value === NO_ITEM ? null : this.#list.value;
  }

  get follows() {
    return this.#list.value === FOLLOW;
  }

  /** Choose an item, the open one as « the open item », as also one that is not on the agenda. */
  choose(item) {
    this.#list.value = item === (this.#seen?.current ?? null) ? FOLLOW : (item ?? NO_ITEM);
    if (this.#list.selectedIndex === -1) this.follow();
  }

  follow() {
    this.#list.value = FOLLOW;
  }

  lock(locked) {
    this.#list.disabled = locked;
  }

  /** The items to choose from. */
  draw() {
    const chosen = this.#list.value;
    const items = this.#register.items.filter((item) => item.kind !== "heading");
    const options = items.map((item) => h("option", { value: item.id }, nameOf(item)));
    this.#list.replaceChildren(h("option", { value: FOLLOW }), h("option", { value: NO_ITEM }, t("the-sitting")), ...options);
    this.#list.value = chosen;
    if (this.#list.selectedIndex === -1) this.follow();
    this.#marks = "";
    this.mark();
  }

  /** Where the sitting is now. */
  update(seen) {
    this.#seen = seen;
    const current = this.#register.item(seen.current);
    const [followed] = this.#list.options;
    if (followed) say(followed, current ? t("on-open-item", { item: itemName(current) }) : t("the-sitting"));
    this.mark();
  }

  /** Say on which items something is begun. */
  mark() {
    const begun = this.#drafts.items(this.#seen?.closedPart);
    const marks = [...begun].sort().join("\n");
    if (marks === this.#marks) return;
    this.#marks = marks;
    for (const option of [...this.#list.options].slice(2)) {
      const item = this.#register.item(option.value);
      if (item) say(option, begun.has(item.id) ? t("with-draft", { item: nameOf(item) }) : nameOf(item));
    }
  }
}

function nameOf(item) {
  return `${item.number ? `${item.number}, ` : ""}${short(item.title, 70)}`;
}
