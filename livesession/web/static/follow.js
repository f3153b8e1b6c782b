/* The public page, followed: takes up where the server left it, and goes on in place.
   Without this script the page is complete as it was served. */

const live = globalThis[Symbol.for("livesession")];
const root = document.getElementById("register");
const { h } = live;

const icon = (name) =>
  h("svg", { class: "icon", "aria-hidden": "true", width: "20", height: "20" }, h("use", { href: `${root.dataset.icons}#${name}` }));

/** The thread as the page shows it. Of an entry only its text can change later, so only that is read back. */
function takeUp() {
  const thread = new live.Thread(root.dataset.epoch);
  const state = JSON.parse(root.dataset.state);
  thread.pos = Number(root.dataset.head);
  thread.adopt(thread.pos, state);
  thread.agendaSeen = thread.pos > 0;
  thread.assembly = state.assembly;
  for (const item of JSON.parse(root.querySelector('[data-part="agenda"]').dataset.items)) {
    thread.items.set(item.id, { ...item, openedAt: null });
    if (item.status === "current") thread.current = item.id;
  }
  const current = thread.items.get(thread.current);
  if (current) Object.assign(current, { rapporteur: state.item?.rapporteur, openedAt: state.item?.opened_at ?? null });
  for (const row of [...root.querySelectorAll(".entry")].reverse()) {
    const { pos, kind, item = null } = row.dataset;
    const view = { id: row.id.slice(2), pos: Number(pos), kind, at: row.querySelector("time").dateTime, item, corrections: [] };
    if (kind === "vote.recorded") view.vote = {};
    if (kind === "update.posted") view.text = row.querySelector(".text")?.textContent;
    thread.entries.set(view.id, view);
  }
  return thread;
}

const thread = takeUp();
const t = live.words(document.documentElement.lang);
const builder = new live.Builder({ t, icon, agendaLinks: true });
const view = new live.View(root, { builder, items: thread.items });
view.refresh(thread);

const announce = root.querySelector('[data-part="announce"]');
announce.hidden = false;

const reader = new live.Reader(new URL(root.dataset.page, location).href, heard, { thread });

function heard(event, detail) {
  if (event === "ready") view.show(reader.thread);
  else if (event === "change") view.change(detail, reader.thread);
  else if (event === "state" && reader.ready) view.refresh(reader.thread);
  else if (event === "status") view.showStatus(detail, reader.heard);
}

reader.start();
