# L’affiche, le badge et l’image d’un lien partagé.
announced-when = { $date }, { $time }
announced-follow = Suivre la séance
