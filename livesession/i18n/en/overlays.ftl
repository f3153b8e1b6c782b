control-room-title = Overlays for the control room
control-room-what = Each overlay is a transparent page to lay over the picture: in OBS a “Browser” source, in vMix a “Web Browser” input. At 1920 × 1080 or 3840 × 2160.
control-room-unknown = No public sitting has that name. Choose it from the list.
control-room-sitting = Sitting
control-room-look = Look, where it must differ from the council’s own
control-room-look-accent = Colour of the mark, six digits
control-room-look-ground = Colour of the ground, six digits
control-room-look-ink = Colour of the text, six digits
control-room-look-theme = Theme, by the name of its folder
control-room-look-scale = Scale of the cards, from 0.6 to 1.25
control-room-sample = Show sample data: each picture is then marked “Sample”, the address to copy stays the same
control-room-show = Show
control-room-order = From the uppermost to the lowest: leave them all on, in this order. One that has nothing to say stays transparent.
control-room-address = Address
control-room-copy = Copy the address
control-room-copied = The address is copied.
control-room-together = All together
control-room-together-what = As they lie over one another on the picture.
control-room-suspension = Suspension and closed part
control-room-what-suspension = The whole screen during a suspension or a closed part; else nothing.
control-room-countdown = Countdown
control-room-what-countdown = The whole screen before the announced opening, and before it resumes where that was said. Add &form=card for a small card, &only=opening or &only=resuming for one of the two.
control-room-vote = Result of the vote
control-room-what-vote = The last vote for twelve seconds. Add &seconds=20 for twenty.
control-room-agenda = Agenda bar
control-room-what-agenda = The item being debated, the next one, one step for each item. Add &edge=bottom to lay it at the bottom.
control-room-lower-third = Item and speaker
control-room-what-lower-third = The number and title of the item, who speaks, and the result of a vote for twelve seconds.
control-room-short = Overlays
