/* The thread of a sitting, followed and folded: no page, no element, nothing shown.
   Leaves Thread and Reader on globalThis[Symbol.for("livesession")] for the parts after it. */
(() => {
  "use strict";
  const live = (globalThis[Symbol.for("livesession")] ??= {});
  if (live.Reader) return;

  /* ---- The fold: what livesession/web/public/view.py and domain/fold.py do on the server. ---- */

  const STATUS = {
    "sitting.opened": "open",
    "sitting.suspended": "suspended",
    "sitting.resumed": "open",
    "sitting.closed": "closed",
    "sitting.reopened": "open",
  };


  const blankState = () => ({
    title: "",
    assembly: "",
    language: null,
    timezone: "Europe/Paris",
    starts: null,
    location: null,
    public: true,
    status: "scheduled",
    closed_part: false,
    opened_at: null,
    closed_at: null,
    item: null,
    items: { total: 0, done: 0 },
    last_vote: null,
    pinned: null,
  });

  const percent = (part, total) => (total ? Math.round((10000 * part) / total) / 100 : 0);

  function voteView(data) {
    const total = data.for + data.against + data.abstention;
    return {
      ...data,
      total,
      unanimous: data.result === "adopted" && data.for > 0 && data.against === 0 && data.abstention === 0,
      ends: [percent(data.for, total), percent(data.for + data.against, total)],
    };
  }

  /** Everything a reader knows of one sitting, after the entry at `pos` of the log `epoch`. */
  class Thread {
    constructor(epoch = null) {
      this.epoch = epoch;
      this.pos = 0;
      this.rev = null;
      /** Items of the agenda by id, in order; each with its depth, status and the entry that opened it. */
      this.items = new Map();
      /** What is shown of the thread by entry id, the oldest first. */
      this.entries = new Map();
      this.state = blankState();
      this.statePos = 0;
      this.current = null;
      /** When a suspension is said to end, if that was said. */
      this.until = null;
      this.assembly = null;
      this.agendaSeen = false;
      /** Ids of the members who are there; who holds whose voice; who took no part in which item. */
      this.present = new Set();
      this.proxies = new Map();
      this.recused = new Map();
    }

    /** The server's own fold at `pos`: entries up to there are not folded into the state again. */
    adopt(pos, state) {
      this.state = { ...blankState(), ...state };
      if (this.state.pinned && typeof this.state.pinned === "object") this.state.pinned = this.state.pinned.entry;
      this.statePos = pos;
    }

    /** Fold the entry at `pos`, which must follow the last. Returns the view it added or changed, if any. */
    take(pos, entry) {
      this.pos = pos;
      const { kind, data = {} } = entry;
      this.seat(entry, data);
      let added = null;
      if ((entry.said && (kind !== "agenda.set" || this.agendaSeen)) || kind === "update.posted" || kind === "vote.recorded")
        added = this.show(pos, entry);
      const changed = CHANGES[kind]?.call(this, entry, added, data) ?? null;
      if (pos > this.statePos) this.advance(entry, data);
      return { added, changed, kind };
    }

    show(pos, entry) {
      const view = { id: entry.id, pos, kind: entry.kind, at: entry.at, item: entry.item ?? null, corrections: [] };
      if (entry.said) Object.assign(view, { said: entry.said, reason: entry.said.typed });
      this.entries.set(entry.id, view);
      return view;
    }

    /** The update an entry is about, unless its text is gone. */
    named(data) {
      const view = this.entries.get(data.entry);
      return view && view.text !== undefined ? view : null;
    }

    /** Another vote, or none, in the place of a view's: in the thread, and on its item. */
    replaceVote(view, vote) {
      for (const item of this.items.values()) if (item.vote === view.vote) item.vote = vote;
      view.vote = vote;
    }

    open(id, entry) {
      this.leave();
      const item = this.items.get(id);
      if (!item) return;
      this.current = id;
      item.status = "current";
      item.openedAt = entry.at;
      item.entry ??= entry.id;
    }

    leave() {
      const item = this.items.get(this.current);
      if (item) item.status = "done";
      this.current = null;
    }

    advance(entry, data) {
      const state = this.state;
      const status = STATUS[entry.kind] ?? (entry.kind === "closed_part.ended" && data.status);
      if (status) state.status = status;
      if (status === "closed") state.closed_at = entry.at;
      switch (entry.kind) {
        case "sitting.opened":
          state.opened_at = entry.at;
          break;
        case "sitting.reopened":
          state.closed_at = null;
          break;
        case "agenda.set":
          for (const name of ["title", "assembly", "language", "timezone", "starts", "location", "public"])
            state[name] = data[name] ?? blankState()[name];
          state.assembly = this.assembly ?? state.assembly;
          break;
        case "assembly.set":
          state.assembly = data.name || state.assembly;
          break;
        case "closed_part.begun":
          state.closed_part = true;
          break;
        case "closed_part.ended":
          state.closed_part = false;
          break;
        case "vote.recorded":
          if (!entry.erased) state.last_vote = { entry: entry.id, item: entry.item, at: entry.at, ...data };
          break;
        case "vote.corrected":
          if (state.last_vote?.entry === data.entry) state.last_vote = { ...data, item: entry.item, at: state.last_vote.at };
          break;
        case "update.pinned":
          state.pinned = data.entry;
          break;
        case "update.unpinned":
        case "update.retracted":
        case "update.erased":
          if (state.pinned === data.entry || data.also?.includes(state.pinned)) state.pinned = null;
          break;
      }
      if (/^(member|proxy|item)\.|^closed_part\.ended$/.test(entry.kind)) this.recount(entry.kind);
      const counted = entry.kind === "quorum.checked" ? data : data.quorum;
      if (counted) state.quorum = counted;
      if (/^(agenda|item|sitting|closed_part)\./.test(entry.kind)) this.countItems();
      if (/^speech\.[be]|^item\.[oc]|^closed|(suspend|clos)ed$/.test(entry.kind)) state.speaker = null;
      if (entry.kind === "speech.begun" && data.members?.[0]) state.speaker = { ...data.members[0], since: entry.at };
    }

    /** Who is there after an entry. */
    seat({ kind, item }, data) {
      const ids = (data.members ?? []).map(({ id }) => id);
      const pairs = () => (data.proxies ?? []).forEach(({ from, to }) => this.proxies.set(from.id, to));
      if (kind === "member.arrived") ids.forEach((id) => (this.present.add(id), this.proxies.delete(id)));
      else if (kind === "member.left" || kind === "member.excused") ids.forEach((id) => this.present.delete(id));
      else if (kind === "member.recused") this.recused.set(item, new Set([...(this.recused.get(item) ?? []), ...ids]));
      else if (kind === "proxy.given") pairs();
      else if (kind === "proxy.revoked") ids.forEach((id) => this.proxies.delete(id));
      else if (kind === "closed_part.ended" && data.members) {
        this.present = new Set(ids);
        this.proxies.clear();
        pairs();
      }
    }

    /** The quorum from who is there; where the rules would have to be asked, nothing until it is counted again. */
    recount(kind) {
      const { quorum, item } = this.state;
      const away = this.recused.get(item?.id) ?? new Set();
      if (!quorum || kind === "member.corrected" || quorum.recused !== away.size) {
        this.state.quorum = null;
        return;
      }
      const present = [...this.present].filter((id) => !away.has(id)).length;
      const represented = [...this.proxies].filter(([giver, { id }]) => !this.present.has(giver) && this.present.has(id)).length;
      this.state.quorum = { ...quorum, present, represented, met: Boolean(quorum.waived) || present >= quorum.required };
    }

    countItems() {
      const listed = [...this.items.values()].filter((item) => item.kind !== "heading");
      this.state.items = { total: listed.length, done: listed.filter((item) => item.status === "done").length };
      const item = this.items.get(this.current);
      this.state.item = item ? { ...item, opened_at: item.openedAt } : null;
    }
  }

  /* What a kind changes besides the state; `this` is the thread. Unknown kinds change nothing. */
  const CHANGES = {
    "agenda.set"(entry, added, data) {
      this.agendaSeen = true;
      const known = this.items;
      this.items = new Map();
      const walk = (items, depth) => {
        for (const { items: below = [], ...item } of items) {
          const { status = "to_come", openedAt = null, entry: opened = null, vote = null } = known.get(item.id) ?? {};
          this.items.set(item.id, { ...item, depth, status, openedAt, entry: opened, vote });
          walk(below, depth + 1);
        }
      };
      walk(data.items ?? [], 0);
    },
    "assembly.set"(entry, added, data) {
      this.assembly = data.name || null;
    },
    "item.corrected"(entry, added, data) {
      const item = this.items.get(entry.item);
      if (item) Object.assign(item, data);
    },
    "item.opened"(entry) {
      this.open(entry.item, entry);
    },
    "item.closed"(entry) {
      if (entry.item === this.current) this.leave();
    },
    "sitting.closed"() {
      this.leave();
    },
    "sitting.suspended"(entry, added, data) {
      this.until = data.until;
    },
    "closed_part.ended"(entry) {
      // Suspended behind the doors, nobody said until when.
      this.until = null;
      // It says where the sitting is now: readers saw nothing of what moved meanwhile.
      if (!entry.item) this.leave();
      else if (entry.item !== this.current) this.open(entry.item, entry);
    },
    "update.posted"(entry, added, data) {
      if (entry.erased) added.erased = { at: null, reason: null };
      Object.assign(added, data);
    },
    "update.corrected"(entry, added, data) {
      const view = this.named(data);
      if (!view) return null;
      view.corrections.push({ at: entry.at, before: view.text, reason: data.reason ?? null });
      view.text = data.text;
      return view;
    },
    "update.retracted"(entry, added, data) {
      const view = this.entries.get(data.entry);
      if (!view || view.erased) return null;
      this.replaceVote(view, null);
      if (this.state.last_vote?.entry === view.id) {
        const last = [...this.entries.values()].filter(({ vote }) => vote).pop();
        this.state.last_vote = last ? { ...last.vote, entry: last.id, item: last.item, at: last.at } : null;
      }
      delete view.text;
      view.corrections = [];
      view.retracted = { at: entry.at, reason: data.reason ?? null };
      return view;
    },
    "update.erased"(entry, added, data) {
      const view = this.entries.get(data.entry);
      if (!view) return null;
      delete view.text;
      delete view.said;
      delete view.retracted;
      view.corrections = [];
      view.erased = { at: entry.at, reason: data.reason ?? null };
      return view;
    },
    "vote.corrected"(entry, added, data) {
      const view = this.entries.get(data.entry);
      if (!view?.vote || !("for" in data)) return null;
      view.corrections.push({ at: entry.at, before: view.vote, reason: data.reason ?? null });
      this.replaceVote(view, { ...voteView(data), subject: view.vote.subject, notes: entry.said?.notes });
      return view;
    },
    "vote.recorded"(entry, added, data) {
      if (entry.erased) added.erased = { at: null, reason: null };
      // An appointment is told in words; of what was erased nothing is.
      if (!("for" in data)) return;
      const subject = this.entries.get(data.motion)?.reason ?? entry.said?.typed;
      added.vote = { ...voteView(data), subject, notes: entry.said?.notes };
      const item = this.items.get(entry.item);
      if (item) item.vote = added.vote;
    },
  };

  /* ---- The transport: WebSocket, else Server-Sent Events, else polling; always from the cursor. ---- */

  const HELLO_MS = 10_000;
  /* Tried in this order on failures in a row, then again from the first: a network that lets only HTTP
     through is found out, and a server that was merely away is not left on a lower rung. */
  const LADDER = ["ws", "ws", "sse", "poll"];
  const LONGEST_WAIT_MS = 30_000;
  /* A link that held this long was sound: what ends it is a new trouble, not the old one going on. */
  const SOUND_MS = 10_000;
  const CLOSE_TOO_MANY = 4029;
  const CLOSE_UNKNOWN = 4404;
  const PAGE = 500;

  const between = (least, most) => least + Math.random() * (most - least);
  const hidden = () => globalThis.document?.visibilityState === "hidden";

  function openSocket(url, on) {
    const socket = new WebSocket(url);
    socket.onmessage = (event) => on.message(event.data);
    socket.onclose = (event) => on.down(event.code);
    return () => {
      socket.onmessage = socket.onclose = null;
      socket.close();
    };
  }

  function openEvents(url, on) {
    const source = new EventSource(url);
    source.onmessage = (event) => on.message(event.data);
    // It would come back by itself, but without jitter and without the other rungs.
    source.onerror = () => on.down(0);
    return () => source.close();
  }

  /**
   * Follows a sitting for as long as it is started.
   *
   * `listener(event, detail)` hears: `status` (`connecting`, `live`, `lost`, `gone`), `ready` (the
   * thread is complete as of now, at first and after a reset), `change` (what `Thread.take` returned),
   * `state`, and `reset` (everything known is void; `ready` follows).
   * `thread` is what a page was served with: `ready` is then behind it, and every entry is a change.
   * With `persist` a sitting that does not exist is waited for instead of given up.
   */
  class Reader {
    constructor(base, listener, { thread = null, persist = false } = {}) {
      this.base = base.replace(/\/+$/, "");
      this.listener = listener;
      this.thread = thread ?? new Thread();
      this.persist = persist;
      this.status = "connecting";
      this.ready = thread !== null;
      this.heard = 0;
      this.failures = 0;
      this.running = false;
      this.link = this.climber = null;
      this.timers = {};
    }

    start() {
      if (this.running) return;
      this.running = true;
      for (const name of ["online", "offline"]) globalThis.addEventListener?.(name, this);
      globalThis.document?.addEventListener("visibilitychange", this);
      this.watch();
      this.connect();
    }

    stop() {
      this.running = false;
      for (const name of ["online", "offline"]) globalThis.removeEventListener?.(name, this);
      globalThis.document?.removeEventListener("visibilitychange", this);
      for (const name of Object.keys(this.timers)) this.later(name, null);
      this.close(this.link);
      this.close(this.climber);
      this.link = this.climber = null;
    }

    handleEvent(event) {
      if (event.type === "offline") this.set("lost");
      else if (event.type === "visibilitychange" && hidden()) return;
      else if (!this.link) this.connect();
      else if (event.type === "online" || Date.now() - this.heard > 20_000) this.verify();
    }

    later(name, action, delay) {
      clearTimeout(this.timers[name]);
      this.timers[name] = action && setTimeout(action, delay);
    }

    set(status) {
      if (this.status === status) return;
      this.status = status;
      this.listener("status", status);
    }

    address(path, extra = {}, socket = false) {
      const url = new URL(`${this.base}/${path}`);
      if (socket) url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
      const { pos, epoch } = this.thread;
      for (const [name, value] of Object.entries({ after: pos, epoch, ...extra }))
        if (value !== null) url.searchParams.set(name, value);
      return url.href;
    }

    connect(mode = LADDER[this.failures % LADDER.length]) {
      if (!this.running || this.status === "gone") return;
      this.later("connect", null);
      this.close(this.link);
      this.link = this.open(mode);
    }

    /** A link tells `message` and, once, `down`; one that was closed tells nothing more. */
    open(mode) {
      const link = { mode, up: 0, end: null, over: false };
      const on = {
        message: (text) => link.over || this.receive(link, text),
        down: (code) => link.over || this.down(link, code),
      };
      try {
        if (mode === "ws") link.end = openSocket(this.address("ws", {}, true), on);
        else if (mode === "sse") link.end = openEvents(this.address("sse"), on);
        else this.poll(link);
      } catch {
        // A policy or an old browser may refuse at once; it counts as any failure does.
        setTimeout(on.down, 0, 0);
      }
      if (mode !== "poll") link.timer = setTimeout(on.down, HELLO_MS, 0);
      return link;
    }

    close(link) {
      if (!link || link.over) return;
      link.over = true;
      clearTimeout(link.timer);
      link.end?.();
    }

    down(link, code) {
      const up = link.up && Date.now() - link.up > SOUND_MS;
      this.close(link);
      if (!this.running) return;
      if (code === CLOSE_UNKNOWN && !this.persist) {
        this.set("gone");
        this.stop();
        return;
      }
      if (link === this.climber) {
        this.climber = null;
        this.climb(link.mode);
        return;
      }
      this.link = null;
      this.set("lost");
      if (code === CLOSE_TOO_MANY) {
        this.later("connect", () => this.connect("poll"), between(500, 5000));
        return;
      }
      if (up) this.failures = 0;
      else this.failures += 1;
      // Thousands are sent away at once when a server restarts: they must not come back at once.
      const longest = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.failures);
      this.later("connect", () => this.connect(), this.failures ? between(longest / 2, longest) : between(0, 2000));
    }

    receive(link, text) {
      let message;
      try {
        message = JSON.parse(text);
      } catch {
        this.down(link, 0);
        return;
      }
      if (message.type === "reset") this.reset(message.epoch);
      else if (message.type === "hello") this.hello(link, message);
      else if (message.type === "entry") {
        if (!link.up || !this.take(message.pos, message.entry)) this.down(link, 0);
        else this.caughtUp();
      }
      if (link.over) return;
      this.heard = Date.now();
      if (link.up && link === this.link) this.set("live");
    }

    reset(epoch) {
      this.thread = new Thread(epoch);
      this.ready = false;
      this.listener("reset");
    }

    hello(link, { epoch, pos, state }) {
      if (this.thread.epoch !== null && this.thread.epoch !== epoch) this.reset(epoch);
      this.thread.epoch = epoch;
      this.thread.adopt(pos, state);
      this.target = pos;
      this.promote(link);
      this.listener("state");
      this.caughtUp();
    }

    promote(link) {
      clearTimeout(link.timer);
      link.up ||= Date.now();
      if (link === this.climber) {
        this.close(this.link);
        this.link = link;
        this.climber = null;
        this.later("connect", null);
      }
      this.heard = Date.now();
      this.set("live");
      if (link.mode !== "ws") this.climb(link.mode);
      else this.later("climb", null);
    }

    caughtUp() {
      if (this.ready || this.thread.pos < this.target) return;
      this.ready = true;
      this.listener("ready");
    }

    /** Whether the entry follows what is known, or is known already; a gap is refused. */
    take(pos, entry) {
      if (pos <= this.thread.pos) return true;
      if (pos !== this.thread.pos + 1) return false;
      // Earlier entries read otherwise now: everything is read anew.
      if (this.ready && entry.data?.erased) return this.reset(this.thread.epoch);
      const change = this.thread.take(pos, entry);
      if (this.ready) this.listener("change", change);
      return true;
    }

    /** From a lower rung, look now and then whether WebSocket works by now, without letting go. */
    climb(mode) {
      if (this.timers.climb || this.climber) return;
      const attempt = () => {
        this.later("climb", null);
        if (this.link && this.link.mode !== "ws") this.climber = this.open("ws");
      };
      this.later("climb", attempt, mode === "sse" ? between(240_000, 360_000) : between(60_000, 120_000));
    }

    async fetchPage(limit) {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), HELLO_MS);
      try {
        const url = this.address("entries", { limit, rev: this.thread.rev });
        const answer = await fetch(url, { signal: abort.signal, credentials: "omit" });
        if (!answer.ok) throw new Error(`entries: ${answer.status}`);
        return await answer.json();
      } finally {
        clearTimeout(timer);
      }
    }

    async poll(link) {
      let page;
      try {
        page = await this.fetchPage(PAGE);
      } catch {
        if (!link.over) this.down(link, 0);
        return;
      }
      if (link.over) return;
      if (this.thread.epoch !== null && page.epoch !== this.thread.epoch) {
        this.reset(page.epoch);
        this.poll(link);
        return;
      }
      this.thread.epoch = page.epoch;
      this.thread.rev = page.rev;
      if (!page.entries.every(({ pos, entry }) => this.take(pos, entry))) {
        this.down(link, 0);
        return;
      }
      if (page.more) {
        this.poll(link);
        return;
      }
      this.target = this.thread.pos;
      this.promote(link);
      this.caughtUp();
      link.timer = setTimeout(() => this.poll(link), hidden() ? between(45_000, 75_000) : between(8_000, 12_000));
    }

    /** A line can die without a word, and browsers hide the server's pings: long silence is looked into. */
    watch() {
      const look = () => {
        if (!hidden() && this.link?.up && Date.now() - this.heard > 90_000) this.verify();
        this.watch();
      };
      this.later("watch", look, between(90_000, 150_000));
    }

    async verify() {
      const { link, thread } = this;
      if (!link || link.mode === "poll" || this.verifying) return;
      this.verifying = true;
      let sound = false;
      try {
        const page = await this.fetchPage(1);
        const last = page.entries.at(-1)?.pos ?? 0;
        // What was just published may still be on its way on the link itself.
        if (last > thread.pos) await new Promise((done) => setTimeout(done, 3000));
        sound = page.epoch === this.thread.epoch && last <= this.thread.pos;
      } catch {
        // No answer is an answer.
      }
      this.verifying = false;
      if (link !== this.link || link.over) return;
      if (!sound) this.down(link, 0);
      else if (link.up) {
        this.heard = Date.now();
        this.set("live");
      }
    }
  }

  Object.assign(live, { Thread, Reader, voteView });
})();
