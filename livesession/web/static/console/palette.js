/** The palette: one field that finds commands, items, members and phrases as one types, and does them. */

import { h, icon, say } from "./dom.js";
import { fold, match, wordsOf } from "./match.js";
import { t, tn } from "./page.js";

const GROUPS = ["commands", "items", "members", "phrases"];
/** Shown of each group: the best come first, and a longer word brings the rest. */
const MOST = 7;

/**
 * Open the palette on `entries()`: {group, name, note, iconName, key, aliases, hidden, run, more}. `more()` gives the
 * further actions of one, entries again; `hidden` ones are found by what is typed only, `after` ones
 * come after their likes. Ran once it is closed.
 * Returns what asks for the entries anew, where there are others.
 */
export function openPalette(entries) {
  let [shown, chosen, within] = [[], 0, null];
  let all = entries();
  const input = h("input", {
    type: "text", id: "palette-input", role: "combobox", autocomplete: "off", spellcheck: "false", enterkeyhint: "go",
    "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list", "aria-label": t("palette-label"),
  });
  const count = h("p", { class: "palette-count", role: "status" });
  const list = h("div", { id: "palette-list", role: "listbox", "aria-label": t("palette-label") });
  const dialog = h("dialog", { class: "palette", "aria-label": t("palette-label") },
    h("div", { class: "palette-top" }, icon("search"), input, count,
      h("button", { type: "button", class: "quiet palette-close", "aria-label": t("close"), on: { click: () => dialog.close() } }, icon("x"))),
    list,
    h("p", { class: "palette-foot" },
      ...[["↑ ↓", "palette-choose"], [t("key-enter"), "palette-do"], [t("key-tab"), "palette-more"], [t("key-escape"), "close"]]
        .map(([key, words]) => h("span", {}, h("kbd", {}, key), ` ${t(words)}`)),
      h("span", { class: "palette-aliases" }, t("palette-aliases"))));

  const draw = () => {
    const words = wordsOf(input.value);
    shown = within ? within.filter((entry) => rank(entry, words, input.value)) : best(all, words, input.value);
    chosen = Math.min(chosen, Math.max(0, shown.length - 1));
    const nodes = [];
    for (const group of new Set(shown.map((entry) => entry.group))) {
      const members = shown.filter((entry) => entry.group === group);
      if (!members.length) continue;
      nodes.push(h("div", { role: "group", "aria-labelledby": `palette-${group}` },
        h("p", { class: "palette-group", id: `palette-${group}`, role: "presentation" }, t(`palette-${group}`)),
        ...members.map((entry) => option(entry, shown.indexOf(entry), words, run))));
    }
    list.replaceChildren(...(nodes.length ? nodes : [h("p", { class: "palette-none", role: "presentation" }, t("palette-none"))]));
    say(count, tn("results", shown.length));
    mark();
  };
  const mark = () => {
    for (const each of list.querySelectorAll("[role=option]")) each.setAttribute("aria-selected", String(Number(each.dataset.place) === chosen));
    const held = list.querySelector("[aria-selected=true]");
    if (held) input.setAttribute("aria-activedescendant", held.id);
    else input.removeAttribute("aria-activedescendant");
    held?.scrollIntoView({ block: "nearest" });
  };
  const run = (entry) => {
    dialog.close();
    entry.run();
  };
  const further = () => {
    const entry = shown[chosen];
    if (!entry?.more || within) return;
    [within, chosen, input.value] = [entry.more(), 0, ""];
    draw();
  };
  input.addEventListener("input", () => {
    chosen = 0;
    draw();
  });
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: MOST, PageUp: -MOST };
    if (event.key in steps) chosen = Math.max(0, Math.min(shown.length - 1, chosen + steps[event.key]));
    else if (event.key === "Tab" && !event.shiftKey) further();
    else if (event.key === "Backspace" && within && input.value === "") [within, chosen] = [null, 0];
    else if (event.key === "Enter" && !event.isComposing) {
      if (shown[chosen]) run(shown[chosen]);
    } else return;
    event.preventDefault();
    if (event.key === "Backspace") draw();
    else if (dialog.open) mark();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus?.({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  draw();
  input.focus();
  return () => {
    if (!dialog.open) return;
    all = entries();
    draw();
  };
}

function option(entry, place, words, run) {
  const name = marked(entry.name, words);
  return h("div",
    { role: "option", id: `palette-${place}`, class: "palette-option", "aria-selected": "false", data: { place }, on: { click: () => run(entry) } },
    icon(entry.iconName ?? "play"),
    h("span", { class: "palette-name" }, ...name),
    entry.note ? h("span", { class: "palette-note" }, entry.note) : null,
    entry.key ? h("kbd", {}, entry.key) : null);
}

/** A name with what was found in it marked. */
function marked(name, words) {
  const found = words.length ? match(words, name) : null;
  if (!found) return [name];
  const letters = [...name];
  const nodes = [];
  let at = 0;
  for (const [from, to] of found.marks.sort((one, other) => one[0] - other[0])) {
    if (from < at) continue;
    nodes.push(letters.slice(at, from).join(""), h("mark", {}, letters.slice(from, to).join("")));
    at = to;
  }
  return [...nodes, letters.slice(at).join("")];
}

function best(all, words, query) {
  const ranked = all
    .map((entry) => ({ entry, score: words.length ? rank(entry, words, query) : entry.hidden ? 0 : 1 }))
    .filter(({ score }) => score)
    .sort((one, other) => other.score - one.score);
  const of = (group) => ranked.filter(({ entry }) => entry.group === group);
  // What begins a word goes before what is somewhere inside one; alike, the groups keep their order.
  const tier = (group) => TIERS.findLastIndex((least) => (of(group)[0]?.score ?? 0) >= least);
  const order = words.length ? [...GROUPS].sort((one, other) => tier(other) - tier(one)) : GROUPS;
  return order.flatMap((group) => of(group).slice(0, MOST).map(({ entry }) => entry));
}

/** Somewhere inside a word; where a word begins; the short form. */
const TIERS = [0, 15, 50, 1000];
const AFTER = 45;
const BESIDE = 40;
const ALIAS = 1000;

/** How well an entry answers; 0 where it does not. */
function rank(entry, words, query) {
  if (!words.length) return 1;
  // A member's gestures are found by the name and what is wanted: the name alone finds the member.
  if (entry.two && words.length < 2) return 0;
  if (entry.aliases?.some((alias) => fold(alias) === fold(query).trim())) return ALIAS;
  const found = match(words, entry.name);
  if (found) return Math.max(1, found.score / words.length - (entry.after ? AFTER : 0));
  // What stands beside the name is found too, by whole beginnings alone, and comes after.
  const beside = match(words, `${entry.name} ${entry.note ?? ""} ${entry.aliases?.join(" ") ?? ""}`);
  return beside && beside.score / words.length > BESIDE ? BESIDE / 2 : 0;
}
