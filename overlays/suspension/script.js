/* The screen of a pause: that the sitting is suspended, until when, what comes next; or that it goes on behind
   closed doors, and then nothing else. While the sitting is open, before it and after it, nothing. */
(() => {
  "use strict";

  const TICK_MS = 5_000;
  const MINUTE_MS = 60_000;
  const DAY_MINUTES = 1440;

  const WORDS = {
    fr: {
      suspended: "Séance suspendue", doors: "Huis clos", private: "La séance se poursuit à huis clos.",
      until: "Reprise prévue à {time}", day: "Reprise prévue le {day} à {time}",
      minutes: "dans {m} min", hours: "dans {h} h {m}", soon: "dans un instant",
      next: "À la reprise", point: "Point {number}, {title}", vote: "Dernier vote", site: "Suivre et revoir",
      adopted: "adopté", rejected: "rejeté", unanimous: "{result} à l’unanimité", for: "pour", against: "contre", elected: "élection", no_majority: "aucun élu à ce tour",
    },
    en: {
      suspended: "Sitting suspended", doors: "Closed part", private: "The sitting continues in private.",
      until: "Resumes at {time}", day: "Resumes on {day} at {time}",
      minutes: "in {m} min", hours: "in {h} h {m}", soon: "in a moment",
      next: "When it resumes", point: "Item {number}, {title}", vote: "Last vote", site: "Follow and watch again",
      adopted: "adopted", rejected: "rejected", unanimous: "{result} unanimously", for: "for", against: "against", elected: "election", no_majority: "nobody elected in this round",
    },
  };

  const byId = (id) => document.getElementById(id);
  const screen = byId("screen");
  let known = null;

  const put = (sentence, params) => sentence.replace(/\{(\w+)\}/g, (_, name) => params[name]);
  const named = (words, { number, title }) => (number ? put(words.point, { number, title }) : title);

  /** When it resumes, in words, and how long that is from now; empty where nobody said, or where that is past. */
  function resuming(until, state, words, t) {
    const instant = Date.parse(until ?? "");
    if (Number.isNaN(instant)) return ["", ""];
    const minutes = Math.ceil((instant - overlay.now()) / MINUTE_MS);
    const moment = overlay.moment(instant, state, t);
    if (moment.day) return [put(words.day, moment), ""];
    const at = put(words.until, moment);
    if (minutes < 0 || minutes >= DAY_MINUTES) return [at, ""];
    if (minutes === 0) return [at, words.soon];
    const [h, m] = [Math.floor(minutes / 60), minutes % 60];
    return [at, h ? put(words.hours, { h, m: String(m).padStart(2, "0") }) : put(words.minutes, { m })];
  }

  function nextItem(thread, words) {
    const item = thread.state.item ?? [...thread.items.values()].find(({ kind, status, title }) => kind !== "heading" && status === "to_come" && title);
    return item?.title ? named(words, item) : "";
  }

  function lastVote(thread, words, live) {
    const { last_vote: last } = thread.state;
    if (!last) return "";
    const item = thread.items.get(last.item);
    const subject = last.subject || (item?.number ? put(words.point, { number: item.number, title: "" }).replace(/, $/, "") : item?.title) || "";
    const vote = live.voteView(last);
    const word = words[last.result] ?? "";
    if (vote.unanimous) return [subject, put(words.unanimous, { result: word })].filter(Boolean).join(" ");
    const numbers = "for" in last ? `, ${last.for} ${words.for}, ${last.against} ${words.against}` : "";
    return `${[subject, word].filter(Boolean).join(" ")}${numbers}`;
  }

  function fill(thread, closed) {
    const live = globalThis[Symbol.for("livesession")];
    const { state } = thread;
    const language = overlay.language(state);
    const words = WORDS[language];
    const [until, left] = closed ? ["", ""] : resuming(thread.until, state, words, live.words(language));
    const next = closed ? "" : nextItem(thread, words);
    const vote = closed ? "" : lastVote(thread, words, live);
    const texts = {
      who: [state.assembly, state.title].filter(Boolean).join(", "),
      title: closed ? words.doors : words.suspended,
      until: closed ? words.private : until,
      left,
      "next-name": next && words.next,
      next,
      "vote-name": vote && words.vote,
      vote,
      "site-name": words.site,
      site: overlay.host,
    };
    screen.lang = language;
    screen.dataset.tone = closed ? "closed-part" : "suspended";
    for (const [id, text] of Object.entries(texts)) byId(id).textContent = text;
  }

  function draw(thread) {
    known = thread;
    const state = thread?.state;
    const closed = Boolean(state && overlay.closedDoors(state) && (state.status === "open" || state.status === "suspended"));
    const shown = closed || state?.status === "suspended";
    if (shown) fill(thread, closed);
    screen.hidden = !shown;
  }

  setInterval(() => known && draw(known), TICK_MS);
  overlay(draw);
})();
