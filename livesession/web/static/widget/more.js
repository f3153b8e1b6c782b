/* What readers want after the first view: announcements, search and filters, the place where they were,
   sharing, times beside times, and a small interface for programs. The widget asks for it once the sitting
   is on screen, the page brings it along. Without it everything that came first goes on. */

const live = globalThis[Symbol.for("livesession")];

/* ---- Words: French, English; where a number decides, each as singular and plural. ---- */

const SENTENCES = {
  on: ["Annonces, mettre en pause", "Announcements, pause"],
  off: ["Annonces en pause, reprendre", "Announcements paused, resume"],
  told: ["Annoncer aux lecteurs d’écran", "Announce to screen readers"],
  "told-all": ["Tout", "Everything"],
  "told-full": ["Tout, chaque vote en entier", "Everything, each vote in full"],
  "told-votes": ["Les votes, en entier", "Votes, in full"],
  "told-item": ["Point {number}", "Item {number}"],
  vote: ["Vote", "Vote"],
  corrected: ["Rectifié à {time}.", "Corrected at {time}."],
  search: ["Chercher, filtrer", "Search, filter"],
  word: ["Mot", "Word"],
  item: ["Point", "Item"],
  "item-all": ["Tous les points", "All items"],
  order: ["Ordre", "Order"],
  "order-newest": ["Les plus récentes d’abord", "Newest first"],
  "order-oldest": ["Les plus anciennes d’abord", "Oldest first"],
  "order-item": ["Par point", "By item"],
  pinned: ["Épinglé", "Pinned"],
  found: [["{n} publication", "{n} publications"], ["{n} post", "{n} posts"]],
  share: ["Partager", "Share"],
  copied: ["Adresse copiée", "Address copied"],
  "copy-failed": ["Copie refusée, l’adresse est celle de l’heure", "Copying refused, the time has the address"],
  since: [["{n} depuis votre visite", "{n} depuis votre visite"], ["{n} since your visit", "{n} since your visit"]],
  last: ["dernière publication {ago}", "last post {ago}"],
};

function wordsFor(t) {
  const column = t.language === "fr" ? 0 : 1;
  return (id, parameters = {}) => {
    const found = SENTENCES[id][column];
    const many = t.language === "fr" ? parameters.n >= 2 : parameters.n !== 1;
    const sentence = Array.isArray(found) ? found[many ? 1 : 0] : found;
    return sentence.replace(/\{(\w+)\}/g, (_, name) => parameters[name]);
  };
}

/* ---- The server's clock: a reader's own may be wrong by a day. ---- */

const SKEW_FROM_MS = 5000;
let clockAsked = false;

/** How far the server's clock is ahead of this one, in ms, where the difference matters. */
async function readClock(page) {
  if (clockAsked) return;
  clockAsked = true;
  try {
    const before = Date.now();
    const answer = await fetch(`${page}/entries?after=999999999&limit=1`, { credentials: "omit", cache: "no-store" });
    const said = Date.parse(answer.headers.get("Date"));
    const skew = said + 500 - (before + Date.now()) / 2;
    if (Math.abs(skew) > SKEW_FROM_MS) live.skew = skew;
  } catch {
    // Without an answer the reader's clock has to do.
  }
}

const now = () => Date.now() + (live.skew ?? 0);

/* ---- The night the clocks change: the hour that comes twice is told with its zone. ---- */

const HOUR_MS = 3_600_000;

function offsetOf(moment, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(new Date(moment));
  return parts.find(({ type }) => type === "timeZoneName").value.replace(/^(GMT|UTC)/, "").replace("\u2212", "-") || "+0";
}

/** Whether the zone's clocks changed between the first and the last of a thread. */
function turned(thread) {
  const entries = [...thread.entries.values()];
  const zone = thread.state.timezone;
  return entries.length > 1 && offsetOf(entries[0].at, zone) !== offsetOf(entries.at(-1).at, zone);
}

function tellTwice(t) {
  const { time } = t;
  t.time = (moment, zone) => {
    const shown = time(moment, zone);
    const at = new Date(moment).getTime();
    const twice = [at - HOUR_MS, at + HOUR_MS].some((other) => time(other, zone) === shown);
    return twice ? `${shown} (UTC${offsetOf(at, zone)})` : shown;
  };
}

/* ---- Announcements: politely, bursts together. ---- */

const ANNOUNCE_MS = 5000;
const ANNOUNCE_LENGTH = 300;

class Announcer {
  constructor(view, say) {
    this.view = view;
    this.say = say;
    this.region = view.part("announcer");
    this.quiet = false;
    /* `all`, `full`, `votes` or the id of the one item that is followed. */
    this.mode = "all";
    this.waiting = [];
    this.toldAt = 0;
  }

  pause(quiet) {
    this.quiet = quiet;
    if (quiet) this.waiting = [];
  }

  wants(entry) {
    if (this.quiet) return false;
    if (this.mode === "all" || this.mode === "full") return true;
    return this.mode === "votes" ? Boolean(entry.vote) : entry.item === this.mode;
  }

  hear(entry) {
    if (!this.wants(entry)) return;
    this.waiting = this.waiting.filter((known) => known !== entry).concat(entry);
    // Not begun anew with each: what comes without a pause would never be told.
    this.timer ??= setTimeout(() => this.tell(), Math.max(500, this.toldAt + ANNOUNCE_MS - Date.now()));
  }

  tell() {
    const { builder } = this.view;
    this.timer = null;
    const entries = this.waiting.splice(0);
    const last = entries.at(-1);
    if (!last || this.quiet) return;
    this.toldAt = Date.now();
    const line = (entry) => `${builder.time(entry.at)}, ${this.plain(entry)}`;
    const full = this.mode === "full" || this.mode === "votes" ? entries.filter(({ vote }) => vote) : [];
    const told = [...full.filter((entry) => entry !== last), last].map(line);
    if (entries.length > told.length) told.unshift(builder.t("news", { n: entries.length }));
    this.region.textContent = told.join(". ");
  }

  /** An entry in one line of plain words, to be read out. */
  plain(entry) {
    const { builder } = this.view;
    const { t } = builder;
    if (entry.erased) return t("erased-plain");
    const corrected = entry.corrections.at(-1);
    const after = corrected ? `${t("corrected", { time: builder.time(corrected.at) })} ` : "";
    if (entry.vote) {
      const subject = entry.vote.subject ?? builder.items?.get(entry.item)?.title;
      return after + [this.say("vote"), subject, builder.voteLine(entry.vote)].filter(Boolean).join(", ");
    }
    if (entry.kind !== "update.posted") return [builder.saidOf(entry), entry.reason].filter(Boolean).join(" ");
    if (entry.retracted) return t("retracted", { time: builder.time(entry.retracted.at) });
    const { text } = entry;
    return after + (text.length > ANNOUNCE_LENGTH ? `${text.slice(0, ANNOUNCE_LENGTH)}…` : text);
  }

  end() {
    clearTimeout(this.timer);
  }
}

/* ---- What a widget is narrowed to; the page has addresses for that. ---- */

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/gi, "oe").replace(/æ/gi, "ae").toLowerCase();

class Narrowing {
  constructor(view, announcer) {
    this.view = view;
    this.announcer = announcer;
    this.asked = { word: "", item: "", votes: false, pinned: false, order: view.newest ? "newest" : "oldest" };
    view.keep = (entry) => this.keeps(entry);
    const show = view.show;
    view.show = (thread) => {
      show.call(view, this.asked.order === "item" ? inOrderOfItems(thread) : thread);
      view.thread = thread;
    };
    const take = view.take;
    view.take = (entry, thread) => {
      take.call(view, entry, thread);
      // By item an entry has a place of its own, which is not at an end.
      if (this.asked.order === "item" && !view.pending.length) view.show(thread);
    };
    const showPending = view.showPending;
    view.showPending = () => (this.asked.order === "item" ? view.show(view.thread) : showPending.call(view));
    const choose = view.choose;
    view.choose = (name) => {
      choose.call(view, name);
      if (name !== "points") this.ask({ votes: name === "votes" });
    };
  }

  get narrowed() {
    const { word, item, votes, pinned } = this.asked;
    return Boolean(word || item || votes || pinned);
  }

  keeps(entry) {
    const { word, item, votes, pinned } = this.asked;
    const { builder } = this.view;
    if (votes && !entry.vote) return false;
    if (pinned && builder.state.pinned !== entry.id) return false;
    if (item && entry.item !== item) return false;
    if (!word) return true;
    const title = builder.items?.get(entry.item)?.title ?? "";
    return folded(`${title}\n${this.announcer.plain({ ...entry, corrections: [] })}`).includes(folded(word));
  }

  ask(asked) {
    const before = JSON.stringify(this.asked);
    Object.assign(this.asked, asked);
    const { view } = this;
    view.newest = this.asked.order === "newest";
    if (JSON.stringify(this.asked) === before || !view.thread) return;
    view.limit = 100;
    const edge = view.part("edge");
    if (view.newest) view.list.before(edge);
    else view.list.after(edge);
    view.show(view.thread);
    this.onchange?.();
  }
}

/** A thread whose entries stand in the order of the agenda, those of no item first; everything else is the thread's. */
function inOrderOfItems(thread) {
  const places = new Map([...thread.items.keys()].map((id, place) => [id, place]));
  const place = ([, { item }]) => places.get(item) ?? -1;
  return Object.create(thread, { entries: { value: new Map([...thread.entries].sort((a, b) => place(a) - place(b))) } });
}

/* ---- Everything together. ---- */

/**
 * Give a view what comes second. `element` is the widget, absent on the page; `page` the sitting's address;
 * `memory` the name under which this browser keeps where its reader was, if it may.
 */
live.enhance = (view, { element = null, page, memory = null, head = null }) => {
  const { h } = live;
  const { builder, root } = view;
  const say = wordsFor(builder.t);
  const announcer = new Announcer(view, say);
  const timers = [];
  const once = new AbortController();
  const on = (target, name, action) => target.addEventListener(name, action, { signal: once.signal });

  if (element) root.getRootNode().adoptedStyleSheets = [...root.getRootNode().adoptedStyleSheets.filter((one) => one !== sheet), sheet];

  /* Announcements: on, off, and of what. */
  const button = view.part("announce");
  const pause = (quiet) => {
    announcer.pause(quiet);
    button.textContent = say(quiet ? "off" : "on");
  };
  button.hidden = false;
  pause(false);
  on(button, "click", () => pause(!announcer.quiet));
  const told = h("select", {});
  const tellable = () => {
    const items = [...(builder.items?.values() ?? [])].filter(({ kind }) => kind !== "heading");
    const options = [["all"], ["full"], ["votes"], ...items.map((item) => [item.id, `${say("told-item", item)}, ${item.title ?? builder.t("untitled")}`.slice(0, 60)])];
    told.replaceChildren(...options.map(([value, words]) => new Option(words ?? say(`told-${value}`), value)));
    told.value = announcer.mode;
  };
  tellable();
  on(told, "focus", tellable);
  on(told, "change", () => (announcer.mode = told.value));
  const toldLabel = h("label", { class: "told" }, say("told"), told);

  /* Search and filters, on the widget. */
  const narrowing = element && new Narrowing(view, announcer);
  if (narrowing) tools(view, narrowing, { h, say, on, toldLabel });
  else button.after(" ", toldLabel);

  /* Sharing, and the full words of a time. */
  const shareable = (node) => {
    const at = node.querySelector?.(".at");
    if (at && !node.querySelector(".share")) node.append(h("button", { class: "share", type: "button", "aria-label": `${say("share")}, ${at.textContent.trim()}` }, say("share")));
  };
  const entry = builder.entry;
  builder.entry = (seen) => {
    const node = entry.call(builder, seen);
    shareable(node);
    return node;
  };
  for (const node of view.list.querySelectorAll(".entry")) shareable(node);
  on(view.list, "click", (event) => {
    const pressed = event.target.closest(".share");
    if (pressed) share(pressed, view, say);
    else goTo(event, view, element);
  });
  for (const name of ["pointerover", "focusin"]) on(view.list, name, (event) => tellTime(event.target.closest?.(".at time, .at"), builder));

  /* How long ago the last entry was, in the line that keeps its place. */
  const ago = h("p", { class: "ago" });
  view.part("fresh").append(ago);
  const tick = () => {
    if (document.visibilityState === "hidden") return;
    const last = [...((view.thread ?? head)?.entries.values() ?? [])].at(-1);
    const told = last && root.dataset.status !== "closed" ? agoOf(last.at, builder.t.language) : "";
    const words = told && say("last", { ago: told });
    if (ago.textContent !== words) ago.textContent = words;
  };
  timers.push(setInterval(tick, 30_000));
  on(document, "visibilitychange", tick);
  readClock(page).then(tick);

  const seen = memory && remember(view, memory, { h, say, on });

  if (element && turned(view.thread)) {
    tellTwice(builder.t);
    view.show(view.thread);
  }
  centre(view, root.querySelector(".item.current"));
  view.more = {
    centre: (row) => centre(view, row),
    hear: (one) => {
      announcer.hear(one);
      seen?.();
      tick();
    },
    end: () => {
      once.abort();
      ago.remove();
      announcer.end();
      for (const timer of timers) clearInterval(timer);
    },
  };
  if (element) program(element, view, { narrowing, announcer, pause });
};

let sheet = null;
if (typeof css === "string") {
  sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
}

function tools(view, narrowing, { h, say, on, toldLabel }) {
  const { builder } = view;
  const open = h("button", { type: "button", class: "search", "aria-expanded": "false", "aria-label": say("search"), title: say("search") }, searchIcon(h));
  const word = h("input", { type: "search", maxlength: "60", dir: "auto" });
  const item = h("select", {});
  const order = h("select", {}, ["newest", "oldest", "item"].map((name) => new Option(say(`order-${name}`), name)));
  const pinned = h("input", { type: "checkbox" });
  const found = h("p", { class: "tools-found", role: "status" });
  const label = (words, control) => h("label", {}, say(words), control);
  const panel = h("div", { class: "tools", role: "search", "aria-label": say("search"), hidden: true });
  panel.append(label("word", word), label("item", item), label("order", order), h("label", { class: "check" }, pinned, say("pinned")), toldLabel, found);
  const list = () => {
    const items = [...(builder.items?.values() ?? [])].filter(({ kind }) => kind !== "heading");
    item.replaceChildren(new Option(say("item-all"), ""), ...items.map((one) => new Option(`${one.number ?? ""} ${one.title ?? builder.t("untitled")}`.trim().slice(0, 60), one.id)));
    item.value = narrowing.asked.item;
  };
  list();
  order.value = narrowing.asked.order;
  narrowing.onchange = () => {
    const { asked } = narrowing;
    if (word.value !== asked.word) word.value = asked.word;
    list();
    order.value = asked.order;
    pinned.checked = asked.pinned;
    const n = [...view.thread.entries.values()].filter(view.keep).length;
    found.textContent = narrowing.narrowed ? say("found", { n }) : "";
  };
  on(open, "click", (event) => {
    // The row of views has a listener of its own.
    event.stopPropagation();
    panel.hidden = !panel.hidden;
    open.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) word.focus({ preventScroll: true });
  });
  let typing;
  on(word, "input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => narrowing.ask({ word: word.value.trim() }), 250);
  });
  on(item, "focus", list);
  on(item, "change", () => narrowing.ask({ item: item.value }));
  on(order, "change", () => narrowing.ask({ order: order.value }));
  on(pinned, "change", () => narrowing.ask({ pinned: pinned.checked }));
  view.part("views").append(open);
  view.part("views").after(panel);
}

const searchIcon = (h) => h("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, h("path", { d: "M3 11a8 8 0 1 1 16 0 8 8 0 1 1-16 0M21 21l-4.3-4.3" }));

/** Hand an entry's address to the reader's own system, else to the clipboard; to nobody else. */
async function share(button, view, say) {
  const { href } = button.closest(".entry").querySelector(".at");
  const { title } = view.builder.state;
  if (navigator.share) {
    try {
      await navigator.share({ title, url: href });
      return;
    } catch (error) {
      // Whoever closed the sheet wanted nothing more; where it is not allowed, copying may be.
      if (error.name === "AbortError") return;
    }
  }
  let told = "copied";
  try {
    await navigator.clipboard.writeText(href);
  } catch {
    told = "copy-failed";
  }
  button.textContent = say(told);
  view.part("announcer").textContent = say(told);
  setTimeout(() => (button.textContent = say("share")), 4000);
}

/** On the page, the address of an entry that stands here leads to it without another loading. */
function goTo(event, view, element) {
  const at = event.target.closest(".at");
  if (!at || element || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", at.href);
  mark(view, at.closest(".entry"));
}

/** An entry that was gone to, where the reader is then. */
function mark(view, node) {
  for (const marked of view.list.querySelectorAll(".place")) marked.classList.remove("place");
  node.classList.add("place");
  node.scrollIntoView({ block: "start" });
}

/** The whole time, and how long ago, of what the pointer or the keyboard is on. */
function tellTime(target, builder) {
  const time = target?.querySelector?.("time") ?? target;
  if (time?.tagName !== "TIME") return;
  const { timezone } = builder.state;
  const { t } = builder;
  const full = `${t.date(time.dateTime, timezone)}, ${t.time(time.dateTime, timezone)} (${timezone})`;
  time.title = [full, agoOf(time.dateTime, t.language)].filter(Boolean).join(", ");
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** « il y a 3 min », by the server's clock; empty where it cannot be told, or is too long ago to mean anything. */
function agoOf(moment, language) {
  const past = now() - new Date(moment).getTime();
  if (!(past > -60_000) || past > 30 * 86_400_000) return "";
  const format = new Intl.RelativeTimeFormat(language, { style: "short", numeric: past < 60_000 ? "auto" : "always" });
  const [unit, length] = UNITS.find(([, least]) => past >= least) ?? ["minute", Infinity];
  return past < 60_000 ? format.format(0, "second") : format.format(-Math.floor(past / length), unit);
}

/* ---- Where a reader was, kept by this browser alone. ---- */

function remember(view, memory, { h, say, on }) {
  const store = (action) => {
    try {
      return action(globalThis.localStorage);
    } catch {
      // Not allowed here, or full: then nothing is kept.
      return null;
    }
  };
  const { list } = view;
  const nodes = () => [...list.querySelectorAll(".entry")];
  const known = JSON.parse(store((held) => held?.getItem(memory.name)) ?? "null");
  if (known && known.epoch === memory.epoch) {
    const unread = nodes().filter((node) => Number(node.dataset.pos) > known.pos);
    const first = nodes().find((node) => Number(node.dataset.pos) <= known.pos);
    if (unread.length && first) {
      const here = h("li", { class: "here", id: "here", tabindex: "-1" }, view.builder.t("here"));
      first.before(here);
      const link = h("a", { class: "since", href: "#here" }, say("since", { n: unread.length }));
      view.part("fresh").append(link);
      on(link, "click", () => link.remove());
    } else if (unread.length && known.id && !first) {
      view.part("fresh").append(h("a", { class: "since", href: `?entry=${known.id}#e-${known.id}` }, say("since", { n: `${unread.length}+` })));
    }
  }
  const keep = () => {
    if (document.visibilityState === "hidden" || view.pending.length) return;
    const top = nodes()[0];
    if (!top) return;
    store((held) => held?.setItem(memory.name, JSON.stringify({ epoch: memory.epoch, pos: Number(top.dataset.pos), id: top.id.slice(2) })));
  };
  on(document, "visibilitychange", keep);
  on(globalThis, "pagehide", keep);
  const timer = setTimeout(keep, 10_000);
  on(globalThis, "pagehide", () => clearTimeout(timer));
  return () => view.edgeInView && setTimeout(keep, 0);
}

/** Bring the current item into sight within the agenda's own frame, unless somebody is reading there. */
function centre(view, row) {
  const frame = view.part("agenda-frame");
  if (!row || frame.scrollHeight <= frame.clientHeight || frame.matches(":hover, :focus-within")) return;
  frame.scrollTop = row.offsetTop - frame.offsetTop - frame.clientHeight / 2;
}

/* ---- For programs on a host's page. ---- */

function program(element, view, { narrowing, announcer, pause }) {
  const give = (name, value) => Object.defineProperty(element, name, { value, configurable: true });
  give("filter", (asked = {}) => {
    const { word = "", item = "", votes = false, pinned = false, order = narrowing.asked.order } = asked;
    const found = [...view.thread.items.values()].find((one) => one.id === item || one.number === item);
    narrowing.ask({ word: String(word), item: found?.id ?? "", votes: Boolean(votes), pinned: Boolean(pinned), order });
  });
  give("goTo", (id) => {
    if (!view.thread?.entries.has(id)) return false;
    if (!view.list.querySelector(`#${CSS.escape(`e-${id}`)}`)) {
      narrowing.ask({ word: "", item: "", votes: false, pinned: false });
      view.limit = Infinity;
      view.show(view.thread);
    }
    mark(view, view.list.querySelector(`#${CSS.escape(`e-${id}`)}`));
    return true;
  });
  give("announce", (asked) => {
    pause(asked === false);
    if (typeof asked === "string") announcer.mode = [...view.thread.items.values()].find((one) => one.number === asked)?.id ?? asked;
  });
  Object.defineProperty(element, "state", { get: () => structuredClone(view.thread.state), configurable: true });
  element.dispatchEvent(new CustomEvent("ls-more", { bubbles: true }));
}
