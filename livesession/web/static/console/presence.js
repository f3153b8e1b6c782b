/** Other clerks: who is there, and who is writing on what. Says the same of this one to the others. */

import { call } from "./api.js";
import { h } from "./dom.js";
import { page, t, tn } from "./page.js";

const EVERY = 3_000;
const place = document.getElementById("clerks");
const tab = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
const address = `/console/s/${encodeURIComponent(page.slug ?? "")}/writing`;
const typing = document.getElementById("composer");
/** By the page's own clock: the machine's may be set meanwhile. */
let said = -Infinity;
let current = null;

function numberOf(item) {
  const option = [...(document.getElementById("composer-item")?.options ?? [])].find(({ value }) => value === item);
  return option?.textContent.trim() ?? "";
}

/** Tell the others, at most every few seconds; that they do not hear it harms nobody. */
function tell(doing) {
  if (doing !== "gone" && performance.now() - said < EVERY) return;
  said = doing === "gone" ? -Infinity : performance.now();
  const chosen = document.getElementById("composer-item");
  // The first choice follows the sitting's own item.
  const item = !chosen || chosen.selectedIndex <= 0 ? current : chosen.value;
  call("POST", address, { tab, doing, item }).catch(() => undefined);
}

function show({ here, writing }) {
  const others = here.filter((name) => name !== page.account.name);
  // What one writes oneself on another device is no news, nor is what a page of one's own left when it was closed.
  const busy = writing.filter((mark) => mark.tab !== tab && mark.name !== page.account.name);
  const lines = busy.map(({ name, doing, item }) => {
    const on = item ? numberOf(item) : "";
    const what = doing === "vote" ? "clerk-votes" : "clerk-writes";
    return h("span", { class: "clerk busy" }, on ? t(`${what}-on`, { name, item: on }) : t(what, { name }));
  });
  const quiet = others.filter((name) => !busy.some((mark) => mark.name === name));
  if (quiet.length) lines.push(h("span", { class: "clerk" }, tn("clerks-here", quiet.length, { name: quiet.join(", ") })));
  place.hidden = lines.length === 0;
  place.replaceChildren(...lines);
}

if (place && page.mayPost) {
  for (const type of ["hello", "entries"])
    document.addEventListener(`livesession:${type}`, ({ detail }) => {
      if (detail.state) current = detail.state.item?.id ?? null;
    });
  document.addEventListener("livesession:presence", ({ detail }) => show(detail));
  typing?.addEventListener("input", ({ target }) => {
    if (target.name === "kind" || target.id === "composer-item") return;
    const empty = target.id === "composer-text" && target.value === "";
    tell(empty ? "gone" : target.closest("#composer-vote") ? "vote" : "text");
  });
  typing?.addEventListener("submit", () => tell("gone"));
}
