/* The register on screen: the same elements that templates/public/_register.html writes, kept up to date.
   Everything that somebody typed goes through text nodes. */
(() => {
  "use strict";
  const live = globalThis[Symbol.for("livesession")];
  if (live.View) return;

  const DRAWN = /^(svg|use|pattern|rect|path|circle)$/;

  const present = (value) => value || value === 0;

  /** An element; attributes and children that are empty, null or false are left out. */
  function h(tag, attributes = {}, ...children) {
    const element = DRAWN.test(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (present(value)) element.setAttribute(name, value === true ? "" : value);
    element.append(...children.flat(Infinity).filter(present));
    return element;
  }

  /* A template's line breaks between elements are nothing that anybody sees. */
  const html = (element) => element.innerHTML.replace(/>\s+</g, "><").trim();

  /** What an element holds, replaced only where it differs: nothing is drawn or read out twice. */
  function fill(element, ...children) {
    const fresh = element.cloneNode(false);
    fresh.append(...children.flat().filter(Boolean));
    if (html(fresh) !== html(element)) element.replaceChildren(...fresh.childNodes);
  }

  const toneOf = (state) => (state.closed_part && state.status !== "closed" ? "closed-part" : state.status);

  /** Builds what a reader sees of a thread, in the words `t`; `page` is the sitting's address, for links. */
  class Builder {
    constructor(given) {
      Object.assign(this, { page: "", rank: "h3" }, given);
    }

    /** The language of what was typed, where it is not that of the words around it. */
    typed() {
      const { language } = this.state;
      return language && language.split("-")[0] !== this.t.language ? language : null;
    }

    /** What somebody typed, in an element of its own: its direction is its own. */
    said(text, tag = "span", attributes = {}) {
      return h(tag, { ...attributes, lang: this.typed(), dir: "auto" }, text);
    }

    reason(text) {
      return text && [" ", this.said(text)];
    }

    time(moment) {
      return this.t.time(moment, this.state.timezone);
    }

    lamp() {
      return [h("span", { class: "dot", "aria-hidden": "true" }), this.t(toneOf(this.state))];
    }

    sub() {
      const { state, t } = this;
      const parts = [state.assembly, state.location];
      if (state.opened_at && state.closed_at)
        parts.push(t("sub-span", { from: this.time(state.opened_at), to: this.time(state.closed_at) }));
      else if (state.opened_at) parts.push(t("sub-opened", { time: this.time(state.opened_at) }));
      else if (state.starts) parts.push(t("sub-scheduled", { date: t.date(state.starts, state.timezone), time: this.time(state.starts) }));
      return parts.filter(Boolean).join(", ");
    }

    now() {
      const { state, t } = this;
      const tone = toneOf(state);
      const now = (title, kicker = t("where"), number = "") => [
        tone === "closed-part" ? h("p", { class: "number" }, this.icon("lock")) : number ? h("p", { class: "number" }, number) : "",
        h("div", { class: "now-words" }, h("p", { class: "kicker" }, kicker), h("p", { class: "now-title", lang: number || state.item ? this.typed() : null }, title)),
      ];
      if (tone === "closed-part") return now(t("now-closed-part"));
      if (tone === "closed") return now(t("now-closed", { time: this.time(state.closed_at) }));
      if (tone === "scheduled") return now(t("now-scheduled"));
      if (!state.public) return now(t("now-not-public"));
      if (tone === "suspended") return now(t("now-suspended"));
      if (!state.item) return now(t("now-open"));
      return now(state.item.title ?? t("untitled"), this.kicker(), state.item.number);
    }

    kicker() {
      const { item, items } = this.state;
      const words = { number: item.number, total: items.total, time: this.time(item.opened_at) };
      if (!item.number) return this.t("where-since", words);
      // « Point 2.2(a) sur 30 » would be said of a number that does not count.
      const counts = /^[0-9]+$/.test(item.number) && Number(item.number) <= items.total;
      return this.t(counts ? "where-point-of" : "where-point", words);
    }

    facts() {
      const { state, t } = this;
      const { speaker, quorum, last_vote: vote } = state;
      const open = toneOf(state) === "open";
      const typed = { lang: this.typed() };
      const facts = [];
      const fact = (said, name, value, attributes, more) =>
        said && facts.push(h("div", {}, h("dt", {}, t(name)), h("dd", attributes, value(), more && h("span", { class: "more", ...typed }, more))));
      fact(open && state.item?.rapporteur, "rapporteur", () => state.item.rapporteur, typed);
      fact(open && speaker, "speaker", () => t("speaker-since", { name: this.nameOf(speaker), time: t.time(speaker.since, state.timezone) }), { dir: "auto" });
      fact(quorum && state.status !== "closed" && !state.closed_part, "quorum", () => this.quorumTold(quorum));
      fact(vote, "last-vote", () => this.voteLine(live.voteView(vote)), {}, vote?.subject ?? this.entries?.get(vote?.entry)?.vote?.subject);
      fact(state.items.total && state.status !== "scheduled", "done", () => t("of", state.items));
      return facts;
    }

    pin(text) {
      return text === undefined ? [] : [this.icon("pin"), h("span", { class: "sr" }, this.t("pinned")), this.said(text, "span", { class: "text" })];
    }

    nameOf({ name, group, role }) {
      return group || role ? `${name} (${group ?? role})` : name;
    }

    quorumTold(quorum) {
      return this.t(`quorum-${quorum.met ? "met" : "lost"}`, quorum);
    }

    voteLine(vote) {
      const { t } = this;
      if (vote.unanimous) return `${t("unanimous")}, ${t("voices", { n: vote.total })}`;
      const voices = [`${vote.for} ${t("for")}`, `${vote.against} ${t("against")}`];
      if (vote.abstention) voices.push(`${vote.abstention} ${t("abstention", { n: vote.abstention })}`);
      return `${t(vote.result)}, ${voices.join(", ")}`;
    }

    entry(view) {
      const kind = view.kind === "update.posted" ? "update" : view.kind === "vote.recorded" ? "vote" : "event";
      const time = this.time(view.at);
      return h(
        "li",
        {
          class: `entry ${kind}${view.kind.startsWith("closed_part.") ? " door" : ""}`,
          id: `e-${view.id}`,
          "data-pos": view.pos,
          "data-kind": view.kind,
          "data-item": view.item,
        },
        h(
          "a",
          { class: "at", href: `${this.page}?entry=${view.id}#e-${view.id}`, "aria-label": this.t("permalink", { time }), target: this.page && "_top" },
          h("time", { datetime: view.at }, time),
        ),
        h("div", { class: "body" }, view.vote ? this.vote(view) : kind === "update" || view.erased || view.retracted ? this.update(view) : this.event(view)),
      );
    }

    saidOf(view) {
      return view.said?.[this.t.language] ?? "";
    }

    event(view) {
      return h(
        "p",
        { class: "text" },
        view.kind === "closed_part.begun" && this.icon("lock"),
        h("span", {}, this.saidOf(view)),
        this.reason(view.reason),
      );
    }

    note(className, strong, reason) {
      return h("p", { class: `note ${className}` }, h("strong", {}, strong), this.reason(reason));
    }

    update(view) {
      if (view.erased) {
        const { at, reason } = view.erased;
        return this.note("erased", at ? this.t("erased", { time: this.time(at) }) : this.t("erased-plain"), reason);
      }
      if (view.retracted)
        return this.note("retracted", this.t("retracted", { time: this.time(view.retracted.at) }), view.retracted.reason);
      return [view.said && h("p", { class: "kicker" }, this.saidOf(view)), this.said(view.text, "p", { class: "text" }), view.media?.map(({ id, alt }) => h("img", { alt, src: `${this.page}/media/${id}` })), view.corrections.map((correction) => this.correction(correction))];
    }

    correction({ at, before, reason }, struck = (typed) => this.said(typed, "s")) {
      const node = this.note("corrected", this.t("corrected", { time: this.time(at) }), reason);
      if (before) node.firstChild.after(` ${this.t("it-read")} `, struck(before));
      return node;
    }

    /** What else belongs to a vote: the server's words, and the names where the ballot was public. */
    besides({ vote, corrections }) {
      const { t } = this;
      const notes = vote.notes?.[t.language] ?? [];
      const { votes = {} } = vote;
      const names = ["for", "against", "abstention", "not_voting", "blank"].filter((choice) => votes[choice]?.length);
      const row = (choice) => {
        const n = votes[choice].length;
        return h("p", { class: "vote-total", dir: "auto" }, h("b", {}, `${t(choice, { n })} (${n})`), ` ${votes[choice].map(this.nameOf).join(", ")}`);
      };
      return [
        notes.length + names.length > 0 &&
          h("details", {}, h("summary", {}, t("more")), notes.map((words) => h("p", { class: "vote-total" }, words)), names.map(row)),
        corrections.map((correction) => this.correction(correction, (before) => h("s", {}, this.voteLine(before)))),
      ];
    }

    vote(view) {
      const { id, item, vote } = view;
      const { t } = this;
      const subject = vote.subject ?? this.items?.get(item)?.title;
      const voices = [
        ["pour", vote.for, t("for")],
        ["contre", vote.against, t("against")],
        ["abst", vote.abstention, t("abstention", { n: vote.abstention })],
      ];
      return h(
        "div",
        { class: "card" },
        h("p", { class: "vote-subject", lang: subject ? this.typed() : null }, subject ? t("vote-on", { subject }) : t("vote")),
        h("p", { class: "vote-result" }, t(vote.unanimous ? "unanimous" : vote.result)),
        !vote.unanimous && [
          this.bar(id, vote),
          h("ul", { class: "voices" }, voices.map(([name, count, word]) => h("li", { class: name }, h("b", {}, String(count)), " ", h("span", {}, word)))),
        ],
        h("p", { class: "vote-total" }, `${t(`ballot-${vote.ballot ?? "show_of_hands"}`)}${t("voices", { n: vote.total })}`),
        this.besides(view),
      );
    }

    /** The voices as a bar, for the eye only. Lengths are attributes: a strict policy allows no style of its own. */
    bar(id, { ends: [pour, contre], total }) {
      const rect = (name, x, width, fill) => h("rect", { class: name, x, width, height: "100%", fill });
      return h(
        "svg",
        { class: "bar", "aria-hidden": "true", width: "100%", height: "12" },
        h(
          "pattern",
          { id: `h-${id}`, width: "7", height: "7", patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
          rect("contre", "0", "7"),
          rect("hatch", "0", "2"),
        ),
        rect("abst", "0", "100%"),
        total > 0 && [
          rect(null, "0", `${contre}%`, `url(#h-${id})`),
          rect("pour", "0", `${pour}%`),
          pour > 0 && pour < 100 && rect("gap", `${pour}%`, "2"),
          contre > pour && contre < 100 && rect("gap", `${contre}%`, "2"),
        ],
      );
    }

    group(item) {
      return h(
        "li",
        { class: "group", "data-item": item.id },
        h(this.rank, {}, item.number && [h("span", { class: "num" }, item.number), " "], this.said(item.title ?? this.t("untitled"))),
      );
    }

    item(item) {
      const { t } = this;
      const title = item.title ?? t("untitled");
      if (item.kind === "heading")
        return this.said(title, "li", { class: `heading depth-${Math.min(item.depth, 3)}`, "data-item": item.id });
      const closed = item.public === false;
      const link = this.agendaLinks && item.entry && item.status !== "to_come";
      return h(
        "li",
        {
          class: `item ${item.status} depth-${Math.min(item.depth, 3)}`,
          "data-item": item.id,
          "data-status": item.status,
          "aria-current": item.status === "current" && "step",
        },
        this.icon(closed ? "lock" : item.status === "done" ? "check" : item.status === "current" ? "play" : "circle"),
        h("span", { class: "num" }, item.number),
        h(
          "span",
          { class: "item-words" },
          this.said(title, link ? "a" : "span", { href: link && `${this.entries?.has(item.entry) ? "" : `?entry=${item.entry}`}#e-${item.entry}` }),
          item.vote ? h("span", { class: "item-result" }, this.voteLine(item.vote)) : closed && h("span", { class: "item-result" }, t("item-closed")),
          h("span", { class: "sr" }, `, ${t(item.status === "done" ? "item-done" : item.status)}`),
        ),
      );
    }
  }

  /* Entries that are drawn at first, and how many more at a time: a sitting may have thousands. */
  const STEP = 100;

  /** Keeps the elements below `root` (its `data-part`s) like the thread, and moves nothing that is being read. */
  class View {
    /** `items` are those that the page was served with, whose rows stand already. */
    constructor(root, { builder, newest = true, items = new Map() }) {
      this.root = root;
      this.builder = builder;
      this.newest = newest;
      this.part = (name) => root.querySelector(`[data-part="${name}"]`);
      this.list = this.part("entries");
      this.pending = [];
      this.rows = new Map();
      for (const node of this.part("agenda").children) {
        const id = node.dataset.item;
        this.rows.set(id, { node, key: JSON.stringify(items.get(id)) });
      }
      this.edgeInView = true;
      /* Whether an entry is shown here at all. */
      this.keep = Boolean;
      this.limit = STEP;
      this.status = "connecting";
      this.wire();
    }

    wire() {
      const views = this.part("views");
      views.hidden = false;
      views.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) this.choose(button.dataset.view);
      });
      this.choose("thread");
      this.part("news").addEventListener("click", () => this.showPending());
      this.part("older")?.addEventListener("click", () => {
        this.limit += STEP;
        this.show(this.thread);
      });
      this.watcher = new IntersectionObserver(
        (seen) => {
          this.edgeInView = seen.at(-1).isIntersecting;
        },
        // What lies under the freshness line is not in view.
        { rootMargin: "-40px 0px 0px 0px" },
      );
      this.watcher.observe(this.part("edge"));
    }

    /** Let go of everything outside the elements themselves. */
    end() {
      this.watcher.disconnect();
      this.more?.end();
    }

    choose(view) {
      this.root.dataset.view = view;
      for (const button of this.part("views").querySelectorAll("button")) button.setAttribute("aria-pressed", button.dataset.view === view);
    }

    /** Everything anew: at first, and after a reset. */
    show(thread) {
      this.pending = [];
      this.rows.clear();
      this.part("agenda").replaceChildren();
      this.list.replaceChildren();
      this.part("announcer").replaceChildren();
      this.refresh(thread);
      this.thread = thread;
      const kept = [...thread.entries.values()].filter(this.keep);
      for (const view of kept.slice(-this.limit)) this.insert(view, thread);
      this.part("older")?.toggleAttribute("hidden", kept.length <= this.limit);
      this.showNews();
    }

    /** Everything but the entries. */
    refresh(thread) {
      const { builder } = this;
      const { state } = thread;
      builder.state = state;
      builder.items = thread.items;
      builder.entries = thread.entries;
      const tone = toneOf(state);
      this.root.dataset.status = state.status;
      this.part("lamp").dataset.tone = this.part("now").dataset.tone = tone;
      fill(this.part("lamp"), builder.lamp());
      fill(this.part("title"), state.title);
      fill(this.part("sub"), builder.sub());
      fill(this.part("now"), builder.now());
      fill(this.part("facts"), builder.facts());
      fill(this.part("pin"), builder.pin(thread.entries.get(state.pinned)?.text));
      this.part("votes-none").hidden = [...thread.entries.values()].some((view) => view.vote);
      this.refreshAgenda(thread);
      this.showStatus(this.status, this.heard);
    }

    refreshAgenda(thread) {
      for (const [id, { node }] of this.rows)
        if (!thread.items.has(id)) {
          node.remove();
          this.rows.delete(id);
        }
      let place = this.part("agenda").firstElementChild;
      for (const item of thread.items.values()) {
        const key = JSON.stringify(item);
        let row = this.rows.get(item.id);
        if (row?.key !== key) {
          const node = this.builder.item(item);
          if (row) {
            if (place === row.node) place = node;
            row.node.replaceWith(node);
          }
          row = { node, key };
          this.rows.set(item.id, row);
          if (item.status === "current") this.more?.centre(node);
        }
        if (row.node === place) place = place.nextElementSibling;
        else this.part("agenda").insertBefore(row.node, place);
      }
    }

    /** What one entry changed. */
    change({ added, changed, kind }, thread) {
      this.refresh(thread);
      if (changed) this.amend(changed);
      // An erased text must not stand in what was just read out either.
      if (kind === "update.erased") this.part("announcer").replaceChildren();
      // With other items, other headings: this is rare, and then the page may move.
      if (kind === "agenda.set" || kind === "item.corrected") this.show(thread);
      else if (added) this.take(added, thread);
      if (added ?? changed) this.more?.hear(added ?? changed);
    }

    take(view, thread) {
      if (!this.keep(view)) return;
      this.pending.push(view);
      // At the edge nobody reads what would move; elsewhere the entries wait until they are asked for.
      if (this.edgeInView) this.release(thread);
      this.thread = thread;
      this.showNews();
    }

    release(thread) {
      for (const view of this.pending.splice(0)) this.insert(view, thread).classList.add("new");
    }

    showPending() {
      this.list.querySelector(".here")?.remove();
      const mark = h("li", { class: "here" }, this.builder.t("here"));
      if (this.newest) this.list.querySelector(".entry")?.before(mark);
      else this.list.append(mark);
      this.release(this.thread);
      this.showNews();
      const log = this.part("log");
      log.focus({ preventScroll: true });
      // The button was pressed to see them: this is the one time that the page moves.
      (this.newest ? this.part("edge") : mark).scrollIntoView({ block: "start" });
    }

    insert(view, thread) {
      const node = this.builder.entry(view);
      const item = thread.items.get(view.item);
      const { list } = this;
      if (this.newest) {
        const top = list.firstElementChild;
        if (top?.matches(".group") && top.dataset.item === view.item) top.after(node);
        else {
          list.prepend(node);
          if (item) list.prepend(this.builder.group(item));
        }
      } else {
        const last = list.querySelector(".entry:last-of-type") ?? null;
        if (item && last?.dataset.item !== view.item) list.append(this.builder.group(item));
        list.append(node);
      }
      return node;
    }

    /** An update that was corrected, retracted or erased, where it stands. */
    amend(view) {
      const node = this.list.querySelector(`#${CSS.escape(`e-${view.id}`)}`);
      if (!node) return;
      const top = this.firstInView(node);
      const before = top?.getBoundingClientRect().top;
      const text = node.querySelector(".text");
      if (view.text !== undefined && text) {
        text.textContent = view.text;
        node.querySelector(".body").append(this.builder.correction(view.corrections.at(-1)));
      } else node.replaceWith(this.builder.entry(view));
      // Browsers that anchor scrolling hold the reader's place themselves; a second hand would push it away.
      if (top && !CSS.supports("overflow-anchor", "auto")) scrollBy(0, top.getBoundingClientRect().top - before);
    }

    /** The first entry in view after one that is above the view, or nothing where that one is not above. */
    firstInView(node) {
      if (node.getBoundingClientRect().bottom > 0) return null;
      return [...this.list.children].find((child) => child !== node && child.getBoundingClientRect().bottom > 0) ?? null;
    }

    showNews() {
      const n = this.pending.length;
      this.part("news").hidden = !n;
      this.part("fresh-state").hidden = n > 0;
      if (n) fill(this.part("news"), this.builder.t("news", { n }));
    }

    /** The freshness line; `heard` is when the server last spoke, in ms. */
    showStatus(status, heard) {
      this.status = status;
      this.heard = heard;
      const { t } = this.builder;
      const state = this.part("fresh-state");
      const ended = status === "live" && this.root.dataset.status === "closed";
      const words =
        status === "live"
          ? t(ended ? "ended" : "fresh")
          : status === "gone"
            ? t("gone")
            : heard
              ? t("lost-since", { time: this.builder.time(heard + (live.skew ?? 0)) })
              : t("lost");
      state.dataset.tone = status;
      fill(state, this.builder.icon(status === "live" ? "check" : "clock"), h("span", {}, words));
    }
  }

  Object.assign(live, { h, toneOf, Builder, View });
})();
