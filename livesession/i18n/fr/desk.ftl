# Le guichet et le registre : ce qui a été refusé, ce qui est sauf, ce qu’il faut faire.
error-not-allowed = Votre compte ({ $role ->
    [admin] administration
    [clerk] secrétariat
    [moderator] modération
    [archivist] archives
   *[other] { $role }
}) ne donne pas ce droit. Rien n’a été enregistré ; adressez-vous à qui administre les comptes.
error-entry-ill-formed = La demande n’a pas la forme attendue. Rien n’a été enregistré ; corrigez ce qui suit, puis envoyez de nouveau.
error-kind-unknown = Ce genre d’entrée n’existe pas. Rien n’a été enregistré.
error-idempotency-key-form = La clé d’idempotence doit compter 1 à 255 caractères ASCII imprimables. Rien n’a été enregistré.
error-idempotency-key-reused = Cette clé d’idempotence a déjà servi pour une autre demande. La première est enregistrée, celle-ci ne l’est pas ; envoyez-la avec une autre clé.
error-slug-form = L’adresse choisie pour la séance n’a pas la forme attendue. Rien n’a été créé.
error-time-ahead = L’heure donnée est en avance de plus d’un jour. Rien n’a été enregistré ; corrigez-la ou laissez-la vide.
error-time-before-closed-part = L’heure donnée précède le début du huis clos. Rien n’a été enregistré, et le huis clos dure toujours ; corrigez l’heure ou laissez-la vide.
error-reason-needed = Un effacement doit être motivé. Rien n’a été effacé ; indiquez le motif, sans répéter ce qui est à effacer.
error-channels-many = Trop de réseaux sont nommés. Rien n’a été enregistré.
error-mentions-many = Trop de membres sont mentionnés. Rien n’a été enregistré.

error-sitting-unknown = Aucune séance à cette adresse (« { $slug } »). Vérifiez-la dans la liste des séances.
error-sitting-scheduled = La séance n’est pas encore ouverte. Rien n’a été enregistré ; ouvrez-la d’abord.
error-sitting-already-opened = La séance a déjà été ouverte. Rien n’a été enregistré de plus.
error-sitting-open = La séance est ouverte, cette action n’a donc pas lieu d’être. Rien n’a été enregistré.
error-sitting-suspended = La séance est suspendue. Rien n’a été enregistré ; reprenez-la d’abord.
error-sitting-not-suspended = La séance n’est pas suspendue, elle ne peut donc pas être reprise. Rien n’a été enregistré.
error-sitting-closed = La séance est levée. Rien n’a été enregistré ; si elle continue, rouvrez-la.

error-item-unknown = Ce point n’est pas à l’ordre du jour. Rien n’a été enregistré ; choisissez un point de la liste.
error-item-needed = Il faut dire de quel point il s’agit. Rien n’a été enregistré.
error-item-not-taken = « { $kind } » ne se rattache pas à un point choisi. Rien n’a été enregistré ; envoyez de nouveau sans nommer de point.
error-item-already-open = Ce point est déjà en discussion. Rien n’a été enregistré de plus.
error-item-not-open = Ce point n’est pas en discussion, il ne peut donc pas être clos. Rien n’a été enregistré.

error-closed-part-unseen = Le huis clos a commencé, ou a pris fin, avant que ce texte ne parte. Il n’a pas été publié ; il est gardé dans vos brouillons. Relisez-le, puis décidez.
error-closed-part-hides = Ce que le public lit ne peut pas changer pendant un huis clos, ni à une heure où il se tenait. Rien n’a été enregistré ; attendez la fin du huis clos, ou corrigez l’heure.
error-closed-part-begun-already = La séance est déjà à huis clos. Rien n’a été enregistré de plus.
error-closed-part-none = La séance n’est pas à huis clos. Rien n’a été enregistré.

error-entry-unknown = L’entrée nommée n’existe pas dans cette séance. Rien n’a été enregistré ; rechargez la page.
error-entry-no-update = L’entrée nommée n’est pas un texte publié. Rien n’a été enregistré.
error-update-erased = Ce texte a été effacé ; plus rien ne peut y être changé. Rien n’a été enregistré.
error-update-retracted = Ce texte a été retiré ; plus rien ne peut y être changé. Rien n’a été enregistré ; publiez un nouveau texte.
error-update-not-pinned = Ce texte n’est pas épinglé. Rien n’a été enregistré.
error-update-not-public = Ce texte n’est pas public, il ne peut donc pas être épinglé. Rien n’a été enregistré.

error-vote-number = Un nombre de voix n’est pas possible. Le scrutin n’est pas enregistré ; corrigez les nombres.
error-vote-result = Le résultat ne suit pas des nombres de voix. Le scrutin n’est pas enregistré ; corrigez l’un ou l’autre.

error-store-unavailable = Le registre ne peut pas être écrit ou lu pour l’instant. Ce qui était enregistré est sauf, rien ne l’a été à moitié ; réessayez dans un instant, puis prévenez l’exploitant.
error-export-unreadable = Ce fichier n’est pas un export lisible du registre ; il n’a pas pu être vérifié.
error-settings-unreadable = Un réglage ne peut pas être compris. Rien n’a été démarré ; corrigez ce qui suit, puis relancez.

problem-field-missing = il manque
problem-field-unknown = ce champ n’est pas connu ; retirez-le
problem-field-type = la valeur n’a pas la forme attendue ({ $reason })
problem-json-deep = trop de niveaux imbriqués ; la limite est de { NUMBER($limit, useGrouping: 0) }
problem-number-range = ce nombre est trop grand pour être gardé sans perte
problem-kind-unknown = « { $kind } » n’est pas un genre d’entrée connu
problem-idempotency-key-form = 1 à 255 caractères ASCII imprimables sont attendus
problem-slug-form = 1 à 100 lettres minuscules sans accent, chiffres et tirets sont attendus, une lettre ou un chiffre d’abord
problem-time-ahead = l’heure est en avance de plus d’un jour
problem-time-before-closed-part = l’heure précède le début du huis clos
problem-reason-needed = le motif manque
problem-channels-many = { NUMBER($limit, useGrouping: 0) } réseaux au plus
problem-mentions-many = { NUMBER($limit, useGrouping: 0) } membres au plus
problem-item-unknown = « { $item } » n’est pas à l’ordre du jour
problem-item-needed = le point manque
problem-item-not-taken = le point est déjà connu par ailleurs, ou n’a pas de sens ici ; retirez-le
problem-entry-unknown = aucune entrée de cet identifiant dans la séance
problem-entry-no-update = l’entrée est de genre « { $kind } » ; un texte publié est attendu
problem-vote-number = un nombre de 0 à { NUMBER($limit, useGrouping: 0) } est attendu
problem-vote-result = les voix, { $votes } (pour / contre), disent le contraire
problem-export-field = un champ manque ou n’a pas la forme attendue : { $reason }
problem-export-json = ce n’est pas du JSON lisible ({ $reason })
problem-setting = { $reason }
problem-secret-key-short = la clé compte moins de 16 caractères ; donnez-en une plus longue, tirée au hasard
problem-secret-key-needed = la clé manque ; avec PostgreSQL, tous les processus doivent partager la même
problem-secret-key-file = la clé n’a pas pu être gardée à côté de la base : { $reason }

# Ce que la vérification trouve dans un registre altéré ; précédé du numéro de l’entrée.
finding-changed = le contenu a été modifié après l’enregistrement
finding-unlinked = l’entrée n’est pas liée à celle qui la précède
finding-missing = l’entrée manque
finding-inserted = une entrée a été ajoutée ici après coup
finding-reordered = l’entrée n’est pas à sa place
finding-emptied = le contenu a été vidé sans qu’aucun effacement ne le dise
finding-not-erased = l’entrée devrait être effacée et ne l’est pas
finding-unreadable = les empreintes de l’entrée ne sont pas lisibles
finding-beyond-head = des entrées dépassent la fin déclarée du registre
finding-head = l’empreinte de fin déclarée n’est pas celle de la dernière entrée
