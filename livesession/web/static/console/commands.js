/** Everything the palette can do: the sitting's gestures, its items, its members, its phrases. */

import { formAddress } from "./hall.js";
import { LENGTHS } from "./hold.js";
import { chooseKey, keyLabel, keyNames } from "./keys.js";
import { t } from "./page.js";
import { short, voteBrief } from "./phrases.js";

/** Gestures that have a form of their own and no key: they open beside the console. */
const BY_FORM = [
  "member.recused", "member.corrected", "proxy.revoked", "president.named", "secretary.named", "vote.recorded", "motion.tabled",
  "item.added", "item.corrected", "item.postponed", "item.withdrawn", "item.reordered", "item.joined", "document.attached", "sitting.suspended",
  "sitting.closed", "closed_part.begun", "decision.released",
];

/** Entries for the palette, as the sitting stands now. `acts` are the console's own functions. */
export function paletteEntries({ register, people, seen, hold, solo, phrases, acts }) {
  const open = seen.status === "open";
  const going = open || seen.status === "suspended";
  const item = register.item(seen.current);
  const next = register.neighbour(seen.current, 1);
  const command = (name, iconName, run, rest = {}) => ({ group: "commands", name: t(`do-${name}`), iconName, run, ...rest });
  const commands = [
    seen.status === "scheduled" && command("open", "play", () => acts.step("sitting.opened")),
    open && next && command("next", "play", () => acts.next(), { key: keyLabel("nextItem"), note: `${next.number ? `${next.number}, ` : ""}${short(next.title, 60)}` }),
    open && item && command("vote", "vote", () => acts.vote(), { key: keyLabel("vote"), aliases: ["v"] }),
    open && item && command("unanimous", "check", () => acts.unanimous(), { key: t("key-unanimous", { name: keyLabel("vote") }), aliases: ["u", "unanimité"] }),
    going && command(seen.closedPart ? "reopen-doors" : "close-doors", "lock", () => acts.doors(), { key: keyLabel("doors"), aliases: ["hc"] }),
    people.members.length > 0 && going && command("roll-call", "users", () => acts.rollCall(), { aliases: ["appel", "a"] }),
    open && command("suspend", "clock", () => acts.step("sitting.suspended"), { aliases: ["s"] }),
    seen.status === "suspended" && command("resume", "play", () => acts.step("sitting.resumed"), { aliases: ["s"] }),
    register.state.speaker && command("end-speech", "check", () => acts.send("speech.ended")),
    register.state.quorum && going && command("quorum", "users", () => acts.send("quorum.checked", item ? { item: item.id } : {}), { aliases: ["q"] }),
    hold.items.length > 0 && command("take-back", "undo-2", () => acts.takeBack(), { key: keyLabel("takeBack") }),
    going && command("write", "pencil", () => acts.write(), { hidden: true }),
    command("correct-last", "pencil", () => acts.correctLast(), { key: "↑", hidden: true }),
    command("pin-last", "pin", () => acts.pinLast(), { hidden: true }),
    register.state.pinned && command("unpin", "pin", () => acts.send("update.unpinned", { data: { entry: register.state.pinned } }), { hidden: true }),
    open && command("previous", "undo-2", () => acts.previous(), { key: keyLabel("previousItem"), hidden: true }),
    item && command("correct-item", "pencil", () => acts.correctItem(item), { hidden: true }),
    open && item && command("close-item", "check", () => acts.send("item.closed", { item: item.id }), { hidden: true }),
    going && command("close", "check", () => acts.step("sitting.closed"), { hidden: true, aliases: ["lever", "fin"] }),
    seen.status === "closed" && command("reopen", "undo-2", () => acts.step("sitting.reopened")),
    command(solo ? "solo-off" : "solo-on", "users", () => acts.solo(!solo), { hidden: true }),
    ...LENGTHS.map((n) => ({
      group: "commands", name: t("do-hold", { n }), note: n === hold.seconds ? t("do-hold-now") : "", iconName: "clock", hidden: true, run: () => acts.holdFor(n),
    })),
    ...keyNames.map((name) => ({
      group: "commands", name: t("do-key", { name: t(`key-of-${name.toLowerCase()}`) }), iconName: "pencil", hidden: true, after: true, key: keyLabel(name), run: () => chooseKey(name),
    })),
    ...(["agenda", "thread", "room"].map((part) => command(`go-${part}`, "corner-down-right", () => acts.go(part), { hidden: true }))),
    ...BY_FORM.map((kind) => ({
      group: "commands", name: t(`form-${kind.replace(/[._]/g, "-")}`), note: t("do-form"), iconName: "file-text", hidden: true, after: true,
      run: () => window.open(formAddress(kind), "forms"),
    })),
  ];
  return [
    ...commands.filter(Boolean),
    ...register.items.filter((each) => each.kind !== "heading").map((each) => itemEntry(each, register, seen, acts)),
    ...(going ? people.members.flatMap((member) => memberEntries(member, people, seen, acts)) : []),
    ...(item?.drafts ?? []).map((text) => ({ group: "phrases", name: t("prepared"), note: short(text, 80), iconName: "pencil", hidden: !going, run: () => acts.insert(text) })),
    ...phrases.map((phrase) => ({ group: "phrases", name: phrase.title, note: short(phrase.text, 80), iconName: "quote", hidden: true, run: () => acts.insert(phrase.text) })),
  ];
}

function itemEntry(item, register, seen, acts) {
  const status = register.itemStatus(item.id, seen.current);
  const vote = register.votes.get(item.id);
  const write = { group: "items", name: t("write-on-item"), iconName: "pencil", run: () => acts.writeOn(item) };
  const open = { group: "items", name: t("open-item"), iconName: "play", run: () => acts.openItem(item) };
  return {
    group: "items", iconName: item.public ? "list" : "lock", hidden: true,
    name: `${item.number ? `${item.number}, ` : ""}${item.title}`,
    note: vote && "for" in vote ? voteBrief(vote) : t(`item-${status.replace("_", "-")}`),
    aliases: item.number ? [item.number] : [],
    run: seen.status === "open" && status !== "current" ? open.run : write.run,
    more: () => (seen.status === "open" && status !== "current" ? [open, write] : [write]),
  };
}

/** A member: one entry, and its gestures, found by what they do. */
function memberEntries(member, people, seen, acts) {
  const place = seen.current === null ? {} : { item: seen.current };
  const { presence } = member;
  const holder = people.member(people.room.proxies[member.id]);
  const act = (name, iconName, run) => ({ group: "members", name: t(`person-${name}`, { name: member.name }), iconName, hidden: true, two: true, run });
  const send = (kind, data, options = {}) => () => acts.send(kind, { ...options, data });
  const gestures = [
    presence !== "present" && act("arrived", "plus", send("member.arrived", { members: [member.id] })),
    seen.status === "open" && act("floor", "bell", send("speech.begun", { member: member.id }, place)),
    seen.status === "open" && act("asks", "list", send("speech.requested", { member: member.id }, place)),
    act("mention", "pencil", () => acts.mention(member)),
    act("quote", "quote", () => acts.quote(member)),
    presence === "present" && act("left", "log-out", send("member.left", { members: [member.id] })),
    presence !== "present" && act("excused", "circle", send("member.excused", { members: [member.id] })),
    presence !== "present" && act("proxy", "corner-down-right", () => acts.proxyFrom(member)),
    holder && act("proxy-ends", "undo-2", send("proxy.revoked", { member: member.id })),
    seen.current !== null && act("recused", "undo-2", send("member.recused", { members: [member.id] }, place)),
  ].filter(Boolean);
  const group = people.groupName(member.group);
  const state = holder ? t("presence-proxy", { name: holder.name }) : t(`presence-${presence ?? "unknown"}`);
  // Present: the floor. Away: the arrival. What is wanted most is one Enter away.
  const first = presence === "present" && seen.status === "open" ? gestures.find((each) => each.iconName === "bell") : gestures[0];
  const whole = {
    group: "members", name: member.name, note: [group, state, t("enter-does", { name: first.name })].filter(Boolean).join(", "), iconName: "users", hidden: true,
    run: first.run, more: () => gestures.map((each) => ({ ...each, two: false })),
  };
  return [whole, ...gestures];
}

/** The holders a proxy of `giver` could go to: those who are there. */
export function proxyEntries(giver, people, acts) {
  const taken = new Set(Object.values(people.room.proxies));
  return people.members
    .filter((member) => member.id !== giver.id && member.presence === "present")
    .map((member) => ({
      group: "members", name: t("proxy-of", { name: giver.name, by: member.name }), note: taken.has(member.id) ? t("proxy-holds-one") : people.groupName(member.group),
      iconName: "corner-down-right", run: () => acts.send("proxy.given", { data: { from: giver.id, to: member.id } }),
    }));
}
