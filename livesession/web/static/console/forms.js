/** What a script adds to the plain forms: members by group, all at once, counts as one goes, doors that moved meanwhile. */

import { byId, button, h, say } from "./dom.js";
import { page, t, tn } from "./page.js";
import { Stream } from "./stream.js";

const NUMBERS = ["for", "against", "abstention", "not_voting", "blank", "null"];

for (const ticks of document.querySelectorAll("[data-people]")) people(ticks);
for (const votes of document.querySelectorAll("[data-votes]")) names(votes);
for (const form of document.querySelectorAll(".form form")) counting(form);
byId(decodeURIComponent(location.hash.slice(1)))?.setAttribute("open", "");
for (const refused of document.querySelectorAll(".form .failure")) show(refused);
watch();

/** What a refusal says stands beside the field that it is about. */
function show(refused) {
  const first = refused.closest("form").querySelector("[aria-invalid]");
  first?.closest(".field, .check").before(refused);
  (first ?? refused).focus();
  refused.scrollIntoView({ block: "center" });
}

/** A list to tick: a group alone, and everybody who is shown at once. */
function people(ticks) {
  const rows = [...ticks.children];
  const count = h("p", { class: "note", role: "status" });
  const told = () => say(count, tn("ticked", ticks.querySelectorAll("input:checked").length));
  const tick = (checked) => {
    for (const row of rows) if (!row.hidden) row.querySelector("input").checked = checked;
    told();
  };
  ticks.addEventListener("change", told);
  ticks.before(
    h("div", { class: "tools" }, groups(rows), button(t("tick-all"), { class: "quiet", onclick: () => tick(true) }), button(t("tick-none"), { class: "quiet", onclick: () => tick(false) })),
  );
  ticks.after(count);
  told();
}

/** Votes by name: « Tous pour, sauf… » fills in everybody who is shown and has a voice. */
function names(votes) {
  const rows = [...votes.querySelectorAll(".pair")];
  const set = (choice) => {
    for (const row of rows) if (!row.hidden && "voice" in row.dataset) row.querySelector("select").value = choice;
    votes.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const all = ["for", "against", "abstention"].map((choice) => button(t(`all-${choice}`), { class: "quiet", onclick: () => set(choice) }));
  rows[0]?.before(h("div", { class: "tools" }, groups(rows), ...all));
}

/** Which group is shown; the names are the labels of the page's own lists. */
function groups(rows) {
  const found = [...new Set(rows.map((row) => row.dataset.group))].filter(Boolean);
  if (found.length < 2) return null;
  const select = h("select", { "aria-label": t("group-shown") }, h("option", { value: "" }, t("every-group")), ...found.map((id) => h("option", { value: id }, page.groups[id] ?? id)));
  select.addEventListener("change", () => {
    for (const row of rows) row.hidden = select.value !== "" && row.dataset.group !== select.value;
  });
  return select;
}

/** « 50 voix notées sur 51 » */
function counting(form) {
  const sum = form.querySelector("[data-sum]");
  if (!sum) return;
  const voices = Number(sum.dataset.sum);
  const told = () => {
    const chosen = [...form.querySelectorAll("[data-votes] select")].filter((select) => select.value).length;
    const typed = NUMBERS.map((name) => Number.parseInt(form.elements.namedItem(name)?.value, 10) || 0).reduce((a, b) => a + b, 0);
    const candidates = [...form.querySelectorAll("[name$=-voices]")].map((input) => Number.parseInt(input.value, 10) || 0).reduce((a, b) => a + b, 0);
    const noted = chosen || typed + candidates;
    say(sum, noted ? (voices ? t("noted-of", { n: noted, total: voices }) : tn("noted", noted)) : "");
  };
  form.addEventListener("input", told);
  told();
}

/** The doors close or open while somebody fills in a form: said at once, and shown. What is typed stays. */
function watch() {
  let inside = null;
  const stream = new Stream(() => page.seq);
  stream.addEventListener("message", ({ detail: { state } }) => {
    if (!state) return;
    const now = state.closed_part || state.public === false;
    inside ??= document.body.classList.contains("inside") || state.public === false;
    if (now === inside) return;
    inside = now;
    document.body.classList.toggle("inside", now);
    byId("doors-moved").hidden = false;
    say(byId("doors-moved"), t(now ? "doors-closed-meanwhile" : "doors-opened-meanwhile"));
  });
  stream.open();
}
