face-title = Visage de l’assemblée
face-what = Le nom, les couleurs, la police et le logo de votre assemblée, tels qu’ils paraissent sur les pages publiques, le module à insérer, les incrustations, l’affiche et l’image des liens partagés.
face-name = Nom de l’assemblée
face-name-note = Paraît en tête des pages, sur l’écran d’accueil des téléphones et dans la liste des séances.
face-accent = Couleur, sur fond clair
face-accent-note = Six chiffres hexadécimaux, par exemple #0b5a66. Les liens, les boutons et l’affiche.
face-accent-dark = Couleur, sur fond sombre
face-accent-dark-note = Laissez vide : elle est tirée de la première.
face-font = Police des pages
face-font-legible = Atkinson Hyperlegible Next
face-font-system = Celle de l’appareil
face-font-serif = Celle de l’appareil, à empattements
face-logo = Logo
face-logo-note = SVG ou PNG, 200 ko au plus. D’un SVG ne reste que le dessin : ni programme, ni lien, ni fichier d’ailleurs.
face-logo-now = Logo actuel
face-logo-remove = Retirer le logo
face-keep = Garder
face-reset = Revenir au visage d’origine
face-kept = Le visage de l’assemblée est gardé. Les pages le montrent dans quelques secondes.
face-forgotten = Le visage d’origine est rétabli.
face-refused = Ceci n’a pas été gardé.
face-ratio = Contraste le plus faible, { $theme ->
    [dark] sur fond sombre
   *[light] sur fond clair
} : { $whole },{ $tenth } pour 1 (il en faut 4,5).
face-preview = Aperçu
face-preview-link = Un lien de la page
face-preview-button = Un bouton
face-none = Aucun logo
face-shown = { $name } : { $accent } sur fond clair, { $dark } sur fond sombre, police { $font }, { $logo }
error-face = Ces couleurs ne seraient pas lues par tout le monde.
problem-face-colour = Ce n’est pas une couleur : il faut six chiffres hexadécimaux, par exemple #0b5a66.
problem-face-contrast = { $colour } n’a que { $whole },{ $tenth } de contraste avec ce qui l’entoure, il en faut 4,5. La couleur la plus proche qui convient : { $nearest }.
problem-face-font = Cette police n’est pas proposée. Celles qui le sont : { $known }.
problem-logo-large = Le logo dépasse { $limit } ko.
problem-logo-unreadable = Ce fichier n’est ni un SVG ni un PNG que l’on puisse dessiner.
problem-logo-heavy = Ce dessin serait trop long à afficher sur un téléphone : trop de formes reprises les unes dans les autres, image trop grande, ou format trop étiré. Rien n’a été gardé.
