# Phrases toutes prêtes : ce qui a été trouvé dans un fichier de phrases, et à quelle ligne.
error-phrases-unreadable = Les phrases ne peuvent pas être gardées telles quelles. Rien n’a été enregistré.
error-phrases-language = Aucune phrase dans la langue « { $language } ». Langues : { $known }.

problem-phrases-large = le fichier dépasse { NUMBER($limit, useGrouping: 0) } ko
problem-phrases-encoding = le fichier n’est pas en UTF-8 ; enregistrez-le en UTF-8
problem-phrases-yaml = le fichier n’est pas du YAML ({ $reason })
problem-phrases-language = la langue doit être l’une de celles-ci : { $known }
problem-phrases-list = une liste « phrases » est attendue, de 1 à { NUMBER($limit, useGrouping: 0) } phrases
problem-phrases-key = la clé « { $key } » manque ou n’est pas connue ; une phrase a les clés { $known }
problem-phrases-id = l’identifiant « { $id } » ou l’intitulé n’a pas la forme attendue : lettres sans accent, chiffres et tirets ; un intitulé court
problem-phrases-twice = l’identifiant « { $id } » est donné deux fois ; gardez-en un
problem-phrase-syntax = le modèle ne peut pas être lu ({ $reason })
problem-phrase-unknown = le modèle demande ce qui n’existe pas ({ $reason })
problem-phrase-failed = le modèle ne peut pas être rempli ({ $reason })
problem-phrase-forbidden = un modèle ne peut pas contenir ceci : { $what } ; il n’affiche, ne compare et ne répète que ce qui lui est donné
problem-phrase-filter = le filtre « { $name } » n’existe pas ici ; filtres : { $known }
problem-phrase-nested = pas plus de { $limit ->
    [one] une boucle à la fois
   *[other] { $limit } boucles l’une dans l’autre
}
problem-phrase-character = le caractère { $character } ne peut pas être conservé ; effacez-le
problem-phrase-long = { NUMBER($length, useGrouping: 0) } caractères ; la limite est de { NUMBER($limit, useGrouping: 0) }

phrases-kept = { $count ->
    [one] 1 phrase gardée ({ $language }).
   *[other] { NUMBER($count, useGrouping: 0) } phrases gardées ({ $language }).
}
phrases-removed = Vos phrases sont retirées ({ $language }) ; les nôtres restent.
phrases-good = { $count ->
    [one] 1 phrase lue ({ $language }), sans remarque.
   *[other] { NUMBER($count, useGrouping: 0) } phrases lues ({ $language }), sans remarque.
}
phrases-own = la vôtre
phrases-ours = fournie
