/* The public page, followed: takes up where the server left it, and goes on in place.
   Without this script the page is complete as it was served. */

const live = globalThis[Symbol.for("livesession")];
const root = document.getElementById("register");
const { h } = live;
const report = document.querySelector("[data-report]");
const more = JSON.parse(root.dataset.more);

const icon = (name) =>
  h("svg", { class: "icon", "aria-hidden": "true", width: "20", height: "20" }, h("use", { href: `${root.dataset.icons}#${name}` }));

/* ---- Words: the widget's, and those that the page brings along for what it alone tells. ---- */

const common = live.words(document.documentElement.lang);
const many = (n) => (common.language === "fr" ? n >= 2 : n !== 1);

function t(id, parameters = {}) {
  const found = more.words[id];
  if (found === undefined) return common(id, parameters);
  const sentence = Array.isArray(found) ? found[many(parameters.n) ? 1 : 0] : found;
  return sentence.replace(/\{(\w+)\}/g, (_, name) => parameters[name] ?? "");
}

const HOUR_MS = 3_600_000;

/** The time on the council's clock; with its zone in the hour that a clock put back shows twice. */
function time(moment, zone) {
  const shown = common.time(moment, zone);
  const at = new Date(moment).getTime();
  if (common.time(at - HOUR_MS, zone) !== shown && common.time(at + HOUR_MS, zone) !== shown) return shown;
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(at);
  const offset = parts.find(({ type }) => type === "timeZoneName").value.replace(/^(GMT|UTC)/, "");
  return `${shown} (UTC${offset.replace("\u2212", "-") || "+0"})`;
}

Object.assign(t, { language: common.language, time, date: common.date });

const nameOf = ({ name, group, role }) => (group ?? role ? t("name-group", { name, group: group ?? role }) : name);
const namesOf = (people) => people.map(nameOf).join(", ");
const voicesOf = (name, n) => t(`voices-${name}`, { n });

const CHOICES = ["for", "against", "abstention", "not_voting", "blank"];
const OTHERS = ["not_voting", "blank", "null"];

/* ---- The thread, with the room: who is there, who speaks, who writes the minutes. ---- */

function voteView({ entry, reason, ...data }) {
  if (!("for" in data)) return { ...data, total: 0, unanimous: false, ends: [0, 0] };
  const vote = live.voteView(data);
  return { ...vote, unanimous: vote.unanimous && !OTHERS.some((name) => data[name]) };
}

class PageThread extends live.Thread {
  constructor(epoch) {
    super(epoch);
    this.present = new Set(more.present);
    this.proxies = new Map(Object.entries(more.proxies));
    this.joined = new Map(Object.entries(more.joined));
    this.subjects = new Map(Object.entries(more.subjects));
    this.secretaries = more.secretaries;
  }

  adopt(pos, state) {
    super.adopt(pos, state);
    this.state.secretaries = this.secretaries;
  }

  take(pos, entry) {
    const data = entry.data ?? {};
    const before = entry.kind === "vote.corrected" && this.entries.get(data.entry);
    const was = before && (before.was ?? plainVote(before.vote));
    const holders = before?.vote?.holders;
    const corrected = before?.corrections?.length;
    const held = this.items.get(entry.item)?.vote;
    const last = this.state.last_vote?.entry;
    const taken = super.take(pos, entry);
    AGENDA[entry.kind]?.call(this, entry, data);
    const view = this.entries.get(entry.id);
    if (view) {
      view.quote = data.quote;
      view.data = entry.data;
    }
    if (view && !entry.erased && (entry.kind === "vote.recorded" || entry.kind === "decision.released")) this.vote(view, entry, data, held);
    if (before?.vote) {
      this.replaceVote(before, { ...voteView(data), holders });
      delete before.was;
      before.corrections.splice(corrected, 1, { at: entry.at, before: was, reason: data.reason ?? null });
    } else if (entry.kind === "vote.corrected") this.replaceVote({ id: data.entry }, voteView(data));
    if (entry.kind === "update.retracted") {
      if (!this.entries.has(data.entry)) this.replaceVote({ id: data.entry }, null);
      if (last === data.entry) this.state.last_vote = this.lastVote();
    }
    return taken;
  }

  /** The vote of an entry, which the agenda may show where the thread on this page does not. */
  replaceVote(view, vote) {
    const held = vote && { ...vote, entry: view.id };
    for (const item of this.items.values()) if (item.vote?.entry === view.id) item.vote = held;
    view.vote = held;
  }

  /** The last vote that holds; null where this page does not know it, for an older one would be taken for it. */
  lastVote() {
    const view = [...this.entries.values()].filter(({ vote }) => vote).pop();
    const told = view && [view.vote, ...[...this.items.values()].map(({ vote }) => vote)].find((vote) => vote?.result && vote.entry === view.id);
    return told ? { ...told, item: view.item, at: view.at } : null;
  }

  vote(view, entry, data, held) {
    // Who gave whose voice behind closed doors was not said when the decision was released.
    const proxies = data.votes && entry.kind === "vote.recorded" ? this.proxies : [];
    view.vote = { ...voteView(data), entry: entry.id, holders: new Map(proxies) };
    view.vote.subject = data.subject ?? this.subjects.get(data.motion) ?? data.title ?? (data.matter ? t(`matter-${data.matter}`) : null);
    const item = this.items.get(entry.item);
    // The vote on the item itself is not pushed away by later ones on a part of it.
    if (item) item.vote = held?.decision && !data.decision ? held : view.vote;
  }

  open(id, entry) {
    super.open(id, entry);
    this.together(id, "current");
  }

  leave() {
    this.together(this.current, "done");
    super.leave();
  }

  together(lead, status) {
    for (const [id, with_] of this.joined) if (with_ === lead && this.items.has(id)) this.items.get(id).status = status;
  }

  countItems() {
    super.countItems();
    const listed = [...this.items.values()].filter(({ kind }) => kind !== "heading");
    this.state.items.done = listed.filter(({ status }) => status !== "to_come" && status !== "current").length;
  }

  advance(entry, data) {
    super.advance(entry, data);
    const { state } = this;
    if (entry.kind === "president.named") state.president = data.members?.[0] ?? null;
    if (entry.kind === "secretary.named") state.secretaries = this.secretaries = data.members ?? [];
    if (/^(item\.(opened|closed)|closed_part\..*)$/.test(entry.kind)) state.speakers = [];
    if (/^speech\.(requested|waived|begun)$/.test(entry.kind)) {
      const named = data.members ?? [];
      const waiting = (state.speakers ?? []).filter(({ id }) => !named.some((one) => one.id === id));
      state.speakers = entry.kind === "speech.requested" ? [...waiting, ...named] : waiting;
    }
    const last = this.entries.get(entry.id)?.kind === "vote.recorded" && !entry.erased;
    if (last) state.last_vote = { subject: this.subjects.get(data.motion), ...state.last_vote };
  }
}

/* What entries change in the agenda besides what is open. */
const AGENDA = {
  "item.postponed": setAside,
  "item.withdrawn": setAside,
  "item.added"(entry, data) {
    if (entry.erased || !entry.item) return;
    const why = data.information_only ? t("added-information") : t("added-because", { article: data.article ?? "" });
    const item = { id: entry.item, number: data.number ?? "", title: data.title ?? null, kind: "item", public: true, status: "to_come" };
    const depth = this.items.get(data.after)?.depth ?? 0;
    place(this, { ...item, depth, entry: null, openedAt: null, vote: null, documents: [], aside: null, notes: [[why, data.reason ?? null]] }, data.after, false);
    this.countItems();
  },
  "item.reordered"(entry, data) {
    const item = this.items.get(entry.item);
    if (!item) return;
    this.items.delete(entry.item);
    place(this, item, data.after, true);
  },
  "item.joined"({ item: lead }, data) {
    for (const id of data.items ?? []) {
      this.joined.set(id, lead);
      const item = this.items.get(id);
      if (item) item.notes = [...(item.notes ?? []), [t("joined-to", { items: this.items.get(lead)?.number ?? "" }), null]];
    }
  },
  "document.attached"(entry, { title, url }) {
    const item = this.items.get(entry.item);
    if (item && !entry.erased) item.documents = [...(item.documents ?? []), { title, url }];
  },
  "motion.tabled"({ id }, { type, title }) {
    if (title) this.subjects.set(id, t("motion-subject", { kind: t(more.words[`kind-${type}`] ? `kind-${type}` : "kind-motion"), title }));
  },
};

function setAside({ kind, item: id }, { reason }) {
  const item = this.items.get(id);
  if (!item) return;
  if (id === this.current) this.leave();
  Object.assign(item, { status: kind.slice("item.".length), aside: reason ?? null });
  this.countItems();
}

/** Behind an item of the agenda, else at its front or its end. */
function place(thread, item, after, front) {
  const rows = [...thread.items.values()];
  const found = rows.findIndex(({ id }) => id === after);
  rows.splice(found >= 0 ? found + 1 : front ? 0 : rows.length, 0, item);
  thread.items = new Map(rows.map((row) => [row.id, row]));
}

function resultOf(vote) {
  if (vote.result === "elected") return t("result-elected", { names: vote.elected.join(", "), n: vote.elected.length });
  const unanimous = { adopted: !vote.against && vote.for > 0, rejected: !vote.for && vote.against > 0 }[vote.result] && !vote.abstention;
  return t(`result-${vote.result}${unanimous && !OTHERS.some((name) => vote[name]) ? "-unanimous" : ""}`);
}

function numbersOf(vote) {
  const candidates = (vote.candidates ?? []).map(({ name, voices }) => `${name}\u00a0${voices}`);
  const always = vote.candidates ? [] : ["for", "against", "abstention"];
  const counted = [...always, ...OTHERS.filter((name) => vote[name])].map((name) => voicesOf(name, vote[name] ?? 0));
  return [...candidates, ...counted].join(", ");
}

const plainVote = (vote) => (vote?.result ? `${resultOf(vote)}, ${numbersOf(vote)}` : "");

const MANY = 6;
const PEOPLE = /^(president\.named|secretary\.named|member\.(arrived|left|excused|recused)|proxy\.revoked|speech\.begun)$/;
const WEB = /^https?:\/\//;

/* ---- What the page shows that the widget has no room for. ---- */

class PageBuilder extends live.Builder {
  /** A time that stands among words: with its day, where that is not the sitting's first. */
  time(moment) {
    const { timezone, opened_at, starts } = this.state;
    const shown = t.time(moment, timezone);
    const first = opened_at ?? starts;
    if (!first || t.date(first, timezone) === t.date(moment, timezone)) return shown;
    const locale = t.language === "fr" ? "fr-FR" : "en-GB";
    const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: timezone }).format(new Date(moment));
    return `${shown}, ${day.replace(" ", "\u00a0").replace(/^1(?=\D)/, t.language === "fr" ? "1er" : "1")}`;
  }

  entry(view) {
    const node = super.entry(view);
    // The widget writes addresses from the page it stands for; here that is this very page.
    const [home] = location.pathname.match(/.*\/s\/[^/]+/) ?? [""];
    for (const image of node.querySelectorAll("img")) image.setAttribute("src", home + image.getAttribute("src"));
    node.append(h("a", { class: "report", href: `${report.getAttribute("href")}?entry=${view.id}` }, report.textContent));
    const shown = t.time(view.at, this.state.timezone);
    node.querySelector("time").textContent = shown;
    node.querySelector(".at").setAttribute("aria-label", t("permalink", { time: shown }));
    if (view.kind === "decision.released") node.classList.replace("event", "vote");
    return node;
  }

  facts() {
    const { state } = this;
    const facts = super.facts();
    if (live.toneOf(state) !== "open" || !state.speakers?.length) return facts;
    const rest = state.speakers.length - 3;
    const names = namesOf(state.speakers.slice(0, 3)) + (rest > 0 ? `, +${rest}` : "");
    const before = [state.item?.rapporteur, state.speaker].filter(Boolean).length;
    facts.splice(before, 0, h("div", {}, h("dt", {}, t("speakers")), h("dd", { dir: "auto" }, names)));
    return facts;
  }

  quorumTold(quorum) {
    const state = quorum.waived ? "waived" : quorum.met ? "met" : "lost";
    const rest = ["represented", "recused"].filter((name) => quorum[name]).map((name) => t(`quorum-${name}`, { n: quorum[name] }));
    return [t(`quorum-${state}`, quorum), ...rest].join(" ");
  }

  chair() {
    const { president, secretaries = [] } = this.state;
    const said = (label, names) => h("span", {}, `${label} `, h("b", { dir: "auto" }, names));
    return [
      president && said(t("president"), nameOf(president)),
      secretaries.length > 0 && said(t("secretaries", { n: secretaries.length }), namesOf(secretaries)),
    ];
  }

  voteLine(vote) {
    return "for" in vote ? super.voteLine(vote) : resultOf(vote);
  }

  item(item) {
    const node = super.item(item);
    const words = node.querySelector(".item-words");
    if (!words) return node;
    const note = (sentence, reason) => h("span", { class: "item-result" }, sentence, this.reason(reason));
    const aside = ["postponed", "withdrawn"].includes(item.status);
    const notes = [...(aside ? [[t(`aside-${item.status}`), item.aside]] : []), ...(item.notes ?? [])];
    words.firstElementChild.after(...notes.map(([sentence, reason]) => note(sentence, reason)));
    const papers = (item.documents ?? []).filter(({ url }) => WEB.test(url));
    words.lastElementChild.before(...papers.map(({ title, url }) => this.said(title, "a", { class: "paper", href: url, rel: "noopener noreferrer nofollow" })));
    if (aside && item.public !== false) node.firstElementChild.replaceWith(this.icon(item.status === "postponed" ? "clock" : "undo-2"));
    return node;
  }

  event(view) {
    const node = super.event(view);
    const { title, url, members = [], proxies = [] } = view.data ?? {};
    if (view.kind === "document.attached" && WEB.test(url ?? "")) {
      node.lastElementChild.replaceWith(this.said(title, "a", { href: url, rel: "noopener noreferrer nofollow" }));
      return node;
    }
    // More people than a sentence names are counted there, and listed on demand.
    const listed = PEOPLE.test(view.kind) && members.length > MANY ? members.map(nameOf) : [];
    const given = view.kind === "proxy.given" && proxies.length > 1 ? proxies.map(({ from, to }) => t("proxy", { giver: nameOf(from), holder: nameOf(to) })) : [];
    const people = [...listed, ...given];
    if (!people.length) return node;
    const names = h("p", { dir: "auto" }, people.join(", "));
    return [node, h("details", { class: "people" }, h("summary", {}, t("others", { n: people.length })), names)];
  }

  update(view) {
    const built = super.update({ ...view, said: null });
    return view.quote && view.text !== undefined ? [h("p", { class: "quoted" }, t("quote", { name: nameOf(view.quote) })), built] : built;
  }

  vote(view) {
    const { vote } = view;
    const node = super.vote({ ...view, vote: { ...vote, result: "adopted", for: vote.for ?? 0 } });
    node.querySelector(".vote-result").textContent = resultOf(vote);
    const others = OTHERS.filter((name) => vote[name]).map((name) => voicesOf(name, vote[name]));
    if (!("for" in vote)) {
      node.querySelector(".bar")?.remove();
      const rows = (vote.candidates ?? []).map(({ name, voices }) => h("li", { dir: "auto" }, t("candidate", { name, n: voices })));
      node.querySelector(".voices")?.replaceWith(h("ul", { class: "candidates" }, rows, others.map((words) => h("li", {}, words))));
    } else if (others.length) node.querySelector(".voices")?.after(h("p", { class: "vote-others" }, others.join(", ")));
    const line = [t(`ballot-${vote.ballot ?? "show_of_hands"}`).replace(/, $/, "")];
    if (vote.round) line.push(t("round", vote));
    if ("for" in vote) line.push(t("voices", { n: vote.total }));
    node.querySelector(".vote-total").textContent = line.join(", ");
    return node;
  }

  besides({ kind, vote, corrections }) {
    const note = (words) => h("p", { class: "vote-note" }, words);
    const notes = [
      kind === "decision.released" && note(t("released")),
      vote.decision && note(t("decision", { number: vote.decision })),
      vote.casting && note(t("casting")),
      ["absolute", "qualified"].includes(vote.majority) && note(t(`majority-${vote.majority}-${vote.of ?? "cast"}`, vote)),
      vote.secrecy_waived && note(t("secrecy-waived")),
      vote.quorum_reason && h("p", { class: "note passed" }, h("strong", {}, t("quorum-passed")), this.reason(vote.quorum_reason)),
    ];
    const rectified = corrections.map((correction) => this.correction(correction, (before) => h("s", {}, before)));
    return [notes, this.particulars(vote), rectified];
  }

  particulars(vote) {
    const row = (term, value, attributes = {}) => h("div", {}, h("dt", attributes, term), h("dd", {}, value));
    const voice = (person) => {
      const holder = vote.holders?.get(person.id);
      return h("li", { dir: "auto" }, holder ? t("voice-of", { name: nameOf(person), holder: holder.name }) : nameOf(person));
    };
    const groups = (vote.groups ?? []).map((group) =>
      row(group.group, CHOICES.filter((name) => group[name]).map((name) => voicesOf(name, group[name])).join(", "), { dir: "auto" }),
    );
    const names = CHOICES.filter((choice) => vote.votes?.[choice]?.length).map((choice) =>
      row(`${t(`choice-${choice}`)} (${vote.votes[choice].length})`, h("ul", { class: "people-list" }, vote.votes[choice].map(voice))),
    );
    if (!groups.length && !names.length && !vote.quorum) return null;
    return h(
      "details",
      { class: "vote-more" },
      h("summary", {}, t("more")),
      groups.length > 0 && h("dl", { class: "vote-list", "aria-label": t("by-group") }, groups),
      names.length > 0 && h("dl", { class: "vote-list" }, names),
      vote.source && h("p", { class: "vote-note" }, t(`source-${vote.source}`)),
      vote.quorum && h("p", { class: "vote-note" }, this.quorumTold(vote.quorum)),
    );
  }

}

/** The page keeps who presides up to date, and the day above the entries of a sitting of several. */
class PageView extends live.View {
  choose(name) {
    // Of a thread in pages, the votes stand on all of them.
    if (name === "votes" && root.querySelector(".pages")) location.assign(`${root.dataset.page}?votes=1`);
    else super.choose(name);
  }

  refresh(thread) {
    super.refresh(thread);
    const fresh = h("p", { class: "sub chair", "data-part": "chair" }, this.builder.chair());
    const chair = this.part("chair");
    if (chair.innerHTML !== fresh.innerHTML) chair.replaceWith(fresh);
  }

  insert(view, thread) {
    const day = (at) => t.date(at, thread.state.timezone);
    const top = this.list.firstElementChild;
    const latest = this.list.querySelector(".entry time")?.dateTime;
    const turned = latest !== undefined && day(latest) !== day(view.at);
    const marked = top?.matches(".day");
    if (marked && !turned) top.remove();
    if (turned && !marked) this.list.prepend(h("li", { class: "day" }, day(latest)));
    const node = super.insert(view, thread);
    if (turned || marked) this.list.prepend(h("li", { class: "day" }, day(view.at)));
    return node;
  }
}

/** The thread as the page shows it. Of an entry only its text can change later, so only that is read back. */
function takeUp() {
  const thread = new PageThread(root.dataset.epoch);
  const state = JSON.parse(root.dataset.state);
  thread.pos = Number(root.dataset.head);
  thread.adopt(thread.pos, state);
  thread.agendaSeen = thread.pos > 0;
  thread.assembly = state.assembly;
  for (const item of JSON.parse(root.querySelector('[data-part="agenda"]').dataset.items)) thread.items.set(item.id, { ...item, openedAt: null });
  // Items that are taken together are current together; the one that was called is the sitting's.
  thread.current = state.item?.id ?? null;
  const current = thread.items.get(thread.current);
  if (current) Object.assign(current, { rapporteur: state.item.rapporteur, openedAt: state.item.opened_at ?? null });
  for (const row of [...root.querySelectorAll(".entry")].reverse()) {
    const { pos, kind, item = null } = row.dataset;
    const view = { id: row.id.slice(2), pos: Number(pos), kind, at: row.querySelector("time").dateTime, item, corrections: [] };
    const result = row.querySelector(".vote-result");
    if (result) {
      view.vote = {};
      view.was = [result, ...row.querySelectorAll(".voices li, .vote-others")].map((said) => said.textContent.replace(/\s+/g, " ").trim()).join(", ");
    }
    if (kind === "update.posted") view.text = row.querySelector(".text")?.textContent;
    thread.entries.set(view.id, view);
  }
  return thread;
}

const thread = takeUp();
const builder = new PageBuilder({ t, icon, agendaLinks: true });
const view = new PageView(root, { builder, items: thread.items });
view.refresh(thread);

/* A part of the archive, or what a filter left: new entries are counted, and asked for again, not mixed in. */
if (root.dataset.live === "no") {
  const wanted = new URLSearchParams(location.search);
  const kept = (one) =>
    (!wanted.get("votes") || one.vote) && (!wanted.get("item") || [one.item, thread.items.get(one.item)?.number].includes(wanted.get("item")));
  let count = 0;
  view.take = (one) => {
    if (!kept(one)) return;
    count += 1;
    view.pending = Array(count).fill(one);
    view.showNews();
  };
  view.showPending = () => location.assign(wanted.get("page") || wanted.get("entry") ? root.dataset.page : location.href);
}

const reader = new live.Reader(new URL(root.dataset.page, location).href, heard, { thread });

function heard(event, detail) {
  // In the same history: earlier entries read otherwise now, and so do lists that only the server draws.
  if (event === "reset" && reader.thread.epoch === root.dataset.epoch) location.reload();
  else if (event === "ready") view.show(reader.thread);
  else if (event === "change") view.change(detail, reader.thread);
  else if (event === "state" && reader.ready) view.refresh(reader.thread);
  else if (event === "status") view.showStatus(detail, reader.heard);
}

const memory = root.dataset.live === "yes" ? { name: `livesession:${root.dataset.page}`, epoch: root.dataset.epoch } : null;
live.enhance?.(view, { page: new URL(root.dataset.page, location).href, memory, head: thread });
reader.start();

/* The address of an entry that stands on another page of the thread. */
const named = /^#e-([\w-]+)$/.exec(location.hash)?.[1];
if (named && !document.getElementById(`e-${named}`) && !new URLSearchParams(location.search).has("entry"))
  location.replace(`?entry=${named}#e-${named}`);
