/** A layer over the page: titled, closed with Échap, confirmed with Ctrl Entrée. The lamp stays in view above it. */

import { button, h } from "./dom.js";
import { t } from "./page.js";

let count = 0;

/**
 * Open a dialog. `body` are its nodes; `confirm` is {label, tone, iconName, run}: `run` returns true to close, false
 * where something is to be put right first. Resolves when it is closed. What `onclose` gets is whether it was confirmed.
 */
export function openLayer({ title, body, confirm, onclose, narrow = true, closeLabel }) {
  count += 1;
  const id = `layer-${count}`;
  let confirmed = false;
  const dialog = h("dialog", { class: narrow ? "layer" : "layer wide", "aria-labelledby": id });
  const finish = async () => {
    if (confirm && (await confirm.run())) {
      confirmed = true;
      dialog.close();
    }
  };
  const form = h(
    "form",
    { method: "dialog", novalidate: true, on: { submit: (event) => { event.preventDefault(); finish(); } } },
    h("h2", { id }, title),
    h("div", { class: "layer-body" }, ...body),
    h(
      "div",
      { class: "layer-does" },
      button(closeLabel ?? (confirm ? t("cancel") : t("close")), { class: "quiet", onclick: () => dialog.close() }),
      confirm ? confirmButton(confirm) : null,
    ),
  );
  dialog.append(form);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && confirm) {
      event.preventDefault();
      event.stopPropagation();
      finish();
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    onclose?.(confirmed);
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function confirmButton({ label, tone = "primary", iconName }) {
  const confirming = button(label, { iconName, class: tone, key: t("key-confirm") });
  confirming.type = "submit";
  return confirming;
}

/** Whether a layer is open: then the page's own keys rest. */
export const layerOpen = () => document.querySelector("dialog[open]") !== null;

/** A labelled field; the error beneath it is told with it. */
export function field(label, control, hint) {
  count += 1;
  control.id ||= `field-${count}`;
  const note = hint ? h("p", { class: "note", id: `${control.id}-hint` }, hint) : null;
  const problem = h("p", { class: "problem", id: `${control.id}-problem`, role: "alert" });
  control.setAttribute("aria-describedby", [note?.id, problem.id].filter(Boolean).join(" "));
  return h("div", { class: "field" }, h("label", { for: control.id }, label), note, control, problem);
}

/** Show what is wrong with a field, in place; nothing where `sentence` is empty. */
export function complain(control, sentence) {
  document.getElementById(`${control.id}-problem`).textContent = sentence;
  if (sentence) {
    control.setAttribute("aria-invalid", "true");
    control.focus();
  } else {
    control.removeAttribute("aria-invalid");
  }
  return !sentence;
}
