/** The hall at a glance: who presides, the quorum, who speaks and who waits to. The doors to the plain forms. */

import { byId, button, h, icon, say } from "./dom.js";
import { page, t, tn } from "./page.js";
import { personName } from "./phrases.js";
import { serverNow, stopwatch } from "./times.js";

/** Speakers shown; of the others the number is told. */
const QUEUE = 6;

/** The forms that are asked for most, each with its words. */
const FORMS = [
  "member.arrived", "member.left", "member.recused", "proxy.given", "president.named", "speech.requested", "vote.recorded",
  "motion.tabled", "item.added", "item.postponed", "document.attached", "sitting.suspended", "sitting.closed",
  "closed_part.begun", "decision.released",
];

/** The address of the form of a command, where it stands open. */
export function formAddress(kind, given = {}) {
  return `/console/s/${page.slug}/forms?${new URLSearchParams({ open: kind, ...given, lang: page.language })}#${kind}`;
}

export class Hall {
  #register;
  #people;
  #send;
  #rollCall;
  #marks = "";

  /** `send(kind, options)` gives a command to the outbox; `rollCall()` opens the call. */
  constructor(register, people, send, rollCall) {
    this.#register = register;
    this.#people = people;
    this.#send = send;
    this.#rollCall = rollCall;
    byId("hall-forms")?.replaceChildren(
      ...FORMS.map((kind) => h("li", {}, h("a", { href: formAddress(kind), target: "forms" }, t(`form-${kind.replace(/[._]/g, "-")}`)))),
    );
  }

  update(seen) {
    const { state } = this.#register;
    const marks = JSON.stringify([state.president, state.quorum, state.speaker, state.speakers, seen.status, seen.current, this.#voices(seen), this.#people.members.length]);
    if (marks !== this.#marks) {
      this.#marks = marks;
      say(byId("hall-president"), state.president ? t("president", { name: personName(state.president) }) : t("president-none"));
      const going = page.mayPost && seen.status !== "closed";
      const does = [];
      if (going && state.quorum) does.push(button(t("check-quorum"), { class: "quiet", "data-act": "check-quorum", onclick: () => this.#send("quorum.checked", onItem(seen)) }));
      if (going && seen.status !== "scheduled" && this.#people.members.length) does.push(button(t("do-roll-call"), { iconName: "users", class: "quiet", "data-act": "roll-call", onclick: this.#rollCall }));
      this.#redraw("hall-quorum", [...quorumNodes(state.quorum, this.#voices(seen)), does.length ? h("div", { class: "hall-does" }, ...does) : ""].filter(Boolean));
      this.#strip(state);
      this.#redraw("hall-speech", this.#speechNodes(state, seen, going));
    }
    this.tick();
  }

  /** How many voices there are on what is debated; 0 where nobody noted who is there. */
  #voices(seen) {
    return this.#people.counted ? this.#people.voices(seen.current).size : 0;
  }

  /** The same in a line beneath the title, where the column has no room. */
  #strip({ quorum, speaker }) {
    byId("strip-quorum").className = !quorum || quorum.waived ? "" : quorum.met ? "" : "fail";
    say(byId("strip-present"), quorum ? String(quorum.present) : "–");
    say(byId("strip-required"), quorum ? t("strip-present", { required: quorum.required }) : t("strip-present-unknown"));
    say(byId("strip-speaker"), speaker ? speaker.name : t("strip-nobody"));
    if (!speaker) say(byId("strip-speech"), "–");
  }

  /** A button that was reached by keyboard is reached still after what it stands in was drawn anew. */
  #redraw(id, nodes) {
    const held = byId(id);
    const focused = held.contains(document.activeElement) ? document.activeElement.dataset.act : null;
    held.replaceChildren(...nodes);
    if (focused) (held.querySelector(`[data-act="${focused}"]`) ?? held.querySelector("button"))?.focus({ preventScroll: true });
  }

  #speechNodes({ speaker, speakers }, seen, going) {
    const nodes = [];
    if (speaker) {
      nodes.push(
        h("p", { class: "speaking" }, h("strong", {}, personName(speaker)), h("span", { id: "speech-elapsed", class: "speech-elapsed" })),
        speaker.allotted ? h("p", { class: "note", id: "speech-allotted" }) : "",
      );
      if (going) nodes.push(button(t("end-speech"), { iconName: "check", class: "quiet", "data-act": "end-speech", onclick: () => this.#send("speech.ended") }));
    } else {
      nodes.push(h("p", { class: "note" }, t("nobody-speaks")));
    }
    if (speakers.length) {
      nodes.push(h("ol", { class: "queue-of-speakers" }, ...speakers.slice(0, QUEUE).map((person, index) => this.#waiting(person, index, seen, going))));
      if (speakers.length > QUEUE) nodes.push(h("p", { class: "note" }, tn("more-speakers", speakers.length - QUEUE)));
    }
    return nodes.filter((node) => node !== "");
  }

  #waiting(person, index, seen, going) {
    const name = personName(person);
    if (!going || seen.status !== "open" || !person.id) return h("li", {}, name);
    const give = () => this.#send("speech.begun", { ...onItem(seen), data: { member: person.id } });
    const { name: who, group } = person;
    return h("li", {}, h("button", { type: "button", class: "next-speaker", "aria-label": t("give-floor-to", { name }), title: t("give-floor"), "data-act": `floor-${index}`, on: { click: give } },
      h("span", {}, who), group ? h("span", { class: "note" }, group) : null, icon("play")));
  }

  /** Every second: how long somebody has spoken. */
  tick() {
    const speaker = this.#register.state?.speaker;
    const elapsed = byId("speech-elapsed");
    if (!speaker || !elapsed) return;
    const gone = serverNow() - Date.parse(speaker.since);
    say(elapsed, stopwatch(gone));
    say(byId("strip-speech"), stopwatch(gone));
    const over = speaker.allotted ? gone - speaker.allotted * 1000 : -1;
    elapsed.classList.toggle("over", over > 0);
    const note = byId("speech-allotted");
    if (note) say(note, over > 0 ? t("over-time", { time: stopwatch(over) }) : t("allotted-time", { time: stopwatch(speaker.allotted * 1000) }));
  }
}

const onItem = (seen) => (seen.current === null ? {} : { item: seen.current });

/** Met, at the edge or lost: said in words; the bar only draws it. */
function quorumNodes(quorum, voices) {
  if (!quorum) return [h("p", { class: "note" }, t("quorum-unknown"))];
  const { present, required, in_office: seats, represented, recused, met, waived } = quorum;
  const [tone, iconName, words] = waived
    ? ["ok", "check", "quorum-waived"]
    : !met
      ? ["fail", "triangle-alert", "quorum-lost"]
      : present === required
        ? ["wait", "triangle-alert", "quorum-edge"]
        : ["ok", "check", "quorum-met"];
  const more = [voices ? tn("voices", voices) : "", represented ? tn("quorum-represented", represented) : "", recused ? tn("quorum-recused", recused) : ""].filter(Boolean);
  return [
    h("p", { class: `quorum-state ${tone}` }, icon(iconName), h("span", {}, t(words))),
    h("p", { class: "quorum-count" },
      h("span", { class: "quorum-number" }, String(present)),
      h("span", { class: "note quorum-of" }, t("quorum-of", { n: present, total: seats, required })),
      more.length ? h("span", { class: "note quorum-voices" }, more.join(", ")) : null),
    quorumBar(present, required, seats, tone),
  ];
}

function quorumBar(present, required, seats, tone) {
  const [filled, tick] = [h("span", { class: "filled" }), h("span", { class: "threshold" })];
  const share = (number) => `${Math.min(100, (100 * number) / Math.max(1, seats))}%`;
  filled.style.inlineSize = share(present);
  tick.style.insetInlineStart = share(required);
  return h("div", { class: `quorum-bar ${tone}`, "aria-hidden": "true" }, filled, tick);
}
