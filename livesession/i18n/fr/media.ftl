# Images : envoyées avant le texte qui les montre, avec une description obligatoire.
error-media-unreadable = Cette image ne peut pas être lue. Rien n’a été enregistré.
error-media-unknown = Cette image n’est pas connue. Envoyez-la d’abord.
error-media-alt = Une image demande sa description, pour qui ne la voit pas.
error-media-many = Trop d’images dans un même texte.

problem-media-unreadable = le fichier n’est pas une image lisible ; sont acceptés { $known }
problem-media-large = le fichier dépasse { NUMBER($limit, useGrouping: 0) } Mo
problem-media-pixels = l’image dépasse { NUMBER($limit, useGrouping: 0) } millions de pixels
problem-media-unknown = aucune image de cet identifiant dans cette séance
problem-media-alt = décrivez en quelques mots ce que montre l’image
problem-media-many = { NUMBER($limit, useGrouping: 0) } images au plus

media-shown = Image : { $alt }
