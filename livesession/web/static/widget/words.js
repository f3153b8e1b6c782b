/* The sentences of the widget and of the page that follows, in French and in English, and times in the
   council's zone. The page that the server writes says the same (livesession/i18n/…/public.ftl). */
(() => {
  "use strict";
  const live = globalThis[Symbol.for("livesession")];
  if (live.words) return;

  const LANGUAGES = ["fr", "en"];

  /* French, English; where a number decides, each as singular and plural. */
  const SENTENCES = {
    open: ["En direct", "Live"],
    scheduled: ["À venir", "To come"],
    suspended: ["Séance suspendue", "Sitting suspended"],
    closed: ["Séance terminée", "Sitting ended"],
    "closed-part": ["Huis clos", "Closed part"],
    where: ["Où en est-on ?", "Where are we?"],
    "where-point-of": ["Où en est-on ? Point {number} sur {total}, depuis {time}", "Where are we? Item {number} of {total}, since {time}"],
    "where-point": ["Où en est-on ? Point {number}, depuis {time}", "Where are we? Item {number}, since {time}"],
    "where-since": ["Où en est-on ? Depuis {time}", "Where are we? Since {time}"],
    "now-scheduled": ["La séance n’a pas commencé.", "The sitting has not begun."],
    "now-open": ["La séance est ouverte. Aucun point n’est en cours.", "The sitting is open. No item is being debated."],
    "now-suspended": ["La séance est suspendue.", "The sitting is suspended."],
    "now-closed": ["La séance a été levée à {time}.", "The sitting ended at {time}."],
    "now-closed-part": ["La séance se poursuit à huis clos.", "The sitting continues in private."],
    "now-not-public": ["Cette séance se tient à huis clos.", "This sitting is held in private."],
    untitled: ["Point à huis clos", "Item in private"],
    "sub-scheduled": ["prévue le {date} à {time}", "planned for {date} at {time}"],
    "sub-opened": ["ouverte à {time}", "opened at {time}"],
    "sub-span": ["de {from} à {to}", "from {from} to {to}"],
    rapporteur: ["Rapporteur", "Rapporteur"],
    speaker: ["A la parole", "Has the floor"],
    "speaker-since": ["{name}, depuis {time}", "{name}, since {time}"],
    quorum: ["Quorum", "Quorum"],
    "quorum-met": ["Quorum atteint : {present} présents pour {required}.", "Quorum met: {present} present, {required} needed."],
    "quorum-lost": ["Quorum perdu : {present} présents pour {required}.", "Quorum lost: {present} present, {required} needed."],
    "last-vote": ["Dernier vote", "Last vote"],
    done: ["Points examinés", "Items debated"],
    of: ["{done} sur {total}", "{done} of {total}"],
    pinned: ["Épinglé", "Pinned"],
    views: ["Affichage", "View"],
    thread: ["Fil", "Thread"],
    agenda: ["Ordre du jour", "Agenda"],
    votes: ["Votes", "Votes"],
    "votes-none": ["Aucun vote pour l’instant.", "No vote so far."],
    "thread-label": ["Fil de la séance", "Thread of the sitting"],
    fresh: ["À jour", "Up to date"],
    news: [["{n} nouvelle publication", "{n} nouvelles publications"], ["{n} new post", "{n} new posts"]],
    lost: ["Reconnexion", "Reconnecting"],
    "lost-since": ["Reconnexion. Dernier relevé à {time}", "Reconnecting. Last update at {time}"],
    gone: ["Cette séance n’est plus à cette adresse.", "This sitting is no longer at this address."],
    ended: ["Séance terminée", "Sitting ended"],
    here: ["vous en étiez là", "you were here"],
    permalink: ["{time}, lien vers cette publication", "{time}, link to this post"],
    corrected: ["Rectifié à {time}.", "Corrected at {time}."],
    "it-read": ["Il était écrit", "It read"],
    retracted: ["Retiré à {time}.", "Retracted at {time}."],
    erased: ["Effacé à {time}.", "Erased at {time}."],
    "erased-plain": ["Texte effacé.", "Text erased."],
    vote: ["Vote", "Vote"],
    "vote-on": ["Vote, {subject}", "Vote, {subject}"],
    adopted: ["Adopté", "Adopted"],
    rejected: ["Rejeté", "Rejected"],
    unanimous: ["Adopté à l’unanimité", "Adopted unanimously"],
    for: ["pour", "for"],
    against: ["contre", "against"],
    abstention: [["abstention", "abstentions"], ["abstention", "abstentions"]],
    voices: [["{n} voix", "{n} voix"], ["{n} vote", "{n} votes"]],
    "ballot-show_of_hands": ["Main levée, ", "Show of hands, "],
    more: ["Détail du vote", "Details of the vote"],
    not_voting: ["ne prend pas part", "not taking part"],
    blank: ["blanc", "blank"],
    "ballot-public": ["Scrutin public, ", "Public ballot, "],
    "ballot-secret": ["Scrutin secret, ", "Secret ballot, "],
    to_come: ["à venir", "to come"],
    current: ["en cours", "being debated"],
    "item-done": ["examiné", "debated"],
    "item-closed": ["huis clos", "in private"],
    announce: ["Annonces", "Announcements"],
    older: ["Publications précédentes", "Earlier posts"],
    full: ["Page complète", "Full page"],
  };

  /** The first of the languages that is one of ours; French otherwise. */
  const languageOf = (...asked) =>
    asked.map((tag) => (tag ?? "").toLowerCase().split("-")[0]).find((tag) => LANGUAGES.includes(tag)) ?? "fr";

  /** The sentences of a language: `t(id, parameters)`; `n` chooses the plural. */
  function words(language) {
    const column = LANGUAGES.indexOf(language);
    // French counts zero and one and a half as singular.
    const many = (n) => (language === "fr" ? n >= 2 : n !== 1);
    const t = (id, parameters = {}) => {
      const found = SENTENCES[id][column];
      const sentence = Array.isArray(found) ? found[many(parameters.n) ? 1 : 0] : found;
      return sentence.replace(/\{(\w+)\}/g, (_, name) => parameters[name]);
    };
    const locale = language === "fr" ? "fr-FR" : "en-GB";
    const format = (options) => (moment, zone) => {
      try {
        return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(new Date(moment));
      } catch {
        // A zone that this browser does not know: the reader's own, rather than nothing.
        return new Intl.DateTimeFormat(locale, options).format(new Date(moment));
      }
    };
    t.language = language;
    t.time = format({ timeStyle: "short", hourCycle: "h23" });
    const day = format({ dateStyle: "full" });
    // « 1 janvier », says CLDR.
    t.date = (...at) => day(...at).replace(" 1 ", language === "fr" ? " 1er " : " 1 ");
    return t;
  }

  Object.assign(live, { words, languageOf });
})();
