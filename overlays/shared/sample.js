/* What an overlay shows of a sitting that is not: to place it and to see its look before there is anything to show.

   ?sample=opening|debate|vote|suspended|closed-part, ?lang=en for English. Each says in a corner that it is a sample, so that
   it is not taken for the sitting on air. */
(() => {
  "use strict";

  const MINUTE_MS = 60_000;
  const asked = new URLSearchParams(location.search);

  const WORDS = {
    fr: {
      mark: "Essai", assembly: "Conseil départemental du Val-Clair", title: "Séance plénière", speaker: "Hélène Durand", group: "Groupe des élus du Val",
      items: ["Approbation du procès-verbal", "Budget primitif de l’exercice", "Rénovation énergétique des collèges : programme pluriannuel et plan de financement", "Plan vélo", "Questions diverses"],
    },
    en: {
      mark: "Sample", assembly: "Val-Clair County Council", title: "Plenary sitting", speaker: "Helen Durand", group: "Group of the Vale",
      items: ["Approval of the minutes", "Budget for the year", "Energy renovation of secondary schools: programme and funding over several years", "Cycling plan", "Any other business"],
    },
  };

  /** A thread and a change as the reader tells them. */
  function sample(name, live) {
    const language = asked.get("lang") === "en" ? "en" : "fr";
    const words = WORDS[language];
    const in_ = (minutes) => new Date(Date.now() + minutes * MINUTE_MS).toISOString();
    const status = (at) => (name === "opening" ? "to_come" : at < 2 ? "done" : at === 2 ? "current" : "to_come");
    const items = words.items.map((title, at) => ({ id: `sample-${at}`, kind: "item", number: String(at + 1), title, status: status(at) }));
    const vote = { for: 34, against: 12, abstention: 5, result: "adopted", ballot: "public" };
    const current = name === "opening" ? null : { ...items[2], opened_at: in_(-4) };
    const state = {
      language, assembly: words.assembly, title: words.title, timezone: "Europe/Paris", public: true, items: { total: items.length, done: name === "opening" ? 0 : 2 },
      status: { opening: "scheduled", suspended: "suspended" }[name] ?? "open",
      closed_part: name === "closed-part",
      starts: in_(12), item: current, speaker: current && { name: words.speaker, group: words.group },
      last_vote: name === "suspended" ? { ...vote, item: "sample-1" } : null,
    };
    const thread = { state, items: new Map(items.map((item) => [item.id, item])), until: name === "suspended" ? in_(12) : null };
    const view = { id: "sample", item: "sample-2", vote: live.voteView(vote) };
    return { thread, change: name === "vote" ? { kind: "vote.recorded", added: view } : undefined, mark: words.mark };
  }

  /** Draw a sample, and say that it is one. */
  globalThis.overlay.pretend = (name, draw) => {
    const { thread, change, mark } = sample(name, globalThis[Symbol.for("livesession")]);
    globalThis.overlay.mirror(thread.state);
    document.body.append(Object.assign(document.createElement("p"), { id: "sample", textContent: mark, lang: thread.state.language }));
    draw(thread, change);
  };
})();
