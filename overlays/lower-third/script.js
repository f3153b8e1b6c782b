/* The lower third: which item is being debated, who speaks, and for a moment what was voted. It comes before the
   server, outlives it, and shows nothing rather than an error or something stale. */
(() => {
  "use strict";

  const VOTE_MS = 12_000;
  const LONG_TITLE = 64;
  const LONG_NUMBER = 3;

  const WORDS = {
    fr: { of: "Point {number} sur {total}", point: "Point {number}", suspended: "Séance suspendue", "closed-part": "Huis clos", doors: "La séance se poursuit à huis clos", role: "Rapport de", adopted: "Adopté", rejected: "Rejeté", for: "pour", against: "contre", abstention: "abst." },
    en: { of: "Item {number} of {total}", point: "Item {number}", suspended: "Sitting suspended", "closed-part": "Closed part", doors: "The sitting continues in private", role: "Report by", adopted: "Adopted", rejected: "Rejected", for: "for", against: "against", abstention: "abst." },
  };

  const byId = (id) => document.getElementById(id);
  const card = byId("card");

  /* The vote that is being shown, and the last one that was: of those before this page nothing is shown. */
  let vote = null;
  let lastVote;
  let voteOver = 0;
  let known = null;

  /** Show a new vote for a moment. A vote on nothing but candidates has no line here. */
  function noteVote(state) {
    const entry = state.last_vote?.entry ?? null;
    if (entry === lastVote) return;
    const isNew = lastVote !== undefined;
    lastVote = entry;
    vote = isNew && "for" in (state.last_vote ?? {}) && !overlay.closedDoors(state) ? state.last_vote : null;
    clearTimeout(voteOver);
    if (vote)
      voteOver = setTimeout(() => {
        vote = null;
        draw(known);
      }, VOTE_MS);
  }

  function votedLine(voted, words) {
    const numbers = ["for", "against", "abstention"].filter((name) => name !== "abstention" || voted[name]);
    return `${words[voted.result] ?? ""}, ${numbers.map((name) => `${voted[name]} ${words[name]}`).join(", ")}`;
  }

  /** What to show of a state, or null for nothing. */
  function shown(state) {
    const words = WORDS[overlay.language(state)];
    if (state.status === "closed" || state.status === "scheduled") return null;
    if (overlay.closedDoors(state)) return { tone: "closed-part", kicker: words["closed-part"], title: words.doors };
    if (state.status === "suspended") return { tone: "suspended", kicker: state.assembly, title: words.suspended };
    const { item, items, speaker } = state;
    if (!item?.title) return null;
    // A vote is that of its own item, not of the one that was called meanwhile.
    if (vote?.item === item.id) return { tone: "item", mark: item.number, kicker: item.title, title: votedLine(vote, words) };
    const kicker = item.number ? words[overlay.counts(item, items) ? "of" : "point"] : "";
    const line = speaker
      ? { name: speaker.name, group: speaker.group ?? speaker.role }
      : item.rapporteur && { name: item.rapporteur, role: words.role };
    return {
      tone: "item",
      mark: item.number,
      kicker: kicker.replace("{number}", item.number).replace("{total}", items.total),
      title: item.title,
      ...line,
    };
  }

  function draw(thread) {
    known = thread;
    if (thread) noteVote(thread.state);
    const now = thread && shown(thread.state);
    // Hidden, the card keeps its words while it fades.
    if (now) {
      const { tone, mark = "", kicker = "", title, role = "", name = "", group = "" } = now;
      card.dataset.tone = tone;
      card.lang = overlay.language(thread.state);
      byId("mark").textContent = mark;
      byId("mark").classList.toggle("long", mark.length > LONG_NUMBER);
      byId("kicker").textContent = kicker;
      byId("title").textContent = title;
      byId("title").classList.toggle("long", title.length > LONG_TITLE);
      byId("role").textContent = role;
      byId("name").textContent = name;
      byId("group").textContent = group;
      byId("more").hidden = !name;
    }
    card.hidden = !now;
  }

  overlay(draw);
})();
