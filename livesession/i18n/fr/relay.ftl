post-item = Point { $number }
post-item-closed = Point à huis clos
post-nth = { $number }e message
post-nth-vote = { $number }e vote
post-sitting-opened = La séance est ouverte. { $title }, { $assembly }.
post-sitting-suspended = La séance est suspendue.
post-sitting-resumed = La séance reprend.
post-sitting-reopened = La séance se poursuit.
post-sitting-closed = La séance est levée. { $title }, { $assembly }.
post-closed-part-ended = La séance reprend en public.
post-vote-adopted = Adopté : { $infavour } pour, { $against } contre, { $abstention } { $abstention ->
    [0] abstention
    [1] abstention
   *[other] abstentions
}.
post-vote-rejected = Rejeté : { $infavour } pour, { $against } contre, { $abstention } { $abstention ->
    [0] abstention
    [1] abstention
   *[other] abstentions
}.
post-vote-unanimous = Adopté à l’unanimité, { $infavour } voix.
post-vote-other = Vote : { $infavour } pour, { $against } contre, { $abstention } { $abstention ->
    [0] abstention
    [1] abstention
   *[other] abstentions
}.
post-vote-adopted-alone = Adopté.
post-vote-rejected-alone = Rejeté.
post-vote-other-alone = Le vote a eu lieu.
post-vote-elected = Élection : { $names }.
post-vote-elected-alone = L’élection est acquise.
post-vote-elected-some = Élection : { $names }. D’autres sièges restent à pourvoir.
post-vote-no-majority = Aucun candidat élu à ce tour.
post-vote-corrected = Rectification du vote
post-vote-corrected-on = Rectification du vote : { $subject }
post-vote-reason = Motif : { $reason }
post-quote = { $name } : « { $text } »
post-name-group = { $name } ({ $group })
post-vote-on-motion = Motion
post-vote-on-amendment = Amendement
post-vote-on-voeu = Vœu
post-vote-on-closed-part = Huis clos
post-vote-on-president = Élection à la présidence

# What happened, what is safe, what to do. The page always has the post already: the networks come after it.
reason-rate-limited = Le réseau demande d’attendre. Rien n’est perdu : la publication est sur la page, et l’envoi repartira de lui-même.
reason-unreachable = Le réseau est injoignable ; rien n’y est parti. La publication est sur la page, et l’envoi repartira de lui-même.
reason-certificate = Le certificat du réseau n’est pas valable ; par prudence, rien n’y est parti. L’envoi repartira de lui-même. Si cela dure, prévenez l’exploitant.
reason-unauthorised = Le réseau refuse l’accès de ce compte ; rien n’y est parti. La publication est sur la page. Faites vérifier par l’exploitant les clés du compte, puis réessayez.
reason-wrong-address = À l’adresse donnée pour ce compte, rien ne répond comme ce réseau ; rien n’y est parti. Faites vérifier l’adresse par l’exploitant, puis réessayez.
reason-payment = Le compte n’a plus de crédit sur ce réseau ; rien n’y est parti. La publication est sur la page. Faites recharger le compte, puis réessayez.
reason-refused = Le réseau refuse ce texte ; il n’y est pas parti. Il reste sur la page. Lisez la réponse du réseau, rectifiez le texte et réessayez, ou abandonnez l’envoi.
reason-duplicate = Le réseau a déjà ce même texte et ne le prend pas deux fois. S’il y est, dites que c’est déjà publié ; sinon, rectifiez le texte et réessayez.
reason-thread-gone = La publication à laquelle celle-ci fait suite n’existe plus sur le réseau ; rien n’y est parti. Le texte est sur la page. Réessayez : il y commencera un nouveau fil.
reason-server-error = Le réseau est en panne. Le programme relit le compte et n’y renvoie que ce qui manque. La publication est sur la page. Si l’envoi s’est arrêté, il n’a pas pu savoir : regardez sur le réseau avant de réessayer.
reason-no-answer = La réponse du réseau s’est perdue. Le programme relit le compte et n’y renvoie que ce qui manque. La publication est sur la page. Si l’envoi s’est arrêté, il n’a pas pu savoir : regardez sur le réseau avant de réessayer.
reason-ambiguous = La réponse du réseau n’est pas claire. Le programme relit le compte et n’y renvoie que ce qui manque. La publication est sur la page. Si l’envoi s’est arrêté, il n’a pas pu savoir : regardez sur le réseau avant de réessayer.
reason-closed-part = Retenu : le huis clos a commencé avant l’envoi. À vous de décider s’il part.
reason-budget = Retenu : le budget de la collectivité pour ce réseau est atteint. La publication est sur la page. Réessayer l’envoie tout de même.
reason-retracted = Retenu : la publication a été retirée ou effacée avant l’envoi. Il n’y a rien à faire.

problem-channel-ways = un compte se relie par un seul de ces jeux de réglages, complet : { $ways }
