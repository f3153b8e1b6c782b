/** The review of an entry's deliveries: where it went, why it did not, and what the clerk decides. */

import { call, NoAnswer, Refusal, sittingPath } from "./api.js";
import { mayDecide, STATE_ICON, stateWords } from "./chip.js";
import { button, h, icon } from "./dom.js";
import { openLayer } from "./layer.js";
import { colon, t } from "./page.js";
import { short } from "./phrases.js";
import { clockTime } from "./times.js";

export class Review {
  #register;
  #taken;
  #shown = null;

  /** `taken` gets the deliveries that a decision changed. */
  constructor(register, taken) {
    this.#register = register;
    this.#taken = taken;
  }

  open(row) {
    const list = h("ul", { class: "deliveries" });
    const text = this.#register.textOf(row);
    this.#shown = { id: row.id, list, problems: new Map() };
    this.#draw();
    openLayer({
      title: t("review-title", { time: clockTime(row.at) }),
      narrow: false,
      body: [text === null ? null : h("blockquote", {}, short(text, 280)), list],
      onclose: () => (this.#shown = null),
    });
  }

  /** Deliveries changed: the open review follows. */
  update(ids) {
    if (this.#shown && ids.has(this.#shown.id)) this.#draw();
  }

  #draw() {
    const { id, list } = this.#shown;
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.does : null;
    list.replaceChildren(this.#ownPage(), ...this.#register.deliveriesOf(id).map((delivery) => this.#delivery(delivery)));
    if (focused) (list.querySelector(`[data-does="${focused}"]`) ?? list.closest("dialog"))?.focus();
  }

  #ownPage() {
    return h(
      "li",
      {},
      h("p", { class: "delivery-head" }, h("strong", {}, t("page-and-widget")), h("span", { class: "chip ok" }, icon("check"), h("span", {}, t("delivery-sent")))),
    );
  }

  #delivery(delivery) {
    const tone = { sent: "ok", waiting: "wait", sending: "wait", withheld: "closed" }[delivery.state] ?? "fail";
    const problem = this.#shown.problems.get(delivery.channel);
    const since = t("since-time", { time: clockTime(delivery.updated_at) });
    return h(
      "li",
      {},
      h(
        "p",
        { class: "delivery-head" },
        h("strong", {}, delivery.channel_name),
        h("span", { class: `chip ${tone}` }, icon(STATE_ICON[delivery.state]), h("span", {}, `${stateWords(delivery)}, ${since}`)),
      ),
      delivery.reason_text || delivery.reason ? h("p", {}, delivery.reason_text ?? delivery.reason) : null,
      delivery.detail ? h("p", { class: "note" }, `${t("network-said")}${colon}`, h("q", {}, delivery.detail)) : null,
      delivery.state === "waiting" && delivery.next_try_at ? h("p", { class: "note" }, t("next-try", { time: clockTime(delivery.next_try_at), n: delivery.attempts })) : null,
      delivery.remote_url ? h("p", {}, h("a", { href: delivery.remote_url, target: "_blank", rel: "noopener noreferrer" }, t("see-there"))) : null,
      problem ? h("p", { class: "problem", role: "alert" }, problem) : null,
      mayDecide(delivery) ? this.#decisions(delivery) : null,
    );
  }

  #decisions(delivery) {
    const decide = (action, label, tone, iconName) =>
      button(t(label), {
        class: tone,
        iconName,
        "data-does": `${delivery.channel} ${action}`,
        "aria-label": `${t(label)}, ${delivery.channel_name}`,
        onclick: () => this.#decide(delivery, action),
      });
    return h(
      "div",
      { class: "delivery-does" },
      decide("retry", "retry", "primary", "send"),
      decide("mark_sent", "already-there", "quiet", "check"),
      delivery.state === "given up" ? null : decide("give_up", "give-up", "quiet", null),
    );
  }

  async #decide(delivery, action) {
    const shown = this.#shown;
    shown.problems.delete(delivery.channel);
    try {
      const fresh = await call("POST", `${sittingPath}/deliveries/${delivery.channel}/${delivery.seq}`, { action });
      this.#taken([fresh]);
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof Refusal)) throw error;
      shown.problems.set(delivery.channel, error instanceof Refusal ? error.lines.join(" ") : t("no-answer"));
      if (this.#shown === shown) this.#draw();
    }
  }
}

