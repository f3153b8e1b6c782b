error-database-missing = Aucune base à { $path }. Vérifiez DATABASE_URL, ou démarrez le serveur une première fois.
error-schema-old = Le schéma de la base n’est pas celui de ce programme.
error-file-unknown = Aucun fichier à { $path }.
error-file-unreadable = Le fichier ne peut être lu.
error-several-sittings = Le fichier contient plusieurs séances.
error-password-differs = Les deux saisies diffèrent. Aucun compte n’a été créé.
error-db-postgresql = Cette commande est pour SQLite.
error-db-copy = La copie a échoué ; la base est intacte.
error-db-in-use = Un serveur tient la base ouverte ; elle est intacte. Arrêtez-le, puis recommencez.
error-db-no-backup = Ce fichier n’est pas une sauvegarde de livesession ; la base est intacte.
problem-schema-old = version { $found }, il faut { $needed } ; lancez « livesession db upgrade »
problem-file = { $reason }
problem-several-sittings = { $count } séances ; --slug et --starts n’en désignent qu’une
problem-password-differs = recommencez
problem-channel-line = une ligne nom=valeur est attendue, parmi { $known }
problem-db-postgresql = employez pg_dump et pg_restore, puis « livesession db new-epoch »
serve-started = livesession écoute : { $url } (console : { $url }/console/)
serve-assumed = Réglages supposés, faute d’être donnés : { $settings }
serve-key = Clé secrète gardée dans { $path } ; conservez-la avec vos sauvegardes.
serve-first-user = Aucun compte encore. Créez le premier : livesession user add NOM --role admin
serve-port = Le port { $port } ne peut être pris : { $reason }. Choisissez-en un autre avec --port.
sitting-also = aussi créée : { $slug }
status-scheduled = à venir
status-open = ouverte
status-suspended = suspendue
status-closed = terminée
user-password = Mot de passe (12 caractères au moins) :
user-password-again = Encore une fois :
user-added = Compte créé : { $name } ({ $role })
user-password-changed = Mot de passe changé pour { $name } ; ses connexions en cours sont closes.
channel-field-base-url = Adresse de l’instance (https://…) :
channel-field-access-token = Jeton d’accès :
channel-field-access-token-secret = Secret du jeton d’accès :
channel-field-consumer-key = Clé de l’application (consumer key) :
channel-field-consumer-secret = Secret de l’application (consumer secret) :
channel-field-bearer-token = Jeton OAuth 2 (vide si les quatre clés sont données) :
channel-connected = Compte relié : { $name } ({ $network }). Il reçoit ce qui sera publié à partir de maintenant.
channel-on = actif
channel-off = en pause
channel-tested = { $name } : le réseau répond, compte { $account }
db-upgraded = Schéma à jour.
db-backed-up = Sauvegarde écrite : { $file }
db-restored = Base restaurée, { $count ->
    [one] nouvelle époque pour une séance
   *[other] nouvelle époque pour { $count } séances
}.
db-new-epoch = { $count ->
    [one] Nouvelle époque pour une séance.
   *[other] Nouvelle époque pour { $count } séances.
}
doctor-good = ✓ { $sentence }
doctor-bad = ✗ { $sentence }
doctor-folder = dossier { $name } présent
doctor-disk = { $megabytes } Mo libres sur le disque
doctor-public-url = adresse publique réglée (PUBLIC_URL) : { $url }
doctor-database = base lisible, schéma à jour : { $url }
doctor-users = un compte au moins peut se connecter
doctor-channels = { $count ->
    [one] { $count } compte relié à un réseau
   *[other] { $count } comptes reliés à des réseaux
}
doctor-sitting = { $slug } : chaîne vérifiée, { $count } entrées
demo-standins = X et Mastodon sont ici des remplaçants locaux : rien ne sort de cette machine.
demo-console = Console
demo-login = compte { $name }, mot de passe { $password }
demo-page = Page publique
demo-town-hall = Site de la collectivité (autre origine, widget intégré)
demo-x = Fil X (remplaçant)
demo-mastodon = Fil Mastodon (remplaçant)
demo-overlay = Surimpression (source OBS)
demo-minutes = Relevé
demo-playing = La séance se joue en { $seconds } secondes. Ctrl-C arrête tout.
demo-played = La séance est terminée. Les pages restent ouvertes ; Ctrl-C arrête tout.
demo-missing = Il manque de quoi jouer la démonstration : pip install 'livesession[demo]'
demo-town-hall-title = Suivre le conseil départemental
demo-town-hall-name = Val-Clair
demo-town-hall-text = Cette page imite le site d’une collectivité. Elle est servie depuis une autre origine ; le fil ci-dessous y entre par une balise script et un élément live-session.
demo-town-hall-fallback = Suivre la séance sur sa page
demo-timeline-note = Remplaçant local : ce que liraient les abonnés de ce réseau. Rien n’est sorti de cette machine.
demo-timeline-empty = Rien encore.
demo-timeline-reply = en réponse
demo-timeline-nav-services = Services
demo-timeline-nav-agenda = Agenda
demo-timeline-nav-contact = Contact
error-demo-folder = Le dossier { $path } existe et n’est pas celui d’une démonstration. Déplacez-le, ou lancez la démonstration ailleurs.

error-copy-target-used = La base d’arrivée n’est pas vide. Rien n’a été copié ; donnez une base neuve.
error-copy-altered = Un fil de la base de départ est altéré. Rien n’a été copié ; voyez « livesession verify ».
error-copy-differs = Ce qui a été copié n’est pas identique. La base d’arrivée a été vidée, celle de départ est intacte ; prévenez-nous.
problem-copy-table = la table n’est pas vide
problem-copy-sitting = cette séance
db-copied-sitting = { $slug } : { NUMBER($entries, useGrouping: 0) } entrées, tête { $head }
db-copied = { $count ->
    [one] { $count } séance copiée, et comparée entrée par entrée.
   *[other] { $count } séances copiées, et comparées entrée par entrée.
} Donnez maintenant à DATABASE_URL la nouvelle adresse, et gardez SECRET_KEY.
