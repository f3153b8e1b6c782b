# Plusieurs secrétaires, pupitre de la présidence, feuille de séance.
console-js-clerk-writes = { $name } écrit…
console-js-clerk-writes-on = { $name } écrit sur { $item }
console-js-clerk-votes = { $name } saisit un vote
console-js-clerk-votes-on = { $name } saisit un vote sur { $item }
console-js-clerks-here-one = Aussi dans la console : { $name }
console-js-clerks-here-other = Aussi dans la console : { $name }
console-js-fairness-group = Groupe (membres)
console-js-fairness-posts = Textes
console-js-fairness-quotes = Citations
console-js-fairness-speeches = Paroles
console-js-fairness-none = L’assemblée n’a pas de groupes connus.
console-js-fairness-no-answer = Le serveur ne répond pas. Rouvrez ce panneau dans un moment.
fairness-title = Équilibre entre les groupes
fairness-note = Pour vous seulement : textes qui citent ou mentionnent un membre, citations, prises de parole.
error-presence-form = Ce que fait ce poste ne peut pas être lu.
problem-presence-form = une des valeurs { $known } est attendue, avec le nom de l’onglet

president-title = Pupitre de la présidence
president-open = Pupitre de la présidence
president-scheduled = Séance à venir
president-open-now = Séance ouverte
president-suspended = Séance suspendue
president-closed = Séance levée
president-closed-part = Huis clos
president-item = Point en cours
president-no-item = Aucun point en cours
president-speech = Parole
president-nobody = Personne n’a la parole
president-quorum = Quorum
president-quorum-unknown = Les présences ne sont pas notées.
president-vote = Dernier vote
president-no-vote = Aucun vote
president-next = Ensuite
president-line = Connexion perdue : ce qui est affiché peut dater.

sheet-title = Feuille de séance
sheet-open = Feuille de séance à imprimer
sheet-back = Retour à la console
sheet-how = Imprimez cette page avant la séance : elle permet de continuer à la main.
sheet-opened = Ouverte à
sheet-president = Présidence
sheet-secretary = Secrétaire de séance
sheet-suspended = Suspendue à
sheet-resumed = Reprise à
sheet-closed = Levée à
sheet-roll = Appel nominal, pouvoirs, arrivées et départs
sheet-quorum = { $count ->
    [one] 1 membre en exercice.
   *[other] { NUMBER($count, useGrouping: 0) } membres en exercice.
}
sheet-required = Quorum : { NUMBER($required, useGrouping: 0) }.
sheet-member = Membre
sheet-present = Présent
sheet-excused = Excusé
sheet-proxy = Pouvoir à
sheet-arrived = Arrivée
sheet-left = Départ
sheet-agenda = Ordre du jour et votes
sheet-item = Point
sheet-hour = Heure
sheet-result = Résultat
sheet-closed-part = huis clos
sheet-moves = Déroulement
sheet-what = Ce qui se passe
