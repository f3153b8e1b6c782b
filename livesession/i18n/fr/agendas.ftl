# Ordres du jour : ce qui a été trouvé dans un fichier, où, et ce qui en a été fait.
error-agenda-unreadable = L’ordre du jour ne peut pas être lu tel quel. Rien n’a été enregistré.
error-agenda-form-unknown = Le format « { $form } » n’est pas connu. Formats possibles : { $known }.
error-agenda-not-in-table = Un tableau ne peut pas contenir tout ce que dit cet ordre du jour. Choisissez yaml ou json.
error-agenda-template-unknown = Aucun modèle « { $name } ». Modèles : { $known }.
error-resources-missing = Le dossier « { $name } » manque à cette installation. Réinstallez livesession.
error-text-blank = Un texte manque ({ $place }).
error-text-too-long = Le texte compte { NUMBER($length, useGrouping: 0) } caractères ; la limite est de { NUMBER($limit, useGrouping: 0) } ({ $place }).
error-text-character = Le texte contient un caractère qui ne peut pas être conservé : { $character }, en position { NUMBER($where, useGrouping: 0) } ({ $place }). Effacez-le, puis réessayez.
error-time-unreadable = La date ne peut pas être lue.

problem-text-blank = le texte manque
problem-text-too-long = { NUMBER($length, useGrouping: 0) } caractères ; la limite est de { NUMBER($limit, useGrouping: 0) }
problem-text-character = le caractère { $character }, en position { NUMBER($where, useGrouping: 0) }, ne peut pas être conservé ; effacez-le
problem-time-unreadable = « { $text } » n’est pas un instant avec son décalage, comme 2026-11-20T09:00:00+01:00

problem-agenda-id-form = l’identifiant « { $id } » n’a pas la forme attendue : 1 à 64 lettres sans accent, chiffres, points, tirets ou soulignés, une lettre ou un chiffre d’abord
problem-agenda-id-twice = l’identifiant « { $id } » est déjà celui d’un autre point ; donnez-en un autre, ou aucun
problem-agenda-url = « { $url } » n’est pas une adresse de page : elle doit commencer par https:// ou http://
problem-agenda-more-problems = { $count ->
    [one] et une remarque de plus, non citée
   *[other] et { NUMBER($count, useGrouping: 0) } remarques de plus, non citées
}
problem-agenda-not-in-table = cette séance ne reviendrait pas entière du tableau
problem-agenda-too-large = le fichier pèse environ { NUMBER($size, useGrouping: 0) } Mo ; la limite est de { NUMBER($limit, useGrouping: 0) } Mo
problem-agenda-empty = le fichier est vide
problem-agenda-binary = le fichier est de type { $what } ; enregistrez-le en CSV depuis votre tableur, ou écrivez l’ordre du jour en YAML
problem-agenda-character = le caractère { $character } ne peut pas être conservé ; effacez-le, puis réessayez
problem-agenda-controls-taken = { $count ->
    [one] un caractère de contrôle était un signe de Windows-1252 mal converti ; il a été rétabli ({ $example })
   *[other] { NUMBER($count, useGrouping: 0) } caractères de contrôle étaient des signes de Windows-1252 mal convertis ; ils ont été rétablis ({ $example })
}
problem-agenda-bytes = les octets { $bytes } ne se lisent pas en { $encoding } ; enregistrez le fichier en UTF-8, ou indiquez son encodage
problem-agenda-encoding-unknown = l’encodage « { $encoding } » n’est pas connu ; essayez utf-8, cp1252 ou utf-16
problem-agenda-encoding-taken = le fichier ne dit pas son encodage ; il a été lu en { $encoding } ; vérifiez les accents
problem-agenda-format-unknown = aucun format connu n’a été reconnu (trouvé : { $found }) ; sont acceptés notre forme YAML ou JSON (title, items), une réunion OParl 1.1 (Meeting) et un tableau CSV avec une ligne d’en-tête
problem-agenda-type = { $expected ->
    [text] un texte est attendu ; au besoin, mettez la valeur entre guillemets
    [boolean] true ou false est attendu
    [list] une liste est attendue
   *[mapping] un ensemble « clé : valeur » est attendu
}
problem-agenda-missing = « { $key } » manque
problem-agenda-key-unknown = { $near ->
    [none] la clé « { $key } » n’est pas connue ; clés possibles : { $known }
   *[other] la clé « { $key } » n’est pas connue ; peut-être « { $near } » ? Clés possibles : { $known }
}
problem-agenda-key-twice = la clé « { $key } » est donnée deux fois ; gardez-en une
problem-agenda-number-type = le numéro doit être un texte entre guillemets ou un entier positif : 1.10 deviendrait 1.1
problem-agenda-kind = le genre « { $kind } » n’est pas connu ; écrivez item (un point) ou heading (un intertitre)
problem-agenda-language = « { $language } » n’est pas une étiquette de langue, comme fr ou en-GB
problem-agenda-timezone = « { $timezone } » n’est pas un fuseau horaire, comme Europe/Paris
problem-agenda-starts = « { $text } » n’est pas une date d’ouverture ; écrivez par exemple 2026-11-20T09:00 (heure locale) ou 2026-11-20T09:00+01:00
problem-agenda-offset-taken = l’heure est donnée sans décalage ; prise à l’heure de { $timezone }, soit { $starts }
problem-agenda-time-missing = la date est donnée sans l’heure ; 00:00 a été inscrit ; corrigez avant la séance
problem-agenda-no-sittings = la liste des séances est vide
problem-agenda-too-many-sittings = { NUMBER($count, useGrouping: 0) } séances ; la limite est de { NUMBER($limit, useGrouping: 0) } par fichier
problem-agenda-too-many-items = plus de { NUMBER($limit, useGrouping: 0) } points dans une séance
problem-agenda-items-too-deep = plus de { NUMBER($limit, useGrouping: 0) } niveaux de points
problem-agenda-too-deep = plus de { NUMBER($limit, useGrouping: 0) } niveaux de listes emboîtées : ce n’est pas un ordre du jour
problem-agenda-too-many-values = plus de { NUMBER($limit, useGrouping: 0) } valeurs, répétitions comprises : ce n’est pas un ordre du jour
problem-agenda-json = l’écriture JSON n’est pas correcte ici ; vérifiez les guillemets, les virgules et les accolades
problem-agenda-json-number = le JSON contient un nombre qui n’en est pas un, ou qui est trop grand
problem-agenda-yaml = l’écriture YAML n’est pas correcte ici ; vérifiez l’alignement et mettez entre guillemets les titres qui contiennent deux-points, dièse ou crochets
problem-agenda-yaml-documents = un second document commence ici ; pour plusieurs séances, employez la clé « sittings »
problem-agenda-yaml-tag = le marqueur « { $tag } » n’est pas accepté ; effacez-le
problem-agenda-number-twice = le numéro { $number } est déjà pris au même niveau ; les deux points ont été gardés
problem-agenda-number-gap = le numéro { $after } suit le numéro { $before } ; rien n’a été ajouté ; vérifiez qu’il ne manque pas de point
problem-agenda-closed-below = le point est sous un point à huis clos ; il a été mis à huis clos aussi
problem-agenda-numbers-missing = aucun point n’a de numéro ; tous ont été pris comme points, dans l’ordre du fichier

problem-oparl-not-meeting = l’objet OParl est de type { $type } ; seule une réunion (Meeting) est un ordre du jour
problem-oparl-item-address = le point n’est donné que par son adresse ; téléchargez la réunion avec ses points
problem-oparl-cancelled = la source dit la réunion annulée ; elle a été lue tout de même
problem-oparl-closed-meeting = l’intitulé « { $title } » dit la réunion non publique ; toute la séance a été mise à huis clos
problem-oparl-name-missing = la réunion n’a pas d’intitulé ; « { $title } » a été inscrit
problem-oparl-start-missing = la date et l’heure d’ouverture manquent ; la séance a été lue sans
problem-oparl-no-items = la réunion n’a aucun point ; la séance a été lue sans ordre du jour
problem-oparl-item-deleted = la source dit ce point supprimé ; il n’a pas été repris
problem-oparl-item-name-missing = le point n’a pas d’intitulé ; « { $title } » a été inscrit
problem-oparl-item-private = la source ne dit pas si ce point est public ; il a été mis à huis clos
problem-oparl-order-missing = le rang (order) manque à certains points ; l’ordre du fichier a été gardé
problem-oparl-order-changed = les points n’étaient pas rangés ; ils l’ont été par leur rang (order)
problem-oparl-organization-address = l’assemblée n’est donnée que par son adresse ; son nom est resté vide
problem-oparl-organization-missing = l’assemblée n’est pas nommée ; son nom est resté vide
problem-oparl-location-address = le lieu n’est donné que par son adresse ; il est resté vide
problem-oparl-file-unusable = le document n’a pas d’adresse de page ; il n’a pas été repris
problem-oparl-results = { $count ->
    [one] un résultat n’a pas été repris : les décisions se constatent en séance
   *[other] { NUMBER($count, useGrouping: 0) } résultats n’ont pas été repris : les décisions se constatent en séance
}
problem-oparl-field-not-taken = { $count ->
    [one] ce champ est présent une fois et n’a pas été repris
   *[other] ce champ est présent { NUMBER($count, useGrouping: 0) } fois et n’a pas été repris
}
problem-oparl-housekeeping = champs de gestion de la source, non repris : { $fields }

problem-table-no-header = aucun nom de colonne n’a été reconnu (trouvé : { $found }) ; la première ligne doit nommer les colonnes, dont celle des titres : { $expected } ; sinon, indiquez les colonnes
problem-table-no-title-column = la colonne des titres n’a pas été reconnue (trouvé : { $found }) ; nommez-la par exemple { $expected }, ou indiquez-la
problem-table-columns-not-taken = { $count ->
    [one] colonne non reprise : { $columns }
   *[other] { NUMBER($count, useGrouping: 0) } colonnes non reprises : { $columns }
}
problem-table-field-unknown = « { $field } » n’est pas une donnée connue ; données possibles : { $known }
problem-table-column-missing = la colonne « { $column } », indiquée pour { $field }, n’existe pas ; colonnes trouvées : { $found }
problem-table-separator = « { $separator } » ne peut pas séparer des colonnes ; indiquez un seul signe, comme ; ou , ou tab
problem-table-too-many-lines = plus de { NUMBER($limit, useGrouping: 0) } lignes : ce n’est pas un ordre du jour
problem-table-header-long = la première ligne a plus de { NUMBER($limit, useGrouping: 0) } caractères : ce n’est pas l’en-tête d’un tableau
problem-table-quote = un guillemet ouvert dans cette rangée n’est pas fermé comme il faut (lu jusqu’à la ligne { $end }) ; dans une cellule entre guillemets, un guillemet s’écrit deux fois
problem-table-no-rows = l’en-tête n’est suivi d’aucune rangée
problem-table-row-long = { NUMBER($count, useGrouping: 0) } cellules pour { NUMBER($width, useGrouping: 0) } colonnes ; un texte qui contient le séparateur doit être entre guillemets
problem-table-rows-padded = { $count ->
    [one] la rangée a des cellules vides en trop ; elles ont été laissées
   *[other] { NUMBER($count, useGrouping: 0) } rangées ont des cellules vides en trop ; elles ont été laissées
}
problem-table-rows-short = { $count ->
    [one] la rangée a moins de cellules que l’en-tête ; celles qui manquent ont été prises comme vides
   *[other] { NUMBER($count, useGrouping: 0) } rangées ont moins de cellules que l’en-tête ; celles qui manquent ont été prises comme vides
}
problem-table-rows-blank = { $count ->
    [one] rangée vide, passée
   *[other] { NUMBER($count, useGrouping: 0) } rangées vides, passées
}
problem-table-rows-no-item = { $count ->
    [one] la rangée ne décrit aucun point ; seule la séance en a été reprise
   *[other] { NUMBER($count, useGrouping: 0) } rangées ne décrivent aucun point ; seule la séance en a été reprise
}
problem-table-escapes = { $count ->
    [one] « { $what } », écrit par un tableur pour un signe qu’il ne savait pas garder, a été remplacé : par une espace si c’était un saut de ligne, sinon par le signe
   *[other] « { $what } », écrit par un tableur pour un signe qu’il ne savait pas garder, a été remplacé dans { NUMBER($count, useGrouping: 0) } rangées : par une espace si c’était un saut de ligne, sinon par le signe
}
problem-table-title-blank = le titre est vide ; un titre coupé sur plusieurs lignes doit être entre guillemets
problem-table-date = « { $text } » n’est pas une date lisible ; écrivez jour/mois/année, ou année-mois-jour, et au besoin l’heure (18h30)
problem-table-dates-missing = { $count ->
    [one] la rangée n’a pas de date ; elle a été rangée avec la séance voisine
   *[other] { NUMBER($count, useGrouping: 0) } rangées n’ont pas de date ; elles ont été rangées avec la séance voisine
}
problem-table-start-missing = aucune date de séance ; la séance a été lue sans
problem-table-sittings-mixed = { $count ->
    [one] la rangée est loin des autres de sa séance ; elle les a rejointes
   *[other] { NUMBER($count, useGrouping: 0) } rangées sont loin des autres de leur séance ; elles les ont rejointes
}
problem-table-sitting-differs = la colonne { $field } change au sein d’une séance ; la première valeur a été gardée : « { $kept } »
problem-table-title-made = le tableau ne donne pas de titre à la séance ; « { $title } » a été inscrit
problem-table-public-unknown = « { $text } » ne dit pas si c’est public ; écrivez oui ou non
problem-table-public-blank = la cellule qui dit si le point est public est vide, alors que d’autres disent oui et non ; complétez-la
problem-table-public-contradiction = les colonnes « public » et « huis clos » se contredisent
problem-table-blank-closed = { $count ->
    [one] la cellule est vide et les autres ne marquent que des points publics ; le point a été mis à huis clos
   *[other] { NUMBER($count, useGrouping: 0) } cellules sont vides et les autres ne marquent que des points publics ; ces points ont été mis à huis clos
}
problem-table-kind-unknown = { $count ->
    [one] le genre « { $what } » n’est pas connu ; il n’a pas été repris
   *[other] le genre « { $what } » n’est pas connu ; il n’a pas été repris dans { NUMBER($count, useGrouping: 0) } rangées
}
problem-table-headings = { $count ->
    [one] la rangée n’a pas de numéro ; elle a été prise comme intertitre
   *[other] { NUMBER($count, useGrouping: 0) } rangées n’ont pas de numéro ; elles ont été prises comme intertitres
}
problem-table-document-unusable = « { $what } » n’est pas une adresse de document ; elle n’a pas été reprise
problem-table-level = « { $text } » n’est pas un niveau possible ici : de 1 à { NUMBER($deepest, useGrouping: 0) }

place-line = ligne { $lines }
place-lines = lignes { $lines }
place-column = colonne { $column }

agenda-title-dated = Séance du { $date }
agenda-title-undated = Séance
agenda-check-starts = ouverture : { $when } ({ $zone })
agenda-check-no-start = ouverture : date et heure non données
agenda-check-items = { $items ->
    [0] aucun point
    [one] un point
   *[other] { NUMBER($items, useGrouping: 0) } points
}
agenda-check-headings = { $headings ->
    [one] un intertitre
   *[other] { NUMBER($headings, useGrouping: 0) } intertitres
}
agenda-check-closed = { $closed ->
    [one] un point à huis clos
   *[other] { NUMBER($closed, useGrouping: 0) } points à huis clos
}
agenda-check-sitting-closed = séance entière à huis clos
agenda-check-good = Ordre du jour lisible ({ $form }), { $sittings ->
    [one] une séance
   *[other] { NUMBER($sittings, useGrouping: 0) } séances
}.
agenda-check-notes = À savoir :
agenda-templates = Modèles d’ordre du jour (livesession agenda new MODÈLE) :
