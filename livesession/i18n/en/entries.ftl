# What each entry says, in plain words: on the page and in the record.

entry-name-group = { $name } ({ $group })
entry-president-named = In the chair: { $names }.
entry-secretary-named = Secretaries: { $names }.
entry-member-arrived = { $count ->
    [one] Arrives: { $names }.
   *[other] Arrive: { $names }.
}
entry-member-left = { $count ->
    [one] Leaves the room: { $names }.
   *[other] Leave the room: { $names }.
}
entry-member-excused = { $count ->
    [one] Excused: { $names }.
   *[other] Excused: { $names }.
}
entry-member-recused = { $count ->
    [one] Takes no part in this item (recused): { $names }.
   *[other] Take no part in this item (recused): { $names }.
}
entry-proxy-revoked = Proxy withdrawn: { $names }.
entry-speech-begun = { $names } has the floor.
entry-president-named-many = In the chair: { $count } people.
entry-secretary-named-many = Secretaries: { $count } people.
entry-member-arrived-many = { $count } members arrive.
entry-member-left-many = { $count } members leave the room.
entry-member-excused-many = { $count } members excused.
entry-member-recused-many = { $count } members take no part in this item (recused).
entry-proxy-revoked-many = { $count } proxies withdrawn.
entry-speech-begun-many = { $count } people have the floor.
entry-member-corrected = Attendance corrected. It read: { $before }. It should read: { $after }.
entry-member-corrected-time = At { $time }.
entry-proxy-given = { $giver } gives a proxy to { $holder }
entry-proxies-given = { $count } proxies are given.
entry-quorum-met = Quorum met: { $present } present, { $required } needed.
entry-quorum-lost = Quorum lost: { $present } present, { $required } needed.
entry-quorum-waived = No quorum needed: { $present } present.
entry-quorum-represented = { $count } represented.
entry-quorum-recused = { $count } recused.
entry-sitting-opened = The sitting is open.
entry-sitting-suspended = The sitting is suspended.
entry-sitting-resumed = The sitting resumes.
entry-sitting-closed = The sitting is closed.
entry-sitting-reopened = The sitting is reopened.
entry-second-call = On a second call.
entry-want-of-quorum = For want of a quorum.
entry-until = To resume: { $time }.
entry-closed-part-begun = The sitting continues in private.
entry-closed-part-by = Requested by { $names }.
entry-closed-part-by-president = Requested by the chair.
entry-item-postponed = Item postponed.
entry-item-withdrawn = Item withdrawn from the agenda.
entry-item-reordered = The order of items changes.
entry-item-corrected = The agenda is corrected.
entry-item-corrected-was = It read “{ $was }”.
entry-item-joined = Items taken together.
entry-motion-withdrawn = Withdrawn by whoever tabled it.
entry-item-added-article = Item added in the sitting ({ $article }).
entry-item-added-information = Item added in the sitting, for information.
entry-document-attached = Document attached.
entry-the-president = the chair
entry-motion-motion = Motion tabled by { $names }.
entry-motion-amendment = Amendment tabled by { $names }.
entry-motion-voeu = Resolution tabled by { $names }.
entry-motion-oral-question = Oral question by { $names }.
entry-motion-point-of-order = Point of order by { $names }.
entry-motion-public-ballot = Public ballot requested by { $names }.
entry-motion-secret-ballot = Secret ballot requested by { $names }.
entry-motion-closed-part = Closed part requested by { $names }.
entry-motion-not-reached = The number required is not reached.
entry-ballot-show-of-hands = Show of hands
entry-ballot-public = Public ballot
entry-ballot-secret = Secret ballot
entry-vote-on-closed-part = Closed part
entry-vote-on-president = Election of the president
entry-vote-on-motion = Motion
entry-vote-on-amendment = Amendment
entry-vote-on-voeu = Resolution
entry-result-adopted = Adopted
entry-result-rejected = Rejected
entry-result-adopted-unanimous = Adopted unanimously
entry-result-rejected-unanimous = Rejected unanimously
entry-result-elected = { $count ->
    [one] Elected: { $names }
   *[other] Elected: { $names }
}
entry-result-no-majority = Nobody elected in this round
entry-voices-for = { $n } for
entry-voices-against = { $n } against
entry-voices-abstention = { $count ->
    [one] { $n } abstention
   *[other] { $n } abstentions
}
entry-voices-not-voting = { $count ->
    [one] { $n } not taking part
   *[other] { $n } not taking part
}
entry-voices-blank = { $count ->
    [one] { $n } blank
   *[other] { $n } blank
}
entry-voices-null = { $count ->
    [one] { $n } void
   *[other] { $n } void
}
entry-choice-for = For
entry-choice-against = Against
entry-choice-abstention = Abstention
entry-choice-not-voting = Not taking part
entry-choice-blank = Blank
entry-decision = Decision no. { $number }.
entry-round = Round { $round }.
entry-casting = The chair’s casting vote decided.
entry-majority-absolute-cast = Absolute majority of the votes cast: { $needed }.
entry-majority-absolute-voices = Absolute majority of the voices: { $needed }.
entry-majority-absolute-in-office = Absolute majority of the members in office: { $needed }.
entry-majority-qualified-cast = Majority of { $share } of the votes cast: { $needed }.
entry-majority-qualified-voices = Majority of { $share } of the voices: { $needed }.
entry-majority-qualified-in-office = Majority of { $share } of the members in office: { $needed }.
entry-secrecy-waived = The assembly waived secrecy.
entry-source-roll-call = Names taken at the roll call.
entry-source-device = Names taken by the voting devices.
entry-source-group-declaration = Names declared by the groups.
entry-source-secretary = Names taken by the secretary.
entry-group = { $group }: { $numbers }.
entry-agenda-set = The agenda was changed.
entry-item-opened = The item is called.
entry-item-closed = End of the debate on the item.
entry-closed-part-ended = The public sitting resumes.
entry-vote-corrected-now = Vote corrected.
entry-vote-corrected = Vote corrected at { $time }. It read: { $before }
entry-others = Show the { $count } names
entry-released = Decision taken in private, made public.
entry-quote = Quoting { $name }:
