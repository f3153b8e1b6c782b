/* The last vote, as a card over the picture for some seconds after it was recorded (?seconds=12). Votes that were
   recorded before the page was opened are not shown; a correction of the one that is shown stands at once. */
(() => {
  "use strict";

  const SECONDS = 12;
  const LONG_NUMBER = 3;
  const MANY = 6;
  const CHOICES = { for: "pour", against: "contre", abstention: "abst" };

  const WORDS = {
    fr: {
      on: "Vote, {subject}", vote: "Vote", adopted: "Adopté", rejected: "Rejeté", no_majority: "Aucun élu à ce tour",
      elected: ["Élection : {names}", "Élections : {names}"], unanimous: "{result} à l’unanimité",
      for: "pour", against: "contre", abstention: ["abstention", "abstentions"],
      not_voting: ["ne prend pas part", "ne prennent pas part"], blank: ["blanc", "blancs"], null: ["nul", "nuls"],
      voices: "{n} voix", majority: "majorité {n}", secret: "Scrutin secret", public: "Scrutin public",
      casting: "La voix de la présidence a départagé", round: "Tour {n}", closed_part: "huis clos",
    },
    en: {
      on: "Vote, {subject}", vote: "Vote", adopted: "Adopted", rejected: "Rejected", no_majority: "Nobody elected in this round",
      elected: ["Elected: {names}", "Elected: {names}"], unanimous: "{result} unanimously",
      for: "for", against: "against", abstention: ["abstention", "abstentions"],
      not_voting: ["not taking part", "not taking part"], blank: ["blank", "blank"], null: ["void", "void"],
      voices: "{n} votes", majority: "majority {n}", secret: "Secret ballot", public: "Public ballot",
      casting: "The chair’s casting vote decided", round: "Round {n}", closed_part: "closed part",
    },
  };

  const byId = (id) => document.getElementById(id);
  const card = byId("card");
  const seconds = Number(new URLSearchParams(location.search).get("seconds")) || SECONDS;

  let shownEntry = null;
  let timer = 0;
  let known = null;
  let words;
  let language;

  const say = (id, n, params = {}) => {
    const found = words[id];
    // French counts zero as singular.
    const sentence = Array.isArray(found) ? found[(language === "fr" ? n >= 2 : n !== 1) ? 1 : 0] : found;
    return sentence.replace(/\{(\w+)\}/g, (_, name) => ({ n, ...params })[name]);
  };

  function hide() {
    clearTimeout(timer);
    shownEntry = null;
    card.hidden = true;
  }

  function result(vote) {
    if (vote.result === "elected") return say("elected", vote.elected.length, { names: vote.elected.join(", ") });
    const word = say(vote.result);
    return vote.unanimous ? say("unanimous", 0, { result: word }) : word;
  }

  function totals(vote) {
    const parts = [];
    if (vote.ballot === "secret" || vote.ballot === "public") parts.push(say(vote.ballot));
    if (vote.total) parts.push(say("voices", vote.total));
    if (vote.needed && vote.majority !== "simple") parts.push(say("majority", vote.needed));
    return parts.join(", ");
  }

  function voices(vote) {
    const { h } = globalThis[Symbol.for("livesession")];
    const row = (name, count, word) => h("li", { class: name }, h("b", {}, String(count)), " ", h("span", {}, word));
    if (vote.candidates)
      return [...vote.candidates].sort((a, b) => b.voices - a.voices).slice(0, MANY).map((one) => row("candidate", one.voices, one.name));
    return Object.keys(CHOICES).map((name) => row(CHOICES[name], vote[name] ?? 0, say(name, vote[name] ?? 0)));
  }

  function more(vote) {
    const rare = ["not_voting", "blank", "null"].filter((name) => vote[name]).map((name) => `${vote[name]} ${say(name, vote[name])}`);
    return [vote.round && say("round", vote.round), vote.casting && say("casting"), ...rare].filter(Boolean).join(", ");
  }

  function fill(thread, { id, item, vote }) {
    const live = globalThis[Symbol.for("livesession")];
    const { title = "", number = "" } = thread.items.get(item) ?? {};
    language = overlay.language(thread.state);
    words = WORDS[language];
    const subject = vote.title || vote.subject || (vote.matter && words[vote.matter]) || title;
    card.lang = language;
    byId("mark").textContent = number;
    byId("mark").classList.toggle("long", number.length > LONG_NUMBER);
    byId("kicker").textContent = subject ? say("on", 0, { subject }) : say("vote");
    byId("result").textContent = result(vote);
    byId("result").classList.toggle("long", byId("result").textContent.length > 40);
    byId("total").textContent = totals(vote);
    const drawn = !vote.unanimous && !vote.candidates && vote.total > 0;
    byId("bar").replaceChildren(...(drawn ? [live.Builder.prototype.bar.call(null, id, vote)] : []));
    byId("voices").replaceChildren(...(vote.unanimous ? [] : voices(vote)));
    byId("voices").classList.toggle("candidates", Boolean(vote.candidates));
    byId("more").textContent = more(vote);
  }

  /** Behind closed doors no word stays, not even while it fades. */
  function blank() {
    hide();
    card.classList.add("gone");
    for (const name of ["bar", "voices"]) byId(name).replaceChildren();
    overlay.blank(card);
  }

  function draw(thread, change) {
    known = thread;
    if (!thread) return hide();
    if (overlay.closedDoors(thread.state)) return blank();
    const isVote = change?.kind === "vote.recorded" && change.added?.vote;
    const view = isVote ? change.added : change?.changed;
    if (!isVote && (!view || view.id !== shownEntry)) return undefined;
    // Retracted or erased while it stands.
    if (!view.vote) return blank();
    fill(thread, view);
    card.classList.remove("gone");
    card.hidden = false;
    if (isVote) {
      shownEntry = view.id;
      clearTimeout(timer);
      timer = setTimeout(() => known && hide(), seconds * 1000);
    }
    return undefined;
  }

  overlay(draw);
})();
