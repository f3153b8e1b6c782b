minutes-heading = Record of the live thread, not the minutes
minutes-whole = Whole copy, not for release: what is restricted is marked.
minutes-restricted = restricted
minutes-fact-date = Date
minutes-fact-location = Place
minutes-fact-sitting = Sitting
minutes-fact-suspensions = Suspensions
minutes-fact-closed-parts = In private
minutes-sitting-public = public
minutes-sitting-closed-doors = in private
minutes-status-scheduled = not open yet
minutes-status-opened = opened at { $at }
minutes-status-closed = closed at { $at }
minutes-general = Sitting
minutes-empty = Nothing has been recorded yet.
minutes-item = Item { $number }
minutes-item-closed = Item taken in private
minutes-rapporteur = Rapporteur:
minutes-documents = Documents:
minutes-other-day = { $time } ({ $date })
minutes-period = from { $begun } to { $ended }
minutes-period-begun = since { $begun }
minutes-period-ended = until { $ended }
minutes-item-period = Open from { $begun } to { $ended }
minutes-item-period-begun = Opened at { $begun }
minutes-item-period-ended = Closed at { $ended }
minutes-step-opened = The sitting is opened.
minutes-step-suspended = The sitting is suspended.
minutes-step-resumed = The sitting resumes.
minutes-step-closed = The sitting is closed.
minutes-step-reopened = The sitting is reopened.
minutes-doors = The sitting continued in private from { $begun } to { $ended }.
minutes-doors-open = The sitting has continued in private since { $begun }.
minutes-reason = Reason:
minutes-corrected = Corrected at { $at }. It read:
minutes-retracted = Retracted at { $at }.
minutes-retracted-text = It read:
minutes-erased = Text erased at { $at }, as the law orders. Nothing of it is kept.
minutes-erased-later = Text erased, as the law orders. Nothing of it is kept.
minutes-vote-adopted = Adopted
minutes-vote-rejected = Rejected
minutes-vote-adopted-unanimous = Adopted unanimously
minutes-vote-rejected-unanimous = Rejected unanimously
minutes-vote-numbers = { $for } for, { $against } against, { $count ->
        [one] { $abstention } abstention
       *[other] { $abstention } abstentions
    }.
minutes-ballot-show-of-hands = By show of hands.
minutes-presence-president = In the chair
minutes-presence-secretaries = { $count ->
    [one] Secretary
   *[other] Secretaries
}
minutes-presence-present = Present ({ $count })
minutes-presence-represented = Represented ({ $count })
minutes-presence-excused = Excused ({ $count })
minutes-presence-absent = Absent ({ $count })
minutes-represented-by = { $who } by { $by }
minutes-decisions = Decisions of the sitting
minutes-quorum-passed = Voted without a quorum:
minutes-head = Record as of entry { $seq } of the thread, whose hash is:
minutes-verify = Every entry of the thread carries the hash of the one before. Whoever holds the whole JSON export can check it with the command “livesession verify FILE”: its head hash must be this one, or the thread must pass through it.

verify-intact = { $slug }: intact. Entries: { $entries }. Head hash: { $head }
verify-finding = Entry { $seq }: { $finding }
verify-altered = { $slug }: altered. Entries read: { $entries }. Alterations: { $findings }
error-export-unwritable = The file could not be written. Nothing was changed.
error-record-damaged = Data of this sitting cannot be read in the database. “livesession verify” says which; restore a backup.
error-database-unreadable = The database cannot be read: it is damaged, or is none.
problem-export-write = Cannot be written ({ $reason })
