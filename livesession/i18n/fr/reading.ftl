# Lire un long fil : filtres, recherche, pages.
public-narrow = Chercher, filtrer
public-narrow-word = Mot
public-narrow-item = Point
public-narrow-item-all = Tous les points
public-narrow-order = Ordre
public-narrow-order-newest = Les plus récentes d’abord
public-narrow-order-item = Par point
public-narrow-votes = Votes
public-narrow-pinned = Épinglé
public-narrow-show = Afficher
public-narrow-whole = Tout le fil
public-narrow-found = { $count ->
    [one] { $count } publication
   *[other] { $count } publications
}
public-narrow-none = Aucune publication ne correspond.
public-pages = Pages du fil
public-pages-older = Publications précédentes
public-pages-newer = Publications suivantes
public-pages-next = Page suivante
public-pages-previous = Page précédente
public-pages-one = Page { $number }
