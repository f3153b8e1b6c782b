# Répétition : une séance jouée pour s’entraîner, que le public ne voit jamais, puis effacée.
rehearsal = Répétition
rehearsal-mark-note = Rien n’est publié, rien ne part vers les réseaux.
rehearsal-create = Répétition, pour s’entraîner
rehearsal-create-note = Toute la séance se joue, rien n’est publié. Elle s’efface ensuite en une fois.
rehearsal-wipe = Effacer la répétition
rehearsal-wipe-note = Tout ce qui a été écrit pendant cette répétition disparaît pour de bon.
rehearsal-wipe-now = Effacer définitivement
rehearsal-wipe-named = Effacer définitivement « { $title } »
rehearsal-wiped = Répétition effacée : { $slug }.
error-sitting-no-rehearsal = Cette séance n’est pas une répétition : elle ne s’efface pas.
rehearsal-lamp-note = Rien n’est publié
