# L’affiche, le badge et l’image d’un lien partagé.
announced-when = { $date }, { $time }
announced-follow = Suivre la séance
poster-follow = À suivre en direct
poster-what = Où en est-on, qui parle, ce qui est voté.
poster-how = Sans compte ni application, sur tout téléphone. Lisible par un lecteur d’écran.
poster-items = { $count ->
    [0] Ordre du jour en ligne
    [one] Un point à l’ordre du jour
   *[other] { $count } points à l’ordre du jour
}
poster-after = Relevé en ligne ensuite
