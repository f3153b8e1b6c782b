# Several clerks, the president's desk, the sheet on paper.
console-js-clerk-writes = { $name } is writing…
console-js-clerk-writes-on = { $name } is writing on { $item }
console-js-clerk-votes = { $name } is entering a vote
console-js-clerk-votes-on = { $name } is entering a vote on { $item }
console-js-clerks-here-one = Also at the console: { $name }
console-js-clerks-here-other = Also at the console: { $name }
console-js-fairness-group = Group (members)
console-js-fairness-posts = Texts
console-js-fairness-quotes = Quotes
console-js-fairness-speeches = Speeches
console-js-fairness-none = The assembly has no known groups.
console-js-fairness-no-answer = The server does not answer. Open this panel again in a moment.
fairness-title = Balance between groups
fairness-note = For you alone: texts that quote or mention a member, quotes, speeches.
error-presence-form = What this console is doing cannot be read.
problem-presence-form = one of { $known } is expected, with the name of the tab

president-title = The president’s desk
president-open = The president’s desk
president-scheduled = Sitting to come
president-open-now = Sitting open
president-suspended = Sitting suspended
president-closed = Sitting closed
president-closed-part = Closed part
president-item = Current item
president-no-item = No item is open
president-speech = The floor
president-nobody = Nobody has the floor
president-quorum = Quorum
president-quorum-unknown = Attendance is not noted.
president-vote = Last vote
president-no-vote = No vote
president-next = Next
president-line = Connection lost: what is shown may be out of date.

sheet-title = Sheet of the sitting
sheet-open = Sheet of the sitting, to print
sheet-back = Back to the console
sheet-how = Print this page before the sitting: it lets you go on by hand.
sheet-opened = Opened at
sheet-president = President
sheet-secretary = Secretary of the sitting
sheet-suspended = Suspended at
sheet-resumed = Resumed at
sheet-closed = Closed at
sheet-roll = Roll call, proxies, arrivals and departures
sheet-quorum = { $count ->
    [one] 1 member in office.
   *[other] { NUMBER($count, useGrouping: 0) } members in office.
}
sheet-required = Quorum: { NUMBER($required, useGrouping: 0) }.
sheet-member = Member
sheet-present = Present
sheet-excused = Excused
sheet-proxy = Proxy to
sheet-arrived = Arrived
sheet-left = Left
sheet-agenda = Agenda and votes
sheet-item = Item
sheet-hour = Time
sheet-result = Result
sheet-closed-part = closed part
sheet-moves = Course of the sitting
sheet-what = What happens
