colon = { " " }: { "" }
error-internal = Une erreur inattendue est survenue. Rien n’a été enregistré à moitié ; réessayez, puis prévenez l’exploitant.
