/* The countdown: to the opening that was announced, and during a pause to its end, where somebody said when
   (?only=opening or ?only=resuming for one of the two). Once the time is past it says so; it never counts upwards. */
(() => {
  "use strict";

  const TICK_MS = 250;
  const SECOND_MS = 1_000;
  const DAY_SECONDS = 86_400;
  /* A sitting that has not begun hours after it should have was not held. */
  const LATEST_MS = 3 * 3_600_000;

  const WORDS = {
    fr: {
      opening: "Début de la séance", resuming: "Reprise de la séance", "opening-soon": "La séance va commencer", "resuming-soon": "La séance va reprendre",
      "opening-at": "Prévu à {time}", "resuming-at": "Prévue à {time}", "opening-day": "Prévu le {day} à {time}", "resuming-day": "Prévue le {day} à {time}",
      first: { opening: "Premier point", resuming: "À la reprise" }, point: "Point {number}, {title}", site: "Suivre et revoir",
    },
    en: {
      opening: "The sitting begins in", resuming: "The sitting resumes in", "opening-soon": "The sitting is about to begin", "resuming-soon": "The sitting is about to resume",
      "opening-at": "Planned for {time}", "resuming-at": "Planned for {time}", "opening-day": "Planned for {day} at {time}", "resuming-day": "Planned for {day} at {time}",
      first: { opening: "First item", resuming: "When it resumes" }, point: "Item {number}, {title}", site: "Follow and watch again",
    },
  };

  const byId = (id) => document.getElementById(id);
  const screen = byId("screen");
  const only = overlay.asked("only");
  let known = null;

  const put = (sentence, params) => sentence.replace(/\{(\w+)\}/g, (_, name) => params[name]);
  const two = (number) => String(number).padStart(2, "0");

  /** What is counted to, and when that is; null where there is nothing to count to. */
  function goal({ state, until }) {
    const [what, when] = { scheduled: ["opening", state.starts], suspended: ["resuming", until] }[state.status] ?? [];
    const instant = Date.parse(when ?? "");
    return what && overlay.now() - instant < LATEST_MS && (!only || only === what) ? { what, instant } : null;
  }

  /** Hours, minutes and seconds as a clock has them; longer than a day nothing, for then the day is said. */
  function left(instant) {
    const seconds = Math.ceil((instant - overlay.now()) / SECOND_MS);
    if (seconds <= 0 || seconds >= DAY_SECONDS) return "";
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
  }

  function when(what, instant, state, words, t) {
    const moment = overlay.moment(instant, state, t);
    return put(words[`${what}-${moment.day ? "day" : "at"}`], moment);
  }

  function next({ state, items }, words) {
    const item = state.item ?? [...items.values()].find(({ kind, status, title }) => kind !== "heading" && status === "to_come" && title);
    if (!item?.title) return "";
    return item.number ? put(words.point, item) : item.title;
  }

  function fill(thread, { what, instant }) {
    const { state } = thread;
    const language = overlay.language(state);
    const words = WORDS[language];
    const past = instant <= overlay.now();
    const first = next(thread, words);
    const texts = {
      who: [state.assembly, state.title].filter(Boolean).join(", "),
      title: past ? words[`${what}-soon`] : words[what],
      left: left(instant),
      until: past ? "" : when(what, instant, state, words, globalThis[Symbol.for("livesession")].words(language)),
      "first-name": first && words.first[what],
      first,
      "site-name": words.site,
      site: overlay.host,
    };
    screen.lang = language;
    // Four times a second it is asked, once it changes: what stays is not written again.
    for (const [id, text] of Object.entries(texts)) if (byId(id).textContent !== text) byId(id).textContent = text;
  }

  function draw(thread) {
    known = thread;
    const closed = Boolean(thread && overlay.closedDoors(thread.state));
    const found = thread && !closed ? goal(thread) : null;
    screen.classList.toggle("gone", closed);
    if (found) fill(thread, found);
    else if (closed) overlay.blank(screen);
    screen.hidden = !found;
  }

  if (overlay.asked("form") === "card") document.documentElement.dataset.form = "card";
  setInterval(() => known && draw(known), TICK_MS);
  overlay(draw);
})();
