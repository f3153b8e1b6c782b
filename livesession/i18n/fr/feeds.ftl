# Les flux et l’agenda à suivre sans rester sur la page.
feed-votes = votes
feed-word = « { $word } »
feed-atom-title = Fil de la séance (Atom)
feed-json-title = Fil de la séance (JSON Feed)
feed-sittings-title = Séances publiques (Atom)
feed-sittings-json-title = Séances publiques (JSON Feed)
feed-calendar-title = Agenda (iCalendar)
error-item-not-listed = Le point « { $item } » n’est pas à l’ordre du jour de cette séance. Donnez son numéro tel qu’il y figure.
error-sitting-undated = La date de cette séance n’est pas encore connue : il n’y a rien à inscrire à un agenda.
calendar-name = Séances publiques
calendar-reminder = { $title } : dans un quart d’heure
public-home-description = Les séances publiques à venir, en cours et passées : le fil, les votes et l’ordre du jour de chacune.
public-home-subscribe = S’abonner à toutes les séances :
public-home-calendar = agenda
