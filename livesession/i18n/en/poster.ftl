# The poster, the badge and the image of a shared link.
announced-when = { $date }, { $time }
announced-follow = Follow the sitting
poster-follow = Follow it live
poster-what = Where are we, who speaks, what is decided.
poster-how = No account, no app, on any phone. Can be read by a screen reader.
poster-items = { $count ->
    [0] Agenda online
    [one] One item on the agenda
   *[other] { $count } items on the agenda
}
poster-after = Record online afterwards
