/* The agenda bar: how far the sitting is, which item is being debated, which comes next. While the sitting is open;
   behind closed doors, before it and after it, nothing. */
(() => {
  "use strict";

  const LONG_NUMBER = 3;

  const WORDS = {
    fr: { of: "Point {number} sur {total}", done: ["{done} point examiné sur {total}", "{done} points examinés sur {total}"], next: "Ensuite :", point: "{number}, {title}", suspended: "Séance suspendue" },
    en: { of: "Item {number} of {total}", done: ["{done} item of {total} debated", "{done} items of {total} debated"], next: "Next:", point: "{number}, {title}", suspended: "Sitting suspended" },
  };

  const byId = (id) => document.getElementById(id);
  const card = byId("card");
  const put = (sentence, params) => sentence.replace(/\{(\w+)\}/g, (_, name) => params[name]);

  /** The next item that may be named: after the one that is open, else the first that has not been called. */
  function following(listed, current) {
    const at = listed.findIndex(({ id }) => id === current?.id);
    return listed.slice(at + 1).find(({ status, title }) => status === "to_come" && title);
  }

  function progress(words, language, { done, total }) {
    if (!total) return "";
    return put(words.done[(language === "fr" ? done >= 2 : done !== 1) ? 1 : 0], { done, total });
  }

  function step({ status }) {
    const mark = document.createElement("i");
    if (status === "current") mark.className = "current";
    else if (status !== "to_come") mark.className = "done";
    return mark;
  }

  function fill(thread) {
    const { state } = thread;
    const language = overlay.language(state);
    const words = WORDS[language];
    const listed = [...thread.items.values()].filter(({ kind }) => kind !== "heading");
    const item = state.status === "open" ? state.item : null;
    const number = item?.number ?? "";
    const next = following(listed, state.item);
    card.lang = language;
    byId("mark").textContent = number;
    byId("mark").classList.toggle("long", number.length > LONG_NUMBER);
    byId("kicker").textContent = item && overlay.counts(item, state.items) ? put(words.of, { number, total: state.items.total }) : "";
    byId("title").textContent = item?.title || (state.status === "suspended" ? words.suspended : progress(words, language, state.items));
    byId("next-name").textContent = next ? words.next : "";
    byId("next").textContent = next ? (next.number ? put(words.point, next) : next.title) : "";
    byId("steps").replaceChildren(...listed.map(step));
  }

  function draw(thread) {
    const state = thread?.state;
    if (state && overlay.closedDoors(state)) {
      card.classList.add("gone");
      byId("steps").replaceChildren();
      return overlay.blank(card);
    }
    const shown = state?.status === "open" || state?.status === "suspended";
    if (shown) {
      fill(thread);
      card.classList.remove("gone");
    }
    card.hidden = !shown;
    return undefined;
  }

  overlay(draw);
})();
