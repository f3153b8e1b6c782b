/** The lamp, the banner, the clock and the title of what is debated: what a glance must tell. */

import { alarm } from "./announcer.js";
import { byId, h, icon, say } from "./dom.js";
import { t, tn } from "./page.js";
import { clockTime, duration, serverNow, stopwatch } from "./times.js";

const LAMPS = {
  public: ["eye", "lamp-public", "lamp-public-note"],
  offline: ["wifi-off", "lamp-offline", "lamp-offline-note"],
  suspended: ["clock", "lamp-suspended", "lamp-suspended-note"],
  closed: ["lock", "lamp-closed", "lamp-closed-note"],
  untold: ["lock", "lamp-closed", "lamp-untold-note"],
  scheduled: ["circle", "lamp-scheduled", "lamp-scheduled-note"],
  over: ["check", "lamp-over", "lamp-over-note"],
};

/**
 * Which lamp burns. Closed doors come before everything, from the key that closes them on; that they are not told yet,
 * even before that. All else is what the server has said.
 */
export function lampOf({ seen, told, offline, untold }) {
  if (seen.closedPart) return untold ? "untold" : "closed";
  if (offline) return "offline";
  return { open: "public", suspended: "suspended", scheduled: "scheduled", closed: "over" }[told.status];
}

export class Bar {
  #register;
  #lamp = null;
  #banner = "";
  #seen = null;

  constructor(register) {
    this.#register = register;
  }

  update({ seen, offline, untold, since, loggedOut, waiting, unsafe }) {
    this.#seen = seen;
    const lamp = lampOf({ seen, told: this.#register.state, offline, untold: untold && offline });
    const closedAt = lamp === "closed" ? this.#register.doorsClosedAt() : null;
    this.#light(lamp, closedAt ? t("lamp-closed-since", { time: clockTime(closedAt) }) : t(LAMPS[lamp][2]));
    document.body.dataset.lamp = lamp;
    document.body.classList.toggle("inside", seen.closedPart);
    this.#showBanner({ offline, untold, since, loggedOut, waiting, unsafe });
    this.#doors(seen);
    this.#heading(seen);
    this.tick();
  }

  /** No line yet, and nothing known of the sitting. */
  lost(since, loggedOut, waiting) {
    this.#light("offline", t(LAMPS.offline[2]));
    document.body.dataset.lamp = "offline";
    this.#showBanner({ offline: true, since, loggedOut, waiting });
  }

  #light(lamp, note) {
    say(byId("lamp-note"), note);
    if (lamp === this.#lamp) return;
    const [iconName, word] = LAMPS[lamp];
    byId("lamp-icon").replaceChildren(icon(iconName));
    say(byId("lamp-word"), t(word));
    const urgent = lamp === "closed" || lamp === "untold" || lamp === "offline";
    if (this.#lamp !== null && urgent) alarm(`${t(word)}. ${note}`);
    if (!urgent) alarm("");
    this.#lamp = lamp;
  }

  #showBanner({ offline, untold, since, loggedOut, waiting, unsafe }) {
    const kept = waiting ? tn("kept", waiting) : "";
    const [kind, head, rest] = loggedOut
      ? ["login", t("log-in-again"), kept]
      : untold && offline
        ? ["untold", t("doors-untold"), kept]
        : offline
          ? ["offline", t("offline-since", { time: clockTime(since) }), unsafe ? `${t("cannot-keep")} ${kept}` : kept || t("offline-explain")]
          : unsafe
            ? ["unsafe", t("cannot-keep"), t("cannot-keep-explain")]
            : ["", "", ""];
    const marks = [kind, head, rest].join("|");
    if (marks === this.#banner) return;
    this.#banner = marks;
    const banner = byId("banner");
    banner.hidden = kind === "";
    banner.className = `banner ${kind}`;
    byId("banner-icon").replaceChildren(icon(kind === "login" || kind === "unsafe" ? "triangle-alert" : kind === "untold" ? "lock" : "wifi-off"));
    say(byId("banner-head"), head);
    say(byId("banner-rest"), rest);
    byId("banner-login").hidden = kind !== "login";
    byId("banner-retry").hidden = kind !== "offline" && kind !== "untold";
  }

  #doors(seen) {
    const held = byId("doors");
    if (!held) return;
    const wholly = this.#register.state.public === false;
    held.hidden = wholly || !(seen.status === "open" || seen.status === "suspended");
    held.classList.toggle("opens", seen.closedPart);
    say(byId("doors-words"), t(seen.closedPart ? "reopen-doors" : "close-doors"));
    const marks = seen.closedPart ? "eye" : "lock";
    if (held.dataset.marks !== marks) {
      held.dataset.marks = marks;
      byId("doors-icon").replaceChildren(icon(marks));
    }
  }

  #heading(seen) {
    const item = this.#register.item(seen.current);
    const next = this.#register.neighbour(seen.current, 1);
    say(byId("item-number"), item?.number ?? "");
    byId("item-number").hidden = !item?.number;
    say(byId("item-title"), item ? item.title : t(seen.status === "closed" ? "sitting-over" : "no-item-open"));
    say(byId("item-rapporteur"), item?.rapporteur ? t("rapporteur", { name: item.rapporteur }) : "");
    const papers = byId("item-papers");
    papers.replaceChildren(
      ...(item?.documents ?? []).slice(0, 3).map((paper) =>
        h("a", { href: paper.url, target: "_blank", rel: "noopener noreferrer" }, icon("file-text"), h("span", {}, paper.title)),
      ),
    );
    const step = byId("next-item");
    if (!step) return;
    step.hidden = seen.status !== "open" || !next;
    step.title = next ? `${next.number ? `${next.number}, ` : ""}${next.title}` : "";
  }

  /** Every second: nothing but figures changes. */
  tick() {
    const now = serverNow();
    const { state } = this.#register;
    say(byId("clock"), clockTime(now));
    const running = state?.opened_at && state.status !== "closed";
    say(byId("lasting"), running ? duration(now - Date.parse(state.opened_at)) : "");
    byId("lasting-label").hidden = !running;
    const since = this.#seen?.current ? this.#seen.since : null;
    say(byId("item-elapsed"), since ? stopwatch(now - Date.parse(since)) : "");
    byId("item-timer").hidden = !since;
    say(byId("strip-item"), since ? stopwatch(now - Date.parse(since)) : "–");
  }
}
