post-item = Point { $number }
post-item-closed = Point à huis clos
post-sitting-opened = La séance est ouverte. { $title }, { $assembly }.
post-sitting-suspended = La séance est suspendue.
post-sitting-resumed = La séance reprend.
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
reason-rate-limited = Le réseau demande d’attendre. L’envoi repartira de lui-même ; les lecteurs de la page ont déjà la publication.
reason-unauthorised = Le réseau refuse l’accès de ce compte. Vérifiez son jeton avec l’exploitant, puis réessayez.
reason-refused = Le réseau refuse ce texte. Il est sur la page ; il ne partira pas tel quel.
reason-duplicate = Le réseau a déjà ce même texte et refuse de le publier deux fois.
reason-payment = Le compte n’a plus de crédit sur ce réseau. Rechargez-le, puis réessayez.
reason-thread-gone = Le fil auquel répondre n’existe plus sur le réseau.
reason-unreachable = Le réseau ne répond pas. L’envoi repartira de lui-même.
reason-server-error = Le réseau est en panne : on ne sait pas s’il a publié. Regardez-y avant de réessayer.
reason-no-answer = La réponse du réseau s’est perdue : on ne sait pas s’il a publié. Regardez-y avant de réessayer.
reason-ambiguous = On ne sait pas si le réseau a publié. Regardez-y, puis dites si c’est fait ou réessayez.
reason-closed-part = Retenu : le huis clos a commencé avant l’envoi. À vous de décider s’il part.
reason-retracted = Retenu : la publication a été retirée ou effacée avant l’envoi.
