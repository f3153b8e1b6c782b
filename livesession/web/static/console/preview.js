/** How the text will read on each network, in the network's own count: asked of the server as one types. */

import { call, NoAnswer, Refusal } from "./api.js";
import { byId, h, icon } from "./dom.js";
import { dollars } from "./money.js";
import { page, t } from "./page.js";

/** Long enough that a word in the middle of being typed is not asked about. */
const PAUSE = 350;

export class Preview {
  #timer = null;
  #asked = 0;
  #marks = "";
  #held = byId("preview");
  #summary = byId("preview-summary");
  #list = byId("preview-list");

  /** Show what an entry would be; null where there is nothing to show, or nothing leaves. */
  of(command, hasChannels) {
    const marks = command && hasChannels ? JSON.stringify(command) : "";
    if (marks === this.#marks) return;
    this.#marks = marks;
    this.#asked += 1;
    clearTimeout(this.#timer);
    if (!marks) this.#draw([]);
    else this.#timer = setTimeout(() => this.#ask(command, this.#asked), PAUSE);
  }

  async #ask(command, number) {
    try {
      const { previews } = await call("POST", `/console/s/${encodeURIComponent(page.slug)}/preview`, command);
      if (number === this.#asked) this.#draw(previews);
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof Refusal)) throw error;
      // Without a line nothing is counted; the text leaves all the same when it is back.
      if (number === this.#asked) this.#draw([]);
      this.#marks = "";
    }
  }

  #draw(previews) {
    this.#held.hidden = !previews.length;
    if (!previews.length) return;
    const cut = previews.filter(({ needed, limit }) => needed > limit);
    const tightest = previews.reduce((one, other) => (other.needed / other.limit > one.needed / one.limit ? other : one));
    const said = t(cut.length ? "preview-cut" : "preview-fits", { name: cut.map(({ channel }) => channel).join(", ") });
    const figures = t("preview-tightest", { name: tightest.channel, n: tightest.needed, total: tightest.limit });
    this.#summary.replaceChildren(icon(cut.length ? "triangle-alert" : "check"), h("strong", {}, said), ` ${figures}`);
    this.#held.classList.toggle("cut", cut.length > 0);
    this.#list.replaceChildren(...previews.map((each) => this.#row(each)));
  }

  #row({ channel, text, needed, limit, cost }) {
    const over = needed > limit;
    return h("li", { class: over ? "over" : "" },
      h("p", { class: "preview-name" }, icon(over ? "triangle-alert" : "check"), h("strong", {}, channel), cost ? h("span", { class: "preview-cost" }, dollars(cost)) : null, h("span", { class: "preview-count" }, `${needed}\u00a0/\u00a0${limit}`)),
      h("p", { class: "preview-text" }, text));
  }
}
