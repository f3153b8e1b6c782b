# La page d’accueil de l’assemblée.
home-on = En ce moment
home-coming = À venir
home-past = Séances passées
home-speaks = La parole est à { $name }
home-last-vote = Dernier vote : { $result }, { $numbers }
home-of = , { $title }
home-at = à { $time }
home-days = { $days ->
    [0] aujourd’hui
    [1] demain
   *[other] dans { $days } jours
}
home-no-date = Date à venir
home-calendar = Dans mon agenda
home-not-followed = Cette séance n’a pas été suivie en direct ici.
home-minutes = Relevé ou procès-verbal
home-older = Séances plus anciennes
home-newer = Séances plus récentes
home-no-more = Aucune séance plus ancienne.
