# Assemblées et dispositifs de vote : ce qui a été trouvé dans un fichier, où, et ce qui en a été fait.
error-ballots-unreadable = Les résultats du dispositif de vote ne peuvent pas être pris tels quels. Rien n’a été enregistré ; corrigez ce qui suit.
error-assembly-without-members = L’assemblée de cette séance n’a pas de membres : aucun nom ne peut être reconnu. Rien n’a été enregistré ; donnez d’abord l’assemblée.
error-assembly-unknown = Aucune assemblée « { $name } » n’est gardée.
error-assembly-name = Il faut un nom pour garder l’assemblée. Rien n’a été changé.
error-form-field = Un champ du formulaire ne peut pas être lu. Rien n’a été enregistré ; corrigez ce qui suit.

problem-assembly-name = un nom est attendu, de { NUMBER($limit, useGrouping: 0) } caractères au plus
problem-form-field = « { $text } » n’a pas la forme attendue, par exemple : { $example }
problem-form-field-unknown = ce champ n’est pas connu ; il y a : { $known }

problem-people-binary = le fichier est de type { $what } ; enregistrez-le en CSV depuis votre tableur
problem-people-too-deep = plus de { NUMBER($limit, useGrouping: 0) } niveaux emboîtés : ce n’est pas une assemblée
problem-people-too-many-values = plus de { NUMBER($limit, useGrouping: 0) } valeurs, répétitions comprises : ce n’est pas une assemblée
problem-people-too-many-lines = plus de { NUMBER($limit, useGrouping: 0) } lignes : c’est trop pour une assemblée
problem-people-yaml-documents = un second document commence ici ; un fichier donne une seule assemblée
problem-people-format-unknown = aucun format connu n’a été reconnu (trouvé : { $found }) ; sont acceptés notre forme YAML ou JSON (name, groups, members), des objets OParl 1.1 (Organization, Membership, Person) et un tableau CSV avec une ligne d’en-tête
problem-people-no-name-column = aucune colonne ne dit le nom (trouvé : { $found }) ; nommez-la par exemple nom, nom et prénom, name, Name, ou indiquez-la
problem-people-name-blank = le nom est vide
problem-people-name-twice = « { $name } » est le nom de { NUMBER($count, useGrouping: 0) } membres ; tous ont été gardés, avec des identifiants numérotés ; vérifiez qu’il ne s’agit pas de la même personne
problem-people-sex-unknown = { $count ->
    [one] la civilité n’a pas pu être tirée de la colonne « sexe » ; le nom a été gardé sans elle
   *[other] { NUMBER($count, useGrouping: 0) } civilités n’ont pas pu être tirées de la colonne « sexe » ; les noms ont été gardés sans elles
}
problem-people-group-differs = le groupe est dit « { $said } », et ailleurs « { $held } » ; écrivez partout la même chose
problem-people-handles-taken = { $count ->
    [one] les comptes d’un membre ont été repris ; ils seront publics : gardez-les seulement avec son accord (colonne « accord »)
   *[other] les comptes de { NUMBER($count, useGrouping: 0) } membres ont été repris ; ils seront publics : gardez-les seulement avec leur accord (colonne « accord »)
}
problem-people-handles-left = { $count ->
    [one] sans accord marqué, les comptes de ce membre n’ont pas été repris
   *[other] sans accord marqué, les comptes de { NUMBER($count, useGrouping: 0) } membres n’ont pas été repris
}
problem-people-consent-unknown = « { $text } » ne dit pas si le membre est d’accord ; écrivez oui ou non
problem-people-assemblies-several = le fichier nomme plusieurs assemblées ({ $found }) ; faites-en un fichier pour chacune
problem-people-none = aucun membre n’est donné ; présences et quorum ne seront pas vérifiés
problem-people-named-otherwise = le fichier nomme l’assemblée « { $said } » ; elle a été lue sous le nom « { $name } »

problem-oparl-no-organization = aucun organisme (Organization) n’est dans le fichier ; téléchargez-le avec ses appartenances et ses personnes
problem-oparl-organizations-several = { NUMBER($count, useGrouping: 0) } organismes pourraient être l’assemblée ; dites lequel par son nom ; il y a : { $found }
problem-oparl-organization-unknown = aucun organisme, ou plusieurs, ne se nomment « { $wanted } » ; il y a : { $found }
problem-oparl-no-memberships = l’organisme n’a aucune appartenance dans le fichier ; ajoutez les objets Membership et Person
problem-oparl-memberships-addresses = { $count ->
    [one] une appartenance n’est donnée que par son adresse ; ajoutez-la au fichier, avec sa personne
   *[other] { NUMBER($count, useGrouping: 0) } appartenances ne sont données que par leur adresse ; ajoutez-les au fichier, avec leurs personnes
}
problem-oparl-person-address = la personne { $person } n’est pas dans le fichier ; ajoutez-la
problem-oparl-person-twice = { $name } a plusieurs appartenances ; elles font un seul membre, avec toutes les fonctions
problem-oparl-membership-deleted = la source dit cette appartenance supprimée ({ $name }) ; elle n’a pas été reprise
problem-oparl-memberships-over = { $count ->
    [one] une appartenance n’est pas en cours au { $day } et n’a pas été reprise : { $names }
   *[other] { NUMBER($count, useGrouping: 0) } appartenances ne sont pas en cours au { $day } et n’ont pas été reprises : { $names }
}
problem-oparl-memberships-voiceless = { $count ->
    [one] une personne sans droit de vote n’a pas été reprise : { $names }
   *[other] { NUMBER($count, useGrouping: 0) } personnes sans droit de vote n’ont pas été reprises : { $names }
}
problem-oparl-date = « { $text } » n’est pas une date, comme 2026-11-20
problem-oparl-groups-several = { $name } siège pour { NUMBER($count, useGrouping: 0) } groupes ; le premier a été repris
problem-oparl-group-address = le groupe de { $name } n’est donné que par son adresse ; il n’a pas été repris
problem-oparl-organizations-left = { $count ->
    [one] un autre organisme n’a pas été repris : { $names }
   *[other] { NUMBER($count, useGrouping: 0) } autres organismes n’ont pas été repris : { $names }
}
problem-oparl-persons-left = { $count ->
    [one] une personne sans appartenance à l’assemblée n’a pas été reprise : { $names }
   *[other] { NUMBER($count, useGrouping: 0) } personnes sans appartenance à l’assemblée n’ont pas été reprises : { $names }
}

problem-ballots-no-choice-column = aucune colonne ne dit le vote ; nommez-la par exemple vote, choix, choice, Stimme, ou indiquez-la
problem-ballots-none = aucun vote n’est dans le fichier
problem-ballots-member-unknown = { $near ->
    [none] « { $name } » n’est pas membre
   *[other] « { $name } » n’est pas membre ; peut-être « { $near } » ?
}
problem-ballots-member-ambiguous = « { $name } » peut être : { $found } ; donnez l’identifiant
problem-ballots-member-differs = l’identifiant « { $id } » n’est pas celui de « { $name } »
problem-ballots-member-twice = { $name } a plusieurs lignes
problem-ballots-choice-blank = le vote est vide ; écrivez « ne prend pas part » ou « absent » si c’est ce qu’il veut dire
problem-ballots-choice-unknown = « { $text } » n’est pas un vote connu ; dites ce qu’il signifie (choices)
problem-ballots-choice-ambiguous = « { $text } » peut vouloir dire deux choses ; dites laquelle (choices)
problem-ballots-choice-setting = « { $text } » ne peut pas vouloir dire « { $meant } » ; il y a : { $known }
problem-ballots-absent = { $count ->
    [one] le dispositif dit ce membre absent ; son vote n’a pas été pris
   *[other] le dispositif dit { NUMBER($count, useGrouping: 0) } membres absents ; aucun vote n’a été pris pour eux
}

assembly-kept = Assemblée gardée : { $name }
assembly-kept-numbers = { $members ->
    [0] aucun membre
    [one] un membre
   *[other] { NUMBER($members, useGrouping: 0) } membres
}, { $groups ->
    [0] aucun groupe
    [one] un groupe
   *[other] { NUMBER($groups, useGrouping: 0) } groupes
}, règles : { $profile }
assembly-kept-new = { $count ->
    [one] nouveau membre : { $names }
   *[other] { NUMBER($count, useGrouping: 0) } nouveaux membres : { $names }
}
assembly-kept-gone = { $count ->
    [one] membre retiré : { $names }
   *[other] { NUMBER($count, useGrouping: 0) } membres retirés : { $names }
}
assembly-kept-handles-gone = { $count ->
    [one] comptes retirés d’un membre : { $names }
   *[other] comptes retirés de { NUMBER($count, useGrouping: 0) } membres : { $names }
}
