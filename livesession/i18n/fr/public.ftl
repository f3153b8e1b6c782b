public-site = Le conseil en direct
public-site-nav = Site
public-skip = Aller au contenu
public-sittings = Séances
public-sittings-none = Aucune séance pour l’instant. Les prochaines paraîtront ici.
public-other-lang = en
public-other-language = English
public-description = Suivre en direct, texte et votes : { $title }

public-badge-open = En direct
public-badge-scheduled = À venir
public-badge-suspended = Suspendue
public-badge-closed = Séance terminée
public-badge-doors = Huis clos

public-planned = prévue à { $time }
public-opened = ouverte à { $time }
public-span = de { $begun } à { $ended }
public-where = Où en est-on ?
public-where-point-of = Point { $number } sur { $total }, depuis { $time }
public-where-point = Point { $number }, depuis { $time }
public-where-since = Depuis { $time }
public-now-scheduled = La séance n’a pas commencé.
public-now-open = La séance est ouverte. Aucun point n’est en cours.
public-now-suspended = La séance est suspendue.
public-now-closed = La séance a été levée à { $time }.
public-now-doors = La séance se poursuit à huis clos.
public-now-not-public = Cette séance n’est pas publique.
public-doors-why = Rien n’est publié pendant ce temps. Le fil reprendra ici à la réouverture des portes.
public-not-public-why = Elle se tient à huis clos : ses débats ne sont pas publiés ici.

public-rapporteur = Rapporteur
public-last-vote = Dernier vote
public-last-votes = Derniers votes
public-done = Points examinés
public-done-of = { $done } sur { $total }
public-pinned = Épinglé
public-point = Point { $number }
public-untitled = Point à huis clos

public-agenda = Ordre du jour
public-agenda-show = { $n ->
        [one] { $n } point
       *[other] Les { $n } points
    }
public-agenda-empty = L’ordre du jour n’est pas publié.
public-item-to-come = à venir
public-item-current = en cours
public-item-done = examiné
public-item-doors = huis clos

public-thread = Fil de la séance
public-thread-empty = Rien n’est encore publié. La première publication paraîtra ici.
public-thread-closed = Rien n’est publié de cette séance.
public-fresh-at = Dernière publication à { $time }
public-fresh-none = Aucune publication
public-reload = Actualiser
public-general = Séance
public-permalink = { $time }, lien vers cette publication
public-corrected = Rectifié à { $time }.
public-it-read = Il était écrit :
public-retracted = Retiré à { $time }.
public-erased = Effacé à { $time }.
public-erased-plain = Texte effacé.

public-vote = Vote
public-vote-on = Vote, { $subject }
public-vote-item = Vote, point { $number }
public-adopted = Adopté
public-rejected = Rejeté
public-unanimous = Adopté à l’unanimité
public-for = pour
public-against = contre
public-abstention = { $n ->
        [one] abstention
       *[other] abstentions
    }
public-numbers = { $for } pour, { $against } contre, { $count ->
        [one] { $abstention } abstention
       *[other] { $abstention } abstentions
    }
public-voices = { $n } voix
public-ballot-show-of-hands = à main levée

public-agenda-set = L’ordre du jour a été modifié.
public-sitting-opened = La séance est ouverte.
public-sitting-suspended = La séance est suspendue.
public-sitting-resumed = La séance reprend.
public-sitting-closed = La séance est levée.
public-sitting-reopened = La séance est rouverte.
public-item-opened = Ouverture du point.
public-item-closed = Fin de l’examen du point.
public-closed-part-begun = La séance se poursuit à huis clos.
public-closed-part-ended = La séance publique reprend.

public-keep = À garder
public-documents = Documents du point { $number }
public-minutes = Relevé du direct
public-minutes-why = Seul le procès-verbal arrêté fait foi.
public-json = données JSON
public-embed-fallback = Le fil s’affiche ici dès que le navigateur l’a chargé. La page complète le donne aussi, même sans script.
public-embed-go = Ouvrir la page de la séance

public-error-title = Cette page n’a pas pu s’afficher
public-error-missing = Il n’y a rien à cette adresse
public-error-safe = Ce qui a été publié reste en place.
public-error-go = Voir les séances
public-error-code = Code à citer si vous nous écrivez :
