// A lower third that follows a sitting. OBS may open it before the server runs, keep it through restarts, and never
// reload it: it tries for ever, shows nothing rather than an error, and starts again when the history changes.
(() => {
  "use strict";

  const LONGEST_WAIT = 10_000; // milliseconds between tries: a restarted server is back on screen within this
  const POLL_EVERY = 3_000;
  const SOCKET_TRIES = 3; // failed handshakes in a row after which polling stands in, until a socket opens again

  const words = {
    fr: {
      item: (number, total) => `Point ${number} sur ${total}`,
      live: "En direct",
      suspended: "Séance suspendue",
      closedPart: "La séance se poursuit à huis clos.",
      closedItem: "Point à huis clos",
      ended: "Séance terminée",
    },
    en: {
      item: (number, total) => `Item ${number} of ${total}`,
      live: "Live",
      suspended: "Sitting suspended",
      closedPart: "The sitting continues in private.",
      closedItem: "Closed item",
      ended: "Sitting ended",
    },
  };

  const query = new URLSearchParams(location.search);
  const slug = query.get("sitting") ?? "";
  const server = (query.get("server") ?? (location.protocol === "file:" ? "http://localhost:8080" : location.origin)).replace(/\/$/, "");
  const address = `${server}/s/${encodeURIComponent(slug)}`;

  // What the public thread says so far; a cursor is (epoch, pos).
  let epoch = "";
  let pos = 0;
  let state = fresh();
  let failures = 0;

  function fresh() {
    return { items: new Map(), total: 0, status: "scheduled", closed: false, item: null, language: "fr", assembly: "" };
  }

  const changes = {
    "agenda.set": (entry) => {
      state.items.clear();
      const walk = (items) => {
        for (const item of items) {
          state.items.set(item.id, item);
          walk(item.items ?? []);
        }
      };
      walk(entry.data.items ?? []);
      state.total = [...state.items.values()].filter((item) => item.kind !== "heading").length;
      state.language = words[entry.data.language] ? entry.data.language : "fr";
      state.assembly ||= entry.data.assembly ?? "";
    },
    "assembly.set": (entry) => (state.assembly = entry.data.name ?? state.assembly),
    "sitting.opened": () => (state.status = "open"),
    "sitting.suspended": () => (state.status = "suspended"),
    "sitting.resumed": () => (state.status = "open"),
    "sitting.closed": () => Object.assign(state, { status: "closed", item: null }),
    "sitting.reopened": () => (state.status = "open"),
    "item.opened": (entry) => (state.item = entry.item),
    "item.closed": (entry) => {
      if (state.item === entry.item) state.item = null;
    },
    "closed_part.begun": () => (state.closed = true),
    "closed_part.ended": (entry) => Object.assign(state, { closed: false, item: entry.item, status: entry.data.status ?? state.status }),
  };

  // True where the entry is the next one; a gap is refused, a repetition passed over.
  function take(message) {
    if (message.pos <= pos) return true;
    if (message.pos !== pos + 1) return false;
    pos = message.pos;
    changes[message.entry.kind]?.(message.entry);
    return true;
  }

  function forget(freshEpoch) {
    epoch = freshEpoch;
    pos = 0;
    state = fresh();
  }

  // Drawing

  const card = document.getElementById("card");
  const badge = document.getElementById("status");
  const parts = Object.fromEntries(["number", "label", "title", "line"].map((name) => [name, document.getElementById(name)]));

  function draw() {
    const said = words[state.language];
    document.documentElement.lang = state.language;
    const item = state.items.get(state.item);
    const running = state.status === "open" || state.status === "suspended";
    if (state.closed) show("", "", said.closedPart, "");
    else if (state.status === "suspended") show("", state.assembly, said.suspended, "");
    else if (item && running) {
      const label = item.number ? said.item(item.number, state.total) : "";
      show(item.number ?? "", label, item.title ?? said.closedItem, item.rapporteur ?? "");
    } else hide();
    card.classList.toggle("closed", state.closed);
    badge.hidden = !running;
    badge.classList.toggle("paused", state.status === "suspended" || state.closed);
    document.getElementById("status-text").textContent = state.assembly ? `${said.live}, ${state.assembly}` : said.live;
  }

  function show(number, label, title, line) {
    const texts = { number, label, title, line };
    const changed = card.hidden || Object.entries(texts).some(([name, text]) => parts[name].textContent !== text);
    for (const [name, text] of Object.entries(texts)) {
      parts[name].textContent = text;
      parts[name].hidden = text === "";
    }
    parts.number.classList.toggle("long", number.length > 3);
    card.hidden = false;
    if (changed) {
      card.classList.remove("enter");
      void card.offsetWidth; // starts the animation anew
      card.classList.add("enter");
    }
  }

  function hide() {
    card.hidden = true;
  }

  // Following

  function wait() {
    const most = Math.min(500 * 2 ** failures, LONGEST_WAIT);
    return most * (0.5 + Math.random() / 2);
  }

  function follow() {
    if (failures >= SOCKET_TRIES) return void poll();
    let opened = false;
    const socket = new WebSocket(`${address.replace(/^http/, "ws")}/ws?after=${pos}&epoch=${encodeURIComponent(epoch)}`);
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      opened = true;
      failures = 0;
      if (message.type === "reset") forget(message.epoch);
      else if (message.type === "hello") epoch = message.epoch;
      else if (message.type === "entry" && !take(message)) socket.close();
      draw();
    };
    socket.onclose = (event) => {
      if (!opened) failures += 1;
      // 4029: too many connections, so poll at once.
      if (event.code === 4029) failures = SOCKET_TRIES;
      setTimeout(follow, event.code === 4029 ? 0 : wait());
    };
  }

  async function poll() {
    try {
      let more = true;
      while (more) {
        const answer = await fetch(`${address}/entries?after=${pos}&epoch=${encodeURIComponent(epoch)}`, { cache: "no-cache" });
        if (!answer.ok) throw new Error(String(answer.status));
        const page = await answer.json();
        if (epoch && page.epoch !== epoch) {
          forget(page.epoch);
          continue;
        }
        epoch = page.epoch;
        if (!page.entries.every(take)) forget(epoch);
        more = page.more;
      }
      draw();
      failures = SOCKET_TRIES - 1; // one socket try, then polling again
      setTimeout(follow, POLL_EVERY);
    } catch {
      failures = Math.min(failures + 1, 8);
      setTimeout(() => {
        failures = Math.max(failures - 1, 0) >= SOCKET_TRIES ? SOCKET_TRIES - 1 : failures;
        follow();
      }, wait());
    }
  }

  follow();
})();
