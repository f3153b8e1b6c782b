# Les comptes : entrer, et qui peut entrer.
error-login-needed = Connectez-vous pour continuer. Ce qui a été enregistré est sauf.
error-login-wrong = Ce nom et ce mot de passe ne vont pas ensemble. Vérifiez-les, puis réessayez.
error-login-throttled = Trop d’essais infructueux ; l’accès est fermé pour un moment. Réessayez dans { $seconds ->
    [one] une seconde
   *[other] { NUMBER($seconds, useGrouping: 0) } secondes
}.
error-token-unknown = Ce jeton d’accès n’est pas connu. Rien n’a été enregistré ; vérifiez-le, ou créez-en un autre.
error-account-exists = Un compte nommé « { $name } » existe déjà. Rien n’a été changé ; choisissez un autre nom.
error-account-unknown = Aucun compte ne s’appelle « { $name } ». Rien n’a été changé.
error-role-unknown = Ce rôle n’existe pas. Aucun compte n’a été créé.
error-password-length = Le mot de passe doit compter au moins { NUMBER($least, useGrouping: 0) } caractères. Rien n’a été changé.
error-password-character = Le mot de passe contient un caractère qui ne peut pas être lu. Rien n’a été changé.

problem-role-unknown = « { $role } » n’est pas un rôle ; les rôles sont admin, clerk, moderator et archivist
problem-password-length = au moins { NUMBER($least, useGrouping: 0) } caractères, 1000 au plus ; une phrase convient bien
problem-password-character = choisissez un autre mot de passe
