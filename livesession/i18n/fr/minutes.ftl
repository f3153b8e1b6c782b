minutes-heading = Relevé du direct, sans valeur de procès-verbal
minutes-whole = Exemplaire intégral, à ne pas diffuser : ce qui est restreint est signalé.
minutes-restricted = restreint
minutes-fact-date = Date
minutes-fact-location = Lieu
minutes-fact-sitting = Séance
minutes-fact-suspensions = Suspensions
minutes-fact-closed-parts = Huis clos
minutes-sitting-public = publique
minutes-sitting-closed-doors = à huis clos
minutes-status-scheduled = pas encore ouverte
minutes-status-opened = ouverte à { $at }
minutes-status-closed = levée à { $at }
minutes-general = Séance
minutes-empty = Rien n’a encore été inscrit.
minutes-item = Point { $number }
minutes-item-closed = Point examiné à huis clos
minutes-rapporteur = Rapporteur :
minutes-documents = Documents :
minutes-other-day = { $time } ({ $date })
minutes-period = de { $begun } à { $ended }
minutes-period-begun = depuis { $begun }
minutes-period-ended = jusqu’à { $ended }
minutes-item-period = Ouvert de { $begun } à { $ended }
minutes-item-period-begun = Ouvert à { $begun }
minutes-item-period-ended = Clos à { $ended }
minutes-step-opened = La séance est ouverte.
minutes-step-suspended = La séance est suspendue.
minutes-step-resumed = La séance reprend.
minutes-step-closed = La séance est levée.
minutes-step-reopened = La séance est rouverte.
minutes-doors = La séance s’est poursuivie à huis clos de { $begun } à { $ended }.
minutes-doors-open = La séance se poursuit à huis clos depuis { $begun }.
minutes-reason = Motif :
minutes-corrected = Rectifié à { $at }. Il était écrit :
minutes-retracted = Retiré à { $at }.
minutes-retracted-text = Il était écrit :
minutes-erased = Texte effacé à { $at }, comme la loi l’ordonne. Rien n’en est gardé.
minutes-erased-later = Texte effacé, comme la loi l’ordonne. Rien n’en est gardé.
minutes-vote-adopted = Adopté
minutes-vote-rejected = Rejeté
minutes-vote-adopted-unanimous = Adopté à l’unanimité
minutes-vote-rejected-unanimous = Rejeté à l’unanimité
minutes-vote-numbers = { $for } pour, { $against } contre, { $count ->
        [one] { $abstention } abstention
       *[other] { $abstention } abstentions
    }.
minutes-ballot-show-of-hands = Vote à main levée.
minutes-presence-president = Présidence
minutes-presence-secretaries = { $count ->
    [one] Secrétaire
   *[other] Secrétaires
}
minutes-presence-present = Présents ({ $count })
minutes-presence-represented = Représentés ({ $count })
minutes-presence-excused = Excusés ({ $count })
minutes-presence-absent = Absents ({ $count })
minutes-represented-by = { $who } par { $by }
minutes-decisions = Décisions de la séance
minutes-quorum-passed = Scrutin tenu sans quorum :
minutes-head = Relevé arrêté à l’entrée { $seq } du fil, dont l’empreinte est :
minutes-verify = Chaque entrée du fil porte l’empreinte de la précédente. Qui détient l’export JSON complet peut le contrôler avec la commande « livesession verify FICHIER » : son empreinte de tête doit être celle-ci, ou le fil doit passer par elle.

verify-intact = { $slug } : intact. Entrées : { $entries }. Empreinte de tête : { $head }
verify-finding = Entrée { $seq } : { $finding }
verify-altered = { $slug } : altéré. Entrées lues : { $entries }. Altérations : { $findings }
error-export-unwritable = Le fichier n’a pas pu être écrit. Rien n’a été changé.
error-record-damaged = Des données de cette séance sont illisibles dans la base. « livesession verify » dit lesquelles ; restaurez une sauvegarde.
error-database-unreadable = La base de données ne peut pas être lue : elle est abîmée, ou ce n’en est pas une.
problem-export-write = Écriture impossible ({ $reason })
