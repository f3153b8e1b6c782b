# Ce qui part vers chaque réseau.
carry-title = Ce qui part vers chaque réseau
carry-note = Ce qui n’est pas coché reste sur la page publique, mais ne part pas vers ce réseau. Le réglage vaut à partir de la prochaine publication.
carry-keep = Enregistrer pour { $name }
carry-done = Réglage enregistré.
carry-sitting-opened = Ouverture de la séance
carry-sitting-suspended = Suspension
carry-sitting-resumed = Reprise
carry-sitting-closed = Fin de la séance
carry-sitting-reopened = Réouverture
carry-closed-part-ended = Fin d’un huis clos
carry-update-posted = Textes
carry-vote-recorded = Votes
carry-vote-corrected = Votes rectifiés
error-channel-kinds = Ces sortes de publications ne peuvent pas être retenues.
problem-channel-kind = une liste parmi { $known } est attendue
