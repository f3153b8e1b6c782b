/* The sentences of the widget and of the page that follows, in French and in English, and times in the
   council's zone. The page that the server writes says the same (livesession/i18n/…/public.ftl). */
(() => {
  "use strict";
  const live = globalThis[Symbol.for("livesession")];
  if (live.words) return;

  const FR = {
    live: "En direct",
    scheduled: "À venir",
    suspended: "Séance suspendue",
    closed: "Séance terminée",
    "closed-part": "Huis clos",
    where: "Où en est-on ?",
    "where-point-of": "Où en est-on ? Point {number} sur {total}, depuis {time}",
    "where-point": "Où en est-on ? Point {number}, depuis {time}",
    "where-since": "Où en est-on ? Depuis {time}",
    "now-scheduled": "La séance n’a pas commencé.",
    "now-open": "La séance est ouverte. Aucun point n’est en cours.",
    "now-suspended": "La séance est suspendue.",
    "now-closed": "La séance a été levée à {time}.",
    "now-closed-part": "La séance se poursuit à huis clos.",
    "now-not-public": "Cette séance se tient à huis clos.",
    untitled: "Point à huis clos",
    "sub-scheduled": "prévue le {date} à {time}",
    "sub-opened": "ouverte à {time}",
    "sub-span": "de {from} à {to}",
    rapporteur: "Rapporteur",
    "last-vote": "Dernier vote",
    done: "Points examinés",
    of: "{done} sur {total}",
    pinned: "Épinglé",
    views: "Affichage",
    thread: "Fil",
    agenda: "Ordre du jour",
    votes: "Votes",
    "votes-none": "Aucun vote pour l’instant.",
    "thread-label": "Fil de la séance",
    fresh: "À jour",
    news: ["{n} nouvelle publication", "{n} nouvelles publications"],
    lost: "Reconnexion",
    "lost-since": "Reconnexion. Dernier relevé à {time}",
    gone: "Cette séance n’est plus à cette adresse.",
    ended: "Séance terminée",
    here: "vous en étiez là",
    permalink: "{time}, lien vers cette publication",
    corrected: "Rectifié à {time}.",
    "it-read": "Il était écrit",
    retracted: "Retiré à {time}.",
    erased: "Effacé à {time}.",
    "erased-plain": "Texte effacé.",
    vote: "Vote",
    "vote-on": "Vote, {subject}",
    adopted: "Adopté",
    rejected: "Rejeté",
    unanimous: "Adopté à l’unanimité",
    for: "pour",
    against: "contre",
    abstention: ["abstention", "abstentions"],
    voices: ["{n} voix", "{n} voix"],
    "ballot-show_of_hands": "Main levée, ",
    to_come: "à venir",
    current: "en cours",
    "item-done": "examiné",
    "item-closed": "huis clos",
    "agenda.set": "L’ordre du jour a été modifié.",
    "sitting.opened": "La séance est ouverte.",
    "sitting.suspended": "La séance est suspendue.",
    "sitting.resumed": "La séance reprend.",
    "sitting.closed": "La séance est levée.",
    "sitting.reopened": "La séance est rouverte.",
    "item.opened": "Ouverture du point.",
    "item.closed": "Fin de l’examen du point.",
    "closed_part.begun": "La séance se poursuit à huis clos.",
    "closed_part.ended": "La séance publique reprend.",
    announce: "Annonces",
    "announce-off": "Annonces en pause",
    full: "Page complète",
  };

  const EN = {
    live: "Live",
    scheduled: "To come",
    suspended: "Sitting suspended",
    closed: "Sitting ended",
    "closed-part": "Closed part",
    where: "Where are we?",
    "where-point-of": "Where are we? Item {number} of {total}, since {time}",
    "where-point": "Where are we? Item {number}, since {time}",
    "where-since": "Where are we? Since {time}",
    "now-scheduled": "The sitting has not begun.",
    "now-open": "The sitting is open. No item is being debated.",
    "now-suspended": "The sitting is suspended.",
    "now-closed": "The sitting ended at {time}.",
    "now-closed-part": "The sitting continues in private.",
    "now-not-public": "This sitting is held in private.",
    untitled: "Item in private",
    "sub-scheduled": "planned for {date} at {time}",
    "sub-opened": "opened at {time}",
    "sub-span": "from {from} to {to}",
    rapporteur: "Rapporteur",
    "last-vote": "Last vote",
    done: "Items debated",
    of: "{done} of {total}",
    pinned: "Pinned",
    views: "View",
    thread: "Thread",
    agenda: "Agenda",
    votes: "Votes",
    "votes-none": "No vote so far.",
    "thread-label": "Thread of the sitting",
    fresh: "Up to date",
    news: ["{n} new post", "{n} new posts"],
    lost: "Reconnecting",
    "lost-since": "Reconnecting. Last update at {time}",
    gone: "This sitting is no longer at this address.",
    ended: "Sitting ended",
    here: "you were here",
    permalink: "{time}, link to this post",
    corrected: "Corrected at {time}.",
    "it-read": "It read",
    retracted: "Retracted at {time}.",
    erased: "Erased at {time}.",
    "erased-plain": "Text erased.",
    vote: "Vote",
    "vote-on": "Vote, {subject}",
    adopted: "Adopted",
    rejected: "Rejected",
    unanimous: "Adopted unanimously",
    for: "for",
    against: "against",
    abstention: ["abstention", "abstentions"],
    voices: ["{n} vote", "{n} votes"],
    "ballot-show_of_hands": "Show of hands, ",
    to_come: "to come",
    current: "being debated",
    "item-done": "debated",
    "item-closed": "in private",
    "agenda.set": "The agenda was changed.",
    "sitting.opened": "The sitting is open.",
    "sitting.suspended": "The sitting is suspended.",
    "sitting.resumed": "The sitting resumes.",
    "sitting.closed": "The sitting is closed.",
    "sitting.reopened": "The sitting is reopened.",
    "item.opened": "The item is called.",
    "item.closed": "End of the debate on the item.",
    "closed_part.begun": "The sitting continues in private.",
    "closed_part.ended": "The public sitting resumes.",
    announce: "Announcements",
    "announce-off": "Announcements paused",
    full: "Full page",
  };

  const CATALOGUES = { fr: FR, en: EN };

  /** The first of the languages that is one of ours; French otherwise. */
  const languageOf = (...asked) =>
    asked.map((tag) => (tag ?? "").toLowerCase().split("-")[0]).find((tag) => tag in CATALOGUES) ?? "fr";

  /** The sentences of a language: `t(id, parameters)`; `n` chooses the plural. */
  function words(language) {
    const catalogue = CATALOGUES[language];
    // French counts zero and one and a half as singular.
    const many = (n) => (language === "fr" ? n >= 2 : n !== 1);
    const t = (id, parameters = {}) => {
      const found = catalogue[id];
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
    t.time = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    t.date = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
    return t;
  }

  Object.assign(live, { words, languageOf });
})();
