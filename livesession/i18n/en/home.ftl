# The council's home page.
home-on = Now
home-coming = To come
home-past = Past sittings
home-speaks = { $name } has the floor
home-last-vote = Last vote: { $result }, { $numbers }
home-of = , { $title }
home-at = at { $time }
home-days = { $days ->
    [0] today
    [1] tomorrow
   *[other] in { $days } days
}
home-no-date = Date to come
home-calendar = Into my calendar
home-not-followed = This sitting was not followed live here.
home-minutes = Record or minutes
home-older = Older sittings
home-newer = Newer sittings
home-no-more = No older sitting.
