/** The console of one sitting: puts the parts together and keeps them in step. */

import { gestures } from "./acts.js";
import { Agenda } from "./agenda.js";
import { Amend } from "./amend.js";
import { tell } from "./announcer.js";
import { Bar } from "./bar.js";
import { Choices } from "./choices.js";
import { Composer } from "./composer.js";
import { Copy } from "./copy.js";
import { openCorrection } from "./correction.js";
import { byId, say } from "./dom.js";
import { Doors } from "./doors.js";
import { Hall } from "./hall.js";
import { HELD, Hold } from "./hold.js";
import { install, keepLogin } from "./install.js";
import { Kept, TAB } from "./kept.js";
import { listen, useKeys } from "./keys.js";
import { Outbox } from "./outbox.js";
import { Names } from "./names.js";
import { page, t } from "./page.js";
import { People } from "./people.js";
import { itemName } from "./phrases.js";
import { Register, project } from "./register.js";
import { Review } from "./review.js";
import { Room } from "./room.js";
import { Stream } from "./stream.js";
import { showTab, tabs } from "./tabs.js";
import { drawEmpty, Thread } from "./thread.js";
import { learnClock, recallClock, serverNow, useZone } from "./times.js";
import { Tray } from "./tray.js";

/** A line that comes back within this was never away: nothing on the page needs to say so. */
const GRACE = 1_500;
/** A line that has not brought the record within this does not keep the clerk from what is known. */
const SLOW_START = 2_500;

const kept = await Kept.open(page.account.id, page.sitting);
const copy = new Copy(kept.store);
const register = new Register();
/** A clerk's own choices, the same at every sitting. */
const choices = new Choices(`livesession:clerk:${page.account.id}:`);
const outbox = new Outbox(kept);
/** Commands that the server has taken, with their place in the record, until the stream brings them. */
let answered = [];
const people = new People(kept, pending);
register.people = people;
const hold = new Hold(kept, choices, (command) => outbox.sending(command), (command) => outbox.parking(command, [t("held-left")]));
const stream = new Stream(() => register.seq);
const bar = new Bar(register);
const names = new Names(register, people, kept);
const amend = new Amend(register, (kind, data) => send(kind, { data }), (text) => (seen().closedPart ? "" : names.question(text)));
const review = new Review(register, (deliveries) => takeDeliveries(deliveries, { late: true }));
const thread = new Thread(register, { act: (row) => amend.choose(row), review: (row) => review.open(row), takeBack });
const agenda = new Agenda(register, {
  open: (item) => acts.openItem(item),
  close: (item) => send("item.closed", { item: item.id }),
  write: (item) => acts.writeOn(item),
  correct: (item) => openCorrection(item, send),
});
const room = new Room(register, { step: (kind) => acts.step(kind) });
const hall = new Hall(register, people, send, () => acts.rollCall());
const composer = page.mayPost ? new Composer(register, people, kept, send) : null;
const tray = page.mayPost ? new Tray(register, kept, outbox, takeUp) : null;
const seen = () => project(register.state, pending());
const doors = new Doors(register, seen, send, () => {
  freeze();
  outbox.holdBack([t("held-by-doors")]);
});
const acts = gestures({ register, people, kept, choices, hold, composer, amend, send, seen, takeBack, doors, update });

let drawn = false;
/** Since when the line is away, null while it is there. */
let away = null;
/** Whether it has been away for so long that it is told. The timer alone says so: the clock may be set meanwhile. */
let offline = false;
let grace = 0;
let lastAt = 0;
let pinned = null;

/** What was answered but has not come by the stream yet, then what waits: else a step would be undone for an instant. */
function pending() {
  return [...answered.filter(({ seq }) => seq > register.seq), ...outbox.commands];
}

/** Everything that follows from the register, the outbox and the line. */
function update() {
  const commands = outbox.commands;
  const waiting = outbox.safe;
  document.body.dataset.waiting = String(commands.length);
  if (!register.state) {
    if (offline) bar.lost(away, stream.loggedOut, waiting.length);
    return;
  }
  const seen = project(register.state, pending());
  if (seen.closedPart) freeze();
  const untold = seen.closedPart && !register.state.closed_part && register.state.public !== false;
  const loggedOut = stream.loggedOut || outbox.loggedOut;
  bar.update({ seen, offline: offline || loggedOut, untold, since: away ?? Date.now(), loggedOut, waiting: waiting.length, unsafe: !kept.safe });
  agenda.update(seen);
  room.update(seen, offline || loggedOut);
  hall.update(seen);
  composer?.update(seen, offline || loggedOut);
  thread.queue(waiting, offline || loggedOut, hold.items);
  drawHold(offline || loggedOut, seen);
}

/** What is held, told beside the button that publishes. */
function drawHold(offline, seen) {
  const words = byId("hold-words");
  if (!words) return;
  const { seconds } = hold;
  say(words, seen.closedPart ? "" : offline ? (kept.safe ? t("kept-here") : "") : seconds ? t("hold-of", { n: seconds }) : t("hold-none"));
  byId("solo").hidden = !choices.read("solo", false) || seen.closedPart;
}

/** The doors have closed: what was held goes nowhere, and is offered again one by one. */
function freeze() {
  hold.freeze((command) => outbox.parking(command, [t("held-by-doors")]));
}

/** Whether the line is there: the stream must be up, and the last try to send must have been answered. */
function lineChanged() {
  const up = stream.up && outbox.reached;
  if (up) {
    clearTimeout(grace);
    away = null;
    offline = false;
  } else if (away === null) {
    away = Date.now();
    grace = setTimeout(() => {
      offline = true;
      update();
    }, GRACE);
  }
  update();
}

const takes = {
  hello(message) {
    const found = register.hello(message);
    if (found === "other") {
      register.forget();
      drawn = false;
      stream.retry();
      return;
    }
    copy.hello(message);
    // A line that was taken up anew was let in: there is a login again.
    if (outbox.loggedOut) outbox.resume();
    kept.write("clock", learnClock(message.now, true));
    useZone(message.state.timezone);
    if (found === "agenda") {
      composer?.drawItems();
      agenda.draw(project(register.state, pending()));
    }
    if (drawn) update();
    else if (register.seq >= message.seq) settle();
    tray?.fetchDrafts();
    people.refresh();
  },
  entries(message) {
    copy.entries(message);
    if (message.state && drawn) people.take(message.entries);
    const { added, changed, agendaChanged } = register.take(message.entries, message.state);
    if (drawn && message.entries.some(({ kind, data }) => kind === "item.corrected" && data?.erased)) {
      // Earlier entries read otherwise now: what this page holds of them is thrown away, and read anew.
      register.forget();
      drawn = false;
      stream.retry();
      return;
    }
    if (agendaChanged) stream.retry();
    if (!drawn) {
      if (message.state) settle();
      return;
    }
    if (register.state.pinned !== pinned) {
      // The entry that loses its pin is not named by the one that takes it.
      changed.add(pinned).add(register.state.pinned);
      pinned = register.state.pinned;
    }
    thread.add(added);
    thread.change(changed);
    drawEmpty(register);
    const others = added.filter((row) => row.author_name !== page.account.name);
    for (const row of others) tell(t("announced", { name: row.author_name ?? "", item: itemName(register.item(row.item)) }));
    update();
    outbox.nudgeRestricted();
  },
  deliveries: ({ deliveries }) => {
    copy.deliveries(deliveries);
    takeDeliveries(deliveries);
  },
  spending: ({ spending }) => {
    register.spending = spending;
    if (drawn) update();
  },
  reports: ({ count }) => room.reports(count),
  ping: ({ now }) => learnClock(now),
};

/** The whole record is here for the first time: draw it. */
function settle() {
  drawn = true;
  pinned = register.state.pinned;
  thread.draw();
  drawEmpty(register);
  document.body.classList.add("ready");
  tray?.draw();
  update();
}

/** Without a line, or with one that is slow: what this browser saw last, until there is better. */
async function recall() {
  const copied = await copy.read();
  // A line that has begun to bring the record is waited for; one that broke in the midst of it is not.
  if (!copied || drawn || (stream.up && register.state)) return;
  register.forget();
  useZone(copied.hello.state.timezone);
  register.hello(copied.hello);
  try {
    register.take(copied.entries, copied.hello.state);
  } catch {
    // A copy with a gap is none.
    register.forget();
    return;
  }
  register.takeDeliveries(copied.deliveries);
  // What is shown is what was so: no lamp says « public » on the word of a copy.
  away ??= Date.now();
  offline = true;
  composer?.drawItems();
  agenda.draw(seen());
  settle();
}

function takeDeliveries(deliveries, options) {
  const concerned = register.takeDeliveries(deliveries, options);
  if (drawn) thread.change(concerned);
  review.update(concerned);
  update();
}

/**
 * Keep a command, with the time it was written and what was known then, and the changes `also`; a text is held first.
 * Resolves with {outcome, key} as the outbox says.
 */
async function send(kind, { item = null, data = {}, urgent = false, pin = false, also = [] } = {}) {
  const seen = project(register.state, pending());
  const restricted = seen.closedPart && (kind === "update.posted" || kind === "vote.recorded");
  const command = { kind, at: instant(), data, seen: register.seq };
  if (item !== null) command.item = item;
  if (urgent) command.urgent = true;
  if (restricted) command.restricted = true;
  if (pin && !restricted) command.pin = true;
  const isHeld = HELD.has(kind) && !restricted && hold.seconds > 0;
  const sent = isHeld ? held(command, also) : release(command, also, kind === "sitting.closed" || kind === "sitting.suspended");
  if (kind === "vote.recorded") showTab("thread");
  if (kind === "update.posted" || kind === "vote.recorded") thread.toEnd();
  const result = await sent;
  if (result.outcome === "refused" && kind === "update.corrected") outbox.park(command, [t("not-kept")]);
  return result;
}

async function held(command, also) {
  if (await hold.add(command, also)) return { outcome: "kept" };
  return outbox.add(command, also);
}

async function release(command, also, afterHeld) {
  if (afterHeld) await hold.flush();
  return outbox.add(command, also);
}

/** Take a held post back: into the composer, or beside it where that is busy. */
async function takeBack(key) {
  const lines = [t("parked-held")];
  let changes = [];
  const command = await hold.takeBack(key, (taken) => (changes = outbox.parking(taken, lines)));
  if (!command) return;
  showTab("thread");
  if (composer.bringBack(command)) {
    composer.focus();
    outbox.forget(changes[0].id);
  }
  tell(t("taken-back"));
}

/**
 * Now, as the record counts it. It never goes back, and is never before the doors were seen to open: a text
 * written after that must not be taken for one written behind them because a clock was learnt anew.
 */
function instant() {
  lastAt = Math.max(Math.round(serverNow()), lastAt + 1, register.doorsOpenedAt() + 1);
  return new Date(lastAt).toISOString();
}

/** What was written behind closed doors leaves only while they are known to be closed still. */
outbox.gate = () => {
  if (!stream.up || !drawn) return { verdict: "wait" };
  const inside = register.state.closed_part || register.state.public === false;
  return inside ? { verdict: "send", seen: register.seq } : { verdict: "hold", lines: [t("held-by-reopening")] };
};

/** A text that came back goes on where it was written: the composer, or the correction of its entry. */
function takeUp(command, lines) {
  showTab("thread");
  if (command.kind === "update.corrected") {
    const row = register.rowById.get(command.data.entry);
    if (!row) return false;
    amend.correct(row, command.data);
    return true;
  }
  if (command.kind !== "update.posted" && command.kind !== "vote.recorded") {
    send(command.kind, { item: command.item ?? null, data: command.data });
    return true;
  }
  composer.choose(command.item ?? null);
  for (const vote of [false, true]) {
    const written = composer.takeOut(vote);
    if (written) outbox.park(written.command, [t("parked")], written.also);
  }
  composer.bringBack(command, lines);
  composer.focus();
  return true;
}

function refused({ command, error }) {
  if (error.code === "closed_part_unseen") tray?.fetchDrafts();
  else if (composer?.settled(command.key, error.lines)) outbox.forget(command.key);
  // Into the composer of the page where it was written, and of no other.
  else if (command.tab === TAB && (command.kind === "update.posted" || command.kind === "vote.recorded") && composer.bringBack(command, error.lines, error.code)) {
    outbox.forget(command.key);
  }
  tell(`${t("refused")}. ${error.lines.join(" ")}`);
}

stream.addEventListener("message", ({ detail }) => takes[detail.type]?.(detail));
stream.addEventListener("line", () => {
  lineChanged();
  if (!stream.up) recall();
  if (stream.up) outbox.nudge();
});
outbox.addEventListener("change", () => {
  lineChanged();
  tray?.draw();
});
outbox.addEventListener("sent", ({ detail: { command, entry } }) => {
  answered = [...answered.filter(({ seq }) => seq > register.seq), { ...command, seq: entry.seq }];
  composer?.settled(command.key);
  update();
});
outbox.following = (command, entry) => (command.pin ? { kind: "update.pinned", at: instant(), data: { entry: entry.id }, seen: register.seq } : null);
outbox.mayLeaveUnkept = () => Boolean(stream.up) && outbox.reached && !outbox.loggedOut;
kept.addEventListener("change", ({ detail }) => detail === "safe" && update());
hold.addEventListener("change", update);
people.addEventListener("change", update);
// The line may still be open on the login that has ended: taken up anew, it tells when there is another.
outbox.addEventListener("loggedout", () => stream.retry());
outbox.addEventListener("refused", ({ detail }) => refused(detail));

byId("banner-retry").addEventListener("click", () => {
  stream.retry();
  outbox.nudge();
});
byId("doors")?.addEventListener("click", acts.doors);
byId("next-item")?.addEventListener("click", acts.next);
byId("open-sitting")?.addEventListener("click", () => send("sitting.opened"));
byId("room-toggle").addEventListener("click", () => showTab(document.body.dataset.tab === "room" ? "thread" : "room"));

tabs({ vote: () => composer?.showKind("vote", { focus: false }), thread: () => composer?.kind === "vote" && composer.showKind("update", { focus: false }) });

useKeys(choices);
/** A stranger's name is asked about before the composer takes the text: by whichever way it is published. */
function mayLeave() {
  return composer.kind === "vote" || seen().closedPart || names.let(byId("composer-text").value);
}

if (composer) {
  byId("composer").addEventListener("submit", (event) => {
    if (mayLeave()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  // Another kind, another preview.
  byId("composer").addEventListener("change", ({ target }) => target.name === "kind" && update());
  listen({
    publish: () => {
      const here = document.activeElement;
      if ((here === document.body || byId("composer").contains(here)) && mayLeave()) composer.publish();
    },
    palette: acts.palette,
    vote: acts.vote,
    escape: acts.escape,
    takeBack: () => takeBack(),
    doors: () => doors.keyDown(),
    doorsLetGo: () => doors.keyUp(),
    nextItem: acts.next,
    previousItem: acts.previous,
    isComposerEmpty: () => composer.hasFocusInEmptyText,
    correctLast: acts.correctLast,
  });
  byId("find").addEventListener("click", acts.palette);
  byId("solo-unanimous").addEventListener("click", acts.unanimous);
  byId("solo-next").addEventListener("click", acts.next);
}

recallClock(kept.read("clock", null));
setTimeout(recall, SLOW_START);
copy.tidy().catch(() => undefined);
kept.elsewhere().then((waiting) => tray?.tellElsewhere(waiting)).catch(() => undefined);
install();
keepLogin({ stream, outbox });
// What the browser refuses to keep must not go with the page.
window.addEventListener("beforeunload", (event) => outbox.commands.length > outbox.safe.length && event.preventDefault());
setInterval(() => {
  if (!register.state) return;
  bar.tick();
  hall.tick();
  thread.tick(hold.items);
}, 1000);
stream.open();
if (composer) outbox.run(`livesession:${page.sitting}:${page.account.id}`);
