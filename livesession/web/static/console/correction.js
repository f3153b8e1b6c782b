/** Correcting what the agenda says of an item, and having its former wording erased where the law orders it. */

import { h } from "./dom.js";
import { complain, field, openLayer } from "./layer.js";
import { t } from "./page.js";
import { itemName } from "./phrases.js";

const FIELDS = ["title", "number", "rapporteur"];

/** `send(kind, {item, data})` gives the correction to the outbox. Nothing is sent that nobody changed. */
export function openCorrection(item, send) {
  // Of a closed item the public title is what everybody reads.
  const names = item.public && !item.public_title ? FIELDS : ["title", "public_title", "number", "rapporteur"];
  const inputs = Object.fromEntries(names.map((name) => [name, input(item[name] ?? "")]));
  const reason = input("");
  const erased = h("input", { type: "checkbox" });
  const layer = openLayer({
    title: t("correct-item-title", { item: itemName(item) }),
    body: [
      ...names.map((name) => field(t(`field-${name.replace("_", "-")}`), inputs[name])),
      field(t("reason-optional"), reason),
      h("label", { class: "check" }, erased, h("span", {}, t("correct-item-erase"))),
      h("p", { class: "note" }, t("correct-item-erase-note")),
    ],
    confirm: {
      label: t("correct"),
      iconName: "pencil",
      run: () => {
        const changed = Object.fromEntries(names.filter((name) => inputs[name].value !== (item[name] ?? "")).map((name) => [name, inputs[name].value]));
        // What was corrected already can still be erased from what came before.
        if (erased.checked) changed.title ??= inputs.title.value;
        const { title } = inputs;
        if (!complain(title, title.value.trim() ? (Object.keys(changed).length ? "" : t("correct-same")) : t("text-blank"))) return false;
        if (!complain(reason, erased.checked && !reason.value.trim() ? t("erase-reason-needed") : "")) return false;
        const data = { ...changed, ...(reason.value.trim() ? { reason: reason.value } : {}), ...(erased.checked ? { erased: true } : {}) };
        send("item.corrected", { item: item.id, data });
        return true;
      },
    },
  });
  inputs.title.focus();
  return layer;
}

function input(value) {
  const made = h("input", { type: "text", autocomplete: "off", maxlength: "2000" });
  made.value = value;
  return made;
}
