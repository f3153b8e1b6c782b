/** The roll call: a few letters and Entrée for who is present, one key for the rest; recorded as a whole at the end. */

import { h, icon, say } from "./dom.js";
import { openLayer } from "./layer.js";
import { match, wordsOf } from "./match.js";
import { t, tn } from "./page.js";

const KEYS = { e: "excused", d: "left", p: "present" };
const MARKS = { present: ["check", "ok"], excused: ["circle", "wait"], left: ["log-out", "wait"], proxy: ["corner-down-right", "wait"], none: ["circle", ""] };

/**
 * Open the roll call. What is called is kept with every key under `rollcall`, until `send(kind, {data})` has recorded it:
 * arrivals, excuses, departures, then proxies, each in one entry.
 */
export function openRollCall(people, kept, send) {
  const called = kept.read("rollcall", {});
  let chosen = null;
  const input = h("input", {
    type: "text", id: "rollcall-input", role: "combobox", autocomplete: "off", spellcheck: "false", enterkeyhint: "go",
    "aria-controls": "rollcall-list", "aria-expanded": "true", "aria-autocomplete": "list", "aria-describedby": "rollcall-hint rollcall-problem",
  });
  const list = h("div", { id: "rollcall-list", class: "rollcall", role: "listbox", "aria-label": t("rollcall-title") });
  const problem = h("p", { id: "rollcall-problem", class: "problem", role: "alert" });
  const sum = h("p", { class: "note", role: "status" });

  /** {choice: present, excused, left or proxy, to}; what was said here before what the room says. */
  const stateOf = (member) => {
    if (called[member.id]) return called[member.id];
    const to = people.room.proxies[member.id];
    if (member.presence !== "present" && to) return { choice: "proxy", to, known: true };
    return { choice: member.presence ?? "none", known: true };
  };
  const typed = () => {
    const parts = /^\s*([edpv])\s+(\S.*)$/i.exec(input.value);
    const key = parts ? parts[1].toLowerCase() : "p";
    const [first, second] = (parts ? parts[2] : input.value).split(/\s*[,>]\s*/);
    return { key, first: first ?? "", second };
  };
  const found = (text) => {
    const words = wordsOf(text);
    if (!words.length) return people.members;
    return people.members
      .map((member) => ({ member, score: match(words, member.name)?.score }))
      .filter(({ score }) => score !== undefined)
      .sort((one, other) => other.score - one.score)
      .map(({ member }) => member);
  };
  const draw = () => {
    const shown = found(typed().first);
    if (!shown.includes(chosen)) chosen = typed().first ? (shown[0] ?? null) : (shown.find((member) => stateOf(member).choice === "none") ?? shown[0] ?? null);
    list.replaceChildren(...shown.map((member) => row(member, stateOf(member), member === chosen)));
    const held = list.querySelector("[aria-selected=true]");
    if (held) input.setAttribute("aria-activedescendant", held.id);
    else input.removeAttribute("aria-activedescendant");
    held?.scrollIntoView({ block: "nearest" });
    const there = people.members.filter((member) => stateOf(member).choice === "present").length;
    const proxies = people.members.filter((member) => stateOf(member).choice === "proxy").length;
    const left = people.members.filter((member) => stateOf(member).choice === "none").length;
    say(sum, [tn("rollcall-present", there, { total: people.members.length }), tn("quorum-represented", proxies), left ? tn("rollcall-left", left) : t("rollcall-done")].join(", "));
  };
  const row = (member, { choice, to }, isChosen) => {
    const [iconName, tone] = MARKS[choice] ?? MARKS.none;
    const words = choice === "proxy" ? t("presence-proxy", { name: people.member(to)?.name ?? "" }) : choice === "none" ? "" : t(`presence-${choice}`);
    return h("div",
      { role: "option", id: `rollcall-${member.id}`, class: `rollcall-row ${tone}`, "aria-selected": String(isChosen), on: { click: () => tap(member) } },
      icon(iconName), h("span", { class: "rollcall-name" }, member.name), h("span", { class: "note" }, people.groupName(member.group)), h("span", { class: "rollcall-state" }, words));
  };
  const note = (member, state) => {
    called[member.id] = state;
    kept.write("rollcall", called);
    input.value = "";
    say(problem, "");
    // On to the next who was not called yet, from here on.
    const from = people.members.indexOf(member) + 1;
    const turn = [...people.members.slice(from), ...people.members.slice(0, from)];
    chosen = turn.find((each) => stateOf(each).choice === "none") ?? turn[0] ?? null;
    draw();
  };
  const tap = (member) => {
    const order = ["present", "excused", "none"];
    const now = stateOf(member).choice;
    note(member, { choice: order[(order.indexOf(now) + 1) % order.length] });
    input.focus({ preventScroll: true });
  };
  const enter = (excused) => {
    const { key, first, second } = typed();
    if (!chosen) return say(problem, t("line-nobody"));
    if (key !== "v") return note(chosen, { choice: excused ? "excused" : KEYS[key] });
    const holder = second ? found(second).find((member) => member !== chosen) : null;
    if (!first || !holder) return say(problem, t("rollcall-proxy-how"));
    if (stateOf(holder).choice !== "present") return say(problem, t("rollcall-holder-away", { name: holder.name }));
    return note(chosen, { choice: "proxy", to: holder.id });
  };
  input.addEventListener("input", () => {
    chosen = null;
    say(problem, "");
    draw();
  });
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key === "Enter") enter(event.shiftKey);
    else if (event.key in steps) {
      const shown = found(typed().first);
      chosen = shown[Math.max(0, Math.min(shown.length - 1, shown.indexOf(chosen) + steps[event.key]))] ?? null;
      draw();
    } else return;
    event.preventDefault();
  });
  const record = () => {
    const of = (choice) => people.members.filter((member) => called[member.id]?.choice === choice && member.presence !== choice).map((member) => member.id);
    for (const [kind, choice] of [["member.arrived", "present"], ["member.left", "left"], ["member.excused", "excused"]]) {
      const members = of(choice);
      if (members.length) send(kind, { data: { members } });
    }
    const proxies = people.members.filter((member) => called[member.id]?.choice === "proxy").map((member) => ({ from: member.id, to: called[member.id].to }));
    if (proxies.length) send("proxy.given", { data: { proxies } });
    kept.write("rollcall", null);
    return true;
  };
  openLayer({
    title: t("rollcall-title"), narrow: false, closeLabel: t("close-kept"),
    body: [
      h("div", { class: "field" }, h("label", { for: "rollcall-input" }, t("rollcall-label")), input, h("p", { class: "note", id: "rollcall-hint" }, t("rollcall-help")), problem),
      list, sum,
    ],
    confirm: { label: t("rollcall-record"), iconName: "check", run: record },
  });
  draw();
  input.focus();
}
