public-site = The council, live
public-site-nav = Site
public-skip = Skip to content
public-sittings = Sittings
public-sittings-none = No sitting so far. The next ones will appear here.
public-other-lang = fr
public-other-language = Français
public-description = Follow live, texts and votes: { $title }

public-badge-open = Live
public-badge-scheduled = To come
public-badge-suspended = Suspended
public-badge-closed = Sitting ended
public-badge-doors = Closed part

public-planned = planned for { $time }
public-opened = opened at { $time }
public-span = from { $begun } to { $ended }
public-where = Where are we?
public-where-point-of = Item { $number } of { $total }, since { $time }
public-where-point = Item { $number }, since { $time }
public-where-since = Since { $time }
public-now-scheduled = The sitting has not begun.
public-now-open = The sitting is open. No item is being debated.
public-now-suspended = The sitting is suspended.
public-now-closed = The sitting ended at { $time }.
public-now-doors = The sitting continues in private.
public-now-not-public = This sitting is not public.
public-doors-why = Nothing is published meanwhile. The thread will go on here when the doors reopen.
public-not-public-why = It is held in private: its debates are not published here.

public-rapporteur = Rapporteur
public-last-vote = Last vote
public-last-votes = Latest votes
public-done = Items debated
public-done-of = { $done } of { $total }
public-pinned = Pinned
public-point = Item { $number }
public-untitled = Item in private

public-agenda = Agenda
public-agenda-show = { $n ->
        [one] { $n } item
       *[other] All { $n } items
    }
public-agenda-empty = The agenda is not published.
public-item-to-come = to come
public-item-current = being debated
public-item-done = debated
public-item-doors = in private

public-thread = Thread of the sitting
public-thread-empty = Nothing is published yet. The first post will appear here.
public-thread-closed = Nothing of this sitting is published.
public-fresh-at = Last post at { $time }
public-fresh-none = No post yet
public-reload = Refresh
public-general = Sitting
public-permalink = { $time }, link to this post
public-corrected = Corrected at { $time }.
public-it-read = It read:
public-retracted = Retracted at { $time }.
public-erased = Erased at { $time }.
public-erased-plain = Text erased.

public-vote = Vote
public-vote-on = Vote, { $subject }
public-vote-item = Vote, item { $number }
public-adopted = Adopted
public-rejected = Rejected
public-unanimous = Adopted unanimously
public-for = for
public-against = against
public-abstention = { $n ->
        [one] abstention
       *[other] abstentions
    }
public-numbers = { $for } for, { $against } against, { $count ->
        [one] { $abstention } abstention
       *[other] { $abstention } abstentions
    }
public-voices = { $n ->
        [one] { $n } vote
       *[other] { $n } votes
    }
public-ballot-show-of-hands = by show of hands

public-agenda-set = The agenda was changed.
public-sitting-opened = The sitting is open.
public-sitting-suspended = The sitting is suspended.
public-sitting-resumed = The sitting resumes.
public-sitting-closed = The sitting is closed.
public-sitting-reopened = The sitting is reopened.
public-item-opened = The item is called.
public-item-closed = End of the debate on the item.
public-closed-part-begun = The sitting continues in private.
public-closed-part-ended = The public sitting resumes.

public-keep = To keep
public-documents = Documents of item { $number }
public-minutes = Record of the live thread
public-minutes-why = Only the approved minutes are authoritative.
public-json = JSON data
public-embed-fallback = The thread appears here once the browser has loaded it. The full page has it too, even without scripts.
public-embed-go = Open the page of the sitting

public-error-title = This page could not be shown
public-error-missing = There is nothing at this address
public-error-safe = What was published stays in place.
public-error-go = See the sittings
public-error-code = Code to quote if you write to us:
