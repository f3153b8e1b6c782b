/* The lower third: which item is being debated, who speaks, and for a moment what was voted. It comes before the server, outlives it, and shows nothing
   rather than an error or something stale.

   ?sitting=slug, and ?server=https://… where the page is a local file. The thread is followed by the same
   code as the widget's, taken from the server; until there is one, it is asked for again and again. */
(() => {
  "use strict";

  const STALE_MS = 120_000;
  const LONGEST_WAIT_MS = 15_000;
  const VOTE_MS = 12_000;
  const LONG_TITLE = 64;
  const LONG_NUMBER = 3;
  /* OBS serves a local file from the host « absolute ». */
  const LOCAL_HOSTS = new Set(["", "absolute"]);

  const WORDS = {
    fr: { of: "Point {number} sur {total}", point: "Point {number}", suspended: "Séance suspendue", "closed-part": "Huis clos", doors: "La séance se poursuit à huis clos", role: "Rapport de", speaker: "A la parole", adopted: "Adopté", rejected: "Rejeté", for: "pour", against: "contre", abstention: "abst." },
    en: { of: "Item {number} of {total}", point: "Item {number}", suspended: "Sitting suspended", "closed-part": "Closed part", doors: "The sitting continues in private", role: "Report by", speaker: "Has the floor", adopted: "Adopted", rejected: "Rejected", for: "for", against: "against", abstention: "abst." },
  };

  const asked = new URLSearchParams(location.search);
  const setting = (name) => asked.get(name) || document.body.dataset[name] || "";
  const slug = setting("sitting");
  const server = (setting("server") || (LOCAL_HOSTS.has(location.hostname) ? "" : location.origin)).replace(/\/+$/, "");

  const byId = (id) => document.getElementById(id);
  const card = byId("card");

  let reader = null;
  let stale = false;

  /* The vote that is being shown, and the last one that was: of those before this page nothing is shown. */
  let vote = null;
  let lastVote;
  let voteOver = 0;

  /** Show a new vote for a moment. A vote on nothing but candidates has no line here. */
  function noteVote(state) {
    const entry = state.last_vote?.entry ?? null;
    if (entry === lastVote) return;
    const isNew = lastVote !== undefined;
    lastVote = entry;
    vote = isNew && "for" in (state.last_vote ?? {}) ? state.last_vote : null;
    clearTimeout(voteOver);
    if (vote)
      voteOver = setTimeout(() => {
        vote = null;
        draw();
      }, VOTE_MS);
  }

  function votedLine(voted, words) {
    const numbers = ["for", "against", "abstention"].filter((name) => name !== "abstention" || voted[name]);
    return `${words[voted.result] ?? ""}, ${numbers.map((name) => `${voted[name]} ${words[name]}`).join(", ")}`;
  }

  /** What to show of a state, or null for nothing. */
  function shown(state) {
    const language = (state.language ?? "fr").toLowerCase().startsWith("en") ? "en" : "fr";
    const words = WORDS[language];
    if (state.status === "closed" || state.status === "scheduled") return null;
    if (state.closed_part || !state.public)
      return { tone: "closed-part", mark: "", kicker: words["closed-part"], title: words.doors, name: "", role: "", language };
    if (state.status === "suspended")
      return { tone: "suspended", mark: "", kicker: state.assembly, title: words.suspended, name: "", role: "", language };
    const { item, items } = state;
    if (!item?.title) return null;
    if (vote) return { tone: "item", mark: item.number, kicker: item.title, title: votedLine(vote, words), name: "", role: "", language };
    const { speaker } = state;
    const counts = /^[0-9]+$/.test(item.number) && Number(item.number) <= items.total;
    const kicker = item.number ? (counts ? words.of : words.point) : "";
    return {
      tone: "item",
      mark: item.number,
      kicker: kicker.replace("{number}", item.number).replace("{total}", items.total),
      title: item.title,
      name: speaker ? [speaker.name, speaker.group ?? speaker.role].filter(Boolean).join(", ") : (item.rapporteur ?? ""),
      role: speaker ? words.speaker : item.rapporteur ? words.role : "",
      language,
    };
  }

  function draw() {
    if (reader?.ready) noteVote(reader.thread.state);
    const now = reader?.ready && !stale ? shown(reader.thread.state) : null;
    // Hidden, the card keeps its words while it fades.
    if (now) {
      card.dataset.tone = now.tone;
      card.lang = now.language;
      byId("mark").textContent = now.mark;
      byId("mark").classList.toggle("long", now.mark.length > LONG_NUMBER);
      byId("kicker").textContent = now.kicker;
      byId("title").textContent = now.title;
      byId("title").classList.toggle("long", now.title.length > LONG_TITLE);
      byId("name").textContent = now.name;
      byId("role").textContent = now.role;
      byId("more").hidden = !now.name;
    }
    card.hidden = !now;
  }

  let fading = 0;

  function heard(event, detail) {
    if (event === "status") {
      clearTimeout(fading);
      if (detail === "live") stale = false;
      else
        fading = setTimeout(() => {
          stale = true;
          draw();
        }, STALE_MS);
    }
    draw();
  }

  function follow() {
    const live = globalThis[Symbol.for("livesession")];
    reader = new live.Reader(`${server}/s/${encodeURIComponent(slug)}`, heard, { persist: true });
    reader.start();
  }

  function fetchCode(attempt = 0) {
    const script = document.createElement("script");
    script.src = `${server}/widget.js`;
    script.onload = follow;
    script.onerror = () => {
      script.remove();
      const longest = Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempt);
      setTimeout(fetchCode, longest * (0.5 + Math.random() / 2), attempt + 1);
    };
    document.head.append(script);
  }

  if (!slug || !server) return;
  fetchCode();

  const face = new FontFace("Atkinson Hyperlegible Next", `url("${server}/static/fonts/atkinson-hyperlegible-next.woff2")`, { weight: "200 800" });
  document.fonts.add(face);

  // Loaded once, the page is there even when the server is not: OBS asks for it only at its own start.
  if (location.origin === server) navigator.serviceWorker?.register("worker.js").catch(() => {});
})();
