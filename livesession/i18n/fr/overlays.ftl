control-room-title = Incrustations pour la régie
control-room-what = Chaque incrustation est une page transparente à poser sur l’image : dans OBS, une source « Navigateur » ; dans vMix, une entrée « Web Browser ». En 1920 × 1080 ou 3840 × 2160.
control-room-unknown = Aucune séance publique n’a ce nom. Choisissez-la dans la liste.
control-room-sitting = Séance
control-room-look = Apparence, si elle doit différer de celle de l’assemblée
control-room-look-accent = Couleur de la marque, en six chiffres
control-room-look-ground = Couleur du fond, en six chiffres
control-room-look-ink = Couleur du texte, en six chiffres
control-room-look-theme = Thème, par le nom de son dossier
control-room-look-scale = Échelle des cartes, de 0.6 à 1.25
control-room-sample = Montrer des données d’essai : chaque image porte alors la mention « Essai », l’adresse à copier ne change pas
control-room-show = Montrer
control-room-order = De la plus haute à la plus basse : laissez-les toutes actives, dans cet ordre. Celle qui n’a rien à dire reste transparente.
control-room-address = Adresse
control-room-copy = Copier l’adresse
control-room-copied = L’adresse est copiée.
control-room-together = Toutes ensemble
control-room-together-what = Comme elles se superposent sur l’image.
control-room-suspension = Suspension et huis clos
control-room-what-suspension = Plein écran pendant une suspension ou un huis clos ; sinon rien.
control-room-countdown = Compte à rebours
control-room-what-countdown = Plein écran avant l’ouverture annoncée, et avant la reprise si l’heure en a été dite. Ajoutez &form=card pour une petite carte, &only=opening ou &only=resuming pour l’un des deux.
control-room-vote = Résultat du vote
control-room-what-vote = Le dernier vote pendant douze secondes. Ajoutez &seconds=20 pour vingt.
control-room-agenda = Bandeau de l’ordre du jour
control-room-what-agenda = Le point en cours, le suivant, une case par point. Ajoutez &edge=bottom pour le placer en bas.
control-room-lower-third = Point en cours et orateur
control-room-what-lower-third = Le numéro et le titre du point, qui parle, et le résultat d’un vote pendant douze secondes.
control-room-short = Incrustations
