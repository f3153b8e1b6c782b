/** What can be done with an entry: correct, retract, pin, erase. */

import { h, icon } from "./dom.js";
import { formAddress } from "./hall.js";
import { complain, field, openLayer } from "./layer.js";
import { t } from "./page.js";
import { eventPhrase, itemName, short, voteLine } from "./phrases.js";
import { clockTime } from "./times.js";

/** Corrections begun and not sent: closing the layer keeps the text. */
const begun = new Map();

/** What can be done with an entry of each kind. */
const ATTENDANCE = ["member.arrived", "member.left", "member.excused", "member.recused"];
const CAN = {
  correct: new Set(["update.posted", "motion.tabled"]),
  amend: new Set(["vote.recorded", ...ATTENDANCE]),
  withdraw: new Set(["motion.tabled"]),
  retract: new Set(["update.posted", "motion.tabled", "speech.begun", "vote.recorded", "document.attached"]),
  erase: new Set(["update.posted", "motion.tabled", "speech.begun", "document.attached"]),
};

const openForm = (kind, entry) => window.open(formAddress(kind, { entry }), "forms");

/** An entry in its own words. */
function wordsOf(row, register) {
  if (row.kind === "vote.recorded") return voteLine(row.data, row.said);
  return register.textOf(row) ?? eventPhrase(row, register);
}

export class Amend {
  #register;
  #send;
  #ask;

  /** `send(kind, data)` gives a command to the outbox; `ask(text)` says what is to be asked before a text goes out. */
  constructor(register, send, ask) {
    this.#register = register;
    this.#send = send;
    this.#ask = ask;
  }

  /** The choice, with what each does. */
  choose(row) {
    const pinned = this.#register.state.pinned === row.id;
    const standing = !row.retracted;
    const { kind } = row;
    // What an elected member said in a public sitting is the record itself: only a third party's name can go.
    const can = (choice) => CAN[choice].has(kind) && !(choice === "erase" && kind === "speech.begun" && row.data?.members?.[0]?.id);
    const choices = [
      standing && can("correct") && ["pencil", "correct", () => this.correct(row)],
      standing && can("amend") && ["pencil", "amend", () => openForm(kind === "vote.recorded" ? "vote.corrected" : "member.corrected", row.id)],
      standing && can("withdraw") && ["undo-2", "withdraw", () => openForm("motion.withdrawn", row.id)],
      standing && can("retract") && ["undo-2", "retract", () => this.retract(row)],
      standing && can("correct") && kind === "update.posted" && ["pin", pinned ? "unpin" : "pin", () => this.#send(pinned ? "update.unpinned" : "update.pinned", { entry: row.id })],
      can("erase") && ["triangle-alert", "erase", () => this.erase(row)],
    ].filter(Boolean);
    const layer = openLayer({
      title: t("entry-of", { time: clockTime(row.at) }),
      body: [
        quoted(wordsOf(row, this.#register)),
        h(
          "div",
          { class: "choices" },
          ...choices.map(([iconName, name, run]) =>
            h(
              "button",
              { type: "button", class: "choice", data: { choice: name }, on: { click: () => { layer.close(); run(); } } },
              icon(iconName),
              h("span", {}, h("strong", {}, t(name)), h("span", { class: "note" }, t(`${name}-note`))),
            ),
          ),
        ),
      ],
    });
  }

  /** `draft` is a correction that came back. */
  correct(row, draft) {
    let was = this.#register.textOf(row) ?? "";
    const text = h("textarea", { rows: "5", spellcheck: "true" });
    text.value = draft?.text ?? begun.get(row.id) ?? was;
    const reason = h("input", { type: "text", autocomplete: "off", maxlength: "2000" });
    reason.value = draft?.reason ?? "";
    openLayer({
      title: t("correct-title", { time: clockTime(row.at) }),
      narrow: false,
      body: [field(t("correct-text"), text, t("correct-note")), field(t("reason-optional"), reason)],
      confirm: {
        label: t("correct"),
        iconName: "pencil",
        run: () => {
          // Another clerk was quicker: what they wrote is shown before it is replaced.
          const now = this.#register.textOf(this.#register.rowById.get(row.id) ?? row) ?? "";
          if (now !== was) {
            was = now;
            return complain(text, t("correct-meanwhile", { item: short(now, 200) }));
          }
          if (!complain(text, textProblem(text.value) || (text.value === was ? t("correct-same") : "") || (row.closed ? "" : this.#ask(text.value)))) return false;
          const data = { entry: row.id, text: text.value };
          if (reason.value.trim()) data.reason = reason.value;
          this.#send("update.corrected", data);
          return true;
        },
      },
      onclose: (confirmed) => (confirmed ? begun.delete(row.id) : begun.set(row.id, text.value)),
    });
    text.focus();
  }

  retract(row) {
    const reason = h("input", { type: "text", autocomplete: "off", maxlength: "2000" });
    openLayer({
      title: t("retract-title", { time: clockTime(row.at) }),
      body: [quoted(wordsOf(row, this.#register)), h("p", {}, t("retract-explain")), field(t("reason-optional"), reason)],
      confirm: {
        label: t("retract"),
        iconName: "undo-2",
        run: () => {
          this.#send("update.retracted", { entry: row.id, ...(reason.value.trim() ? { reason: reason.value } : {}) });
          return true;
        },
      },
    });
  }

  /** For good, so confirmed by hand: the item's number, or the entry's time where its item has none. */
  erase(row) {
    const item = this.#register.item(row.item);
    const expected = item?.number || clockTime(row.at);
    const asked = item?.number ? t("erase-type-number", { item: itemName(item) }) : t("erase-type-time", { time: expected });
    const reason = h("input", { type: "text", autocomplete: "off", maxlength: "2000", required: true });
    const typed = h("input", { type: "text", autocomplete: "off", required: true });
    openLayer({
      title: t("erase-title", { time: clockTime(row.at) }),
      body: [
        quoted(wordsOf(row, this.#register)),
        h("p", {}, t("erase-explain")),
        field(t("erase-reason"), reason, t("erase-reason-note")),
        field(asked, typed),
      ],
      confirm: {
        label: t("erase"),
        tone: "danger",
        iconName: "triangle-alert",
        run: () => {
          const reasoned = complain(reason, reason.value.trim() ? "" : t("erase-reason-needed"));
          if (!reasoned || !complain(typed, typed.value.trim() === expected ? "" : t("erase-mistyped", { item: expected }))) return false;
          begun.delete(row.id);
          this.#send("update.erased", { entry: row.id, reason: reason.value });
          return true;
        },
      },
    });
    reason.focus();
  }
}

function quoted(text) {
  return text === null ? null : h("blockquote", {}, short(text, 280));
}

/** Why a text cannot be sent, or nothing. The server judges the rest. */
export function textProblem(text) {
  if (!text.trim()) return t("text-blank");
  const length = [...text].length;
  return length > 10_000 ? t("text-too-long", { n: length, total: 10_000 }) : "";
}
