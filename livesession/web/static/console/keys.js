/** The page's own keys, each of them the clerk's to change. Browsers' and screen readers' stay theirs (docs/clerk.md). */

import { h, say } from "./dom.js";
import { complain, field, layerOpen, openLayer } from "./layer.js";
import { t } from "./page.js";

/** Where nobody chose another. Ctrl stands for the command key of a Mac too. */
const USUAL = { palette: "Ctrl+K", takeBack: "F2", nextItem: "F8", previousItem: "Shift+F8", vote: "F9", doors: "F4" };

/** What neither a browser nor a screen reader needs: the rest is theirs. */
const FREE = /^(?:(?:Shift\+)?F[2489]|Ctrl\+(?:Shift\+)?[BEGIKMY])$/;

let choices = null;

/** Take the clerk's own keys from `kept`, and write them wherever a key is shown. */
export function useKeys(kept) {
  choices = kept;
  show();
}

export const keyNames = Object.keys(USUAL);

const keyOf = (name) => choices?.read("keys", {})[name] ?? USUAL[name];

/** A key as it is written on keyboards here. */
export function keyLabel(name) {
  return labelOf(keyOf(name));
}

function labelOf(combination) {
  return combination.replace("Shift+", `${t("key-shift")} `).replace("Ctrl+", "Ctrl ");
}

function show() {
  for (const held of document.querySelectorAll("kbd[data-key]")) say(held, keyLabel(held.dataset.key));
}

/** `commands` are called by name; those missing (an account that only reads) are let through. */
export function listen(commands) {
  document.addEventListener("keydown", (event) => {
    const name = commandOf(event, commands.isComposerEmpty);
    // The doors' key works over everything: closing them waits for no layer.
    if (!name || !commands[name] || (layerOpen() && name !== "doors") || event.defaultPrevented) return;
    // F4 is Edge's, F9 others': prevented even while the key is held down.
    event.preventDefault();
    if (!event.repeat) commands[name]();
  });
  document.addEventListener("keyup", ({ key }) => normal(key) === keyOf("doors").split("+").at(-1) && commands.doorsLetGo?.());
}

function commandOf(event, isComposerEmpty) {
  const combination = combinationOf(event);
  if (combination === "Ctrl+Enter") return "publish";
  if (combination === "Escape") return "escape";
  if (combination === "ArrowUp" && isComposerEmpty?.()) return "correctLast";
  return keyNames.find((name) => keyOf(name) === combination) ?? null;
}

/** « Ctrl+Shift+K »; null with Alt or AltGr, which write characters. */
function combinationOf(event) {
  if (event.altKey || event.getModifierState?.("AltGraph")) return null;
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${normal(event.key)}`;
}

const normal = (key) => (key.length === 1 ? key.toUpperCase() : key);

/** Ask for another key: pressed, shown, kept; what is not free or is taken is refused beside the field. */
export function chooseKey(name) {
  let pressed = keyOf(name);
  const input = h("input", { type: "text", readonly: true, autocomplete: "off" });
  input.value = labelOf(pressed);
  input.addEventListener("keydown", (event) => {
    const combination = combinationOf(event);
    if (["Tab", "Escape", "Enter", "Shift", "Control", "Meta", "Alt"].includes(event.key) || combination === "Ctrl+Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (combination === null) return;
    pressed = combination;
    input.value = labelOf(combination);
    complain(input, problem(name, pressed));
  });
  openLayer({
    title: t("key-title", { name: t(`key-of-${name.toLowerCase()}`) }),
    body: [field(t("key-press"), input, t("key-free"))],
    confirm: {
      label: t("key-keep"),
      iconName: "check",
      run: () => {
        if (!complain(input, problem(name, pressed))) return false;
        choices.write("keys", { ...choices.read("keys", {}), [name]: pressed });
        show();
        return true;
      },
    },
  });
  input.focus();
}

function problem(name, combination) {
  if (!FREE.test(combination)) return t("key-not-free", { name: labelOf(combination) });
  const taken = keyNames.find((each) => each !== name && keyOf(each) === combination);
  return taken ? t("key-taken", { name: t(`key-of-${taken.toLowerCase()}`) }) : "";
}
