# Ce que dit chaque entrée, en mots simples : sur la page et dans le relevé.

entry-name-group = { $name } ({ $group })
entry-president-named = Présidence : { $names }.
entry-secretary-named = Secrétariat de séance : { $names }.
entry-member-arrived = { $count ->
    [one] Arrive : { $names }.
   *[other] Arrivent : { $names }.
}
entry-member-left = { $count ->
    [one] Quitte la salle : { $names }.
   *[other] Quittent la salle : { $names }.
}
entry-member-excused = { $count ->
    [one] Excusé : { $names }.
   *[other] Excusés : { $names }.
}
entry-member-recused = { $count ->
    [one] Ne prend pas part à ce point (déport) : { $names }.
   *[other] Ne prennent pas part à ce point (déport) : { $names }.
}
entry-proxy-revoked = Pouvoir retiré : { $names }.
entry-speech-begun = { $names } a la parole.
entry-president-named-many = Présidence : { $count } personnes.
entry-secretary-named-many = Secrétariat de séance : { $count } personnes.
entry-member-arrived-many = { $count } membres arrivent.
entry-member-left-many = { $count } membres quittent la salle.
entry-member-excused-many = { $count } membres excusés.
entry-member-recused-many = { $count } membres ne prennent pas part à ce point (déport).
entry-proxy-revoked-many = { $count } pouvoirs retirés.
entry-speech-begun-many = { $count } personnes ont la parole.
entry-member-corrected = Présences rectifiées. Il était noté : { $before }. Il faut lire : { $after }.
entry-member-corrected-time = À { $time }.
entry-proxy-given = { $giver } donne pouvoir à { $holder }
entry-proxies-given = { $count } pouvoirs sont donnés.
entry-quorum-met = Quorum atteint : { $present } présents pour { $required }.
entry-quorum-lost = Quorum perdu : { $present } présents pour { $required }.
entry-quorum-waived = Sans condition de quorum : { $present } présents.
entry-quorum-represented = { $count ->
    [one] { $count } représenté.
   *[other] { $count } représentés.
}
entry-quorum-recused = { $count ->
    [one] { $count } déporté.
   *[other] { $count } déportés.
}
entry-sitting-opened = La séance est ouverte.
entry-sitting-suspended = La séance est suspendue.
entry-sitting-resumed = La séance reprend.
entry-sitting-closed = La séance est levée.
entry-sitting-reopened = La séance est rouverte.
entry-second-call = Sur seconde convocation.
entry-want-of-quorum = Faute de quorum.
entry-until = Reprise prévue : { $time }.
entry-closed-part-begun = La séance se poursuit à huis clos.
entry-closed-part-by = Huis clos demandé par { $names }.
entry-closed-part-by-president = Huis clos demandé par la présidence.
entry-item-postponed = Point reporté.
entry-item-withdrawn = Point retiré de l’ordre du jour.
entry-item-reordered = L’ordre des points change.
entry-item-corrected = L’ordre du jour est corrigé.
entry-item-corrected-was = Il était écrit « { $was } ».
entry-item-joined = Points examinés ensemble.
entry-motion-withdrawn = Retiré par qui l’avait déposé.
entry-item-added-article = Point ajouté en séance ({ $article }).
entry-item-added-information = Point ajouté en séance, pour information.
entry-document-attached = Document joint.
entry-the-president = la présidence
entry-motion-motion = Motion déposée par { $names }.
entry-motion-amendment = Amendement déposé par { $names }.
entry-motion-voeu = Vœu déposé par { $names }.
entry-motion-oral-question = Question orale de { $names }.
entry-motion-point-of-order = Rappel au règlement de { $names }.
entry-motion-public-ballot = Scrutin public demandé par { $names }.
entry-motion-secret-ballot = Scrutin secret demandé par { $names }.
entry-motion-closed-part = Huis clos demandé par { $names }.
entry-motion-not-reached = Le nombre requis n’est pas atteint.
entry-ballot-show-of-hands = Vote à main levée
entry-ballot-public = Scrutin public
entry-ballot-secret = Scrutin secret
entry-vote-on-closed-part = Huis clos
entry-vote-on-president = Élection à la présidence
entry-vote-on-motion = Motion
entry-vote-on-amendment = Amendement
entry-vote-on-voeu = Vœu
entry-result-adopted = Adopté
entry-result-rejected = Rejeté
entry-result-adopted-unanimous = Adopté à l’unanimité
entry-result-rejected-unanimous = Rejeté à l’unanimité
entry-result-elected = { $count ->
    [one] Élection : { $names }
   *[other] Élections : { $names }
}
entry-result-no-majority = Aucun élu à ce tour
entry-voices-for = { $n } pour
entry-voices-against = { $n } contre
entry-voices-abstention = { $count ->
    [one] { $n } abstention
   *[other] { $n } abstentions
}
entry-voices-not-voting = { $count ->
    [one] { $n } ne prend pas part
   *[other] { $n } ne prennent pas part
}
entry-voices-blank = { $count ->
    [one] { $n } blanc
   *[other] { $n } blancs
}
entry-voices-null = { $count ->
    [one] { $n } nul
   *[other] { $n } nuls
}
entry-choice-for = Pour
entry-choice-against = Contre
entry-choice-abstention = Abstention
entry-choice-not-voting = Ne prend pas part
entry-choice-blank = Blanc
entry-decision = Décision n° { $number }.
entry-round = Tour { $round }.
entry-casting = La voix de la présidence a départagé.
entry-majority-absolute-cast = Majorité absolue des suffrages exprimés : { $needed } voix.
entry-majority-absolute-voices = Majorité absolue des voix : { $needed }.
entry-majority-absolute-in-office = Majorité absolue des membres en exercice : { $needed } voix.
entry-majority-qualified-cast = Majorité des { $share } des suffrages exprimés : { $needed } voix.
entry-majority-qualified-voices = Majorité des { $share } des voix : { $needed }.
entry-majority-qualified-in-office = Majorité des { $share } des membres en exercice : { $needed } voix.
entry-secrecy-waived = L’assemblée a renoncé au secret.
entry-source-roll-call = Noms relevés à l’appel.
entry-source-device = Noms relevés par les boîtiers de vote.
entry-source-group-declaration = Noms déclarés par les groupes.
entry-source-secretary = Noms relevés par le secrétariat.
entry-group = { $group } : { $numbers }.
entry-agenda-set = L’ordre du jour a été modifié.
entry-item-opened = Ouverture du point.
entry-item-closed = Fin de l’examen du point.
entry-closed-part-ended = La séance publique reprend.
entry-vote-corrected-now = Scrutin rectifié.
entry-vote-corrected = Scrutin rectifié à { $time }. Il était noté : { $before }
entry-others = Voir les { $count } noms
entry-released = Décision prise à huis clos, rendue publique.
entry-quote = Citation de { $name } :
