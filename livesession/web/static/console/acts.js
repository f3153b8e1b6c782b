/** What keys, buttons and the palette have in common: each gesture of the clerk, once. */

import { call, NoAnswer, Refusal, sittingPath } from "./api.js";
import { paletteEntries, proxyEntries } from "./commands.js";
import { openCorrection } from "./correction.js";
import { h } from "./dom.js";
import { openLayer } from "./layer.js";
import { page, t } from "./page.js";
import { openPalette } from "./palette.js";
import { openRollCall } from "./rollcall.js";
import { showTab } from "./tabs.js";

const PLACES = { agenda: ".agenda-row[tabindex='0']", thread: "#thread-scroller", room: "#room" };

/** The gestures, on the parts of the console: `seen()` is the sitting as the clerk sees it, `update()` draws. */
export function gestures({ register, people, kept, choices, hold, composer, amend, send, seen, takeBack, doors, update }) {
  let phrases = [];

  const stepTo = (direction) => {
    const { current, status } = seen();
    const item = register.neighbour(current, direction);
    if (item && status === "open") acts.openItem(item);
  };

  /** Stock phrases as they read now; those that were read last where the server does not answer. */
  const readPhrases = async () => {
    try {
      phrases = (await call("GET", `${sittingPath}/phrases`)).phrases.filter(({ text }) => text);
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof Refusal)) throw error;
    }
  };

  const acts = {
    send,
    takeBack,
    doors: () => doors.turn(),
    openItem: (item) => send("item.opened", { item: item.id }),
    next: () => stepTo(1),
    previous: () => stepTo(-1),
    step: (kind) => (kind === "sitting.closed" || kind === "sitting.reopened" ? confirmStep(kind, send) : send(kind)),
    write: () => composer.showKind("update"),
    writeOn: (item) => {
      showTab("thread");
      composer.choose(item.id);
      composer.focus();
    },
    /** The vote; where one person does everything, the same key again is the unanimous one. */
    vote: () => {
      const again = choices.read("solo", false) && composer.kind === "vote" && composer.isEmpty;
      showTab("vote");
      if (again) acts.unanimous();
      else composer.showKind("vote");
    },
    unanimous: () => {
      composer.unanimous();
      composer.publish();
    },
    rollCall: () => people.members.length && openRollCall(people, kept, send),
    correctLast: () => {
      const row = register.lastBy(page.account.name);
      if (row) amend.correct(row);
    },
    pinLast: () => {
      const row = register.lastBy(page.account.name);
      if (row) send("update.pinned", { data: { entry: row.id } });
    },
    correctItem: (item) => openCorrection(item, send),
    insert: (text) => composer.insert(text),
    mention: (member) => composer.mention(member),
    quote: (member) => composer.quote(member),
    proxyFrom: (giver) => openPalette(() => proxyEntries(giver, people, acts)),
    holdFor: (seconds) => (hold.seconds = seconds),
    solo: (on) => {
      choices.write("solo", on);
      update();
    },
    go: (part) => {
      showTab(part);
      document.querySelector(PLACES[part])?.focus();
    },
    /** With no layer open Échap leaves the vote, then takes a held post back. */
    escape: () => {
      if (composer.kind === "vote") {
        showTab("thread");
        composer.showKind("update");
        update();
      } else takeBack();
    },
    palette: async () => {
      if (!register.state) return;
      const solo = choices.read("solo", false);
      const redraw = openPalette(() => paletteEntries({ register, people, seen: seen(), hold, solo, phrases, acts }));
      await readPhrases();
      redraw();
    },
  };
  return acts;
}

function confirmStep(kind, send) {
  const closing = kind === "sitting.closed";
  openLayer({
    title: t(closing ? "close-title" : "reopen-sitting-title"),
    body: [h("p", {}, t(closing ? "close-explain" : "reopen-sitting-explain"))],
    confirm: { label: t(closing ? "close-sitting" : "reopen-sitting"), iconName: closing ? "check" : "undo-2", run: () => (send(kind), true) },
  });
}
