# Feeds and calendar, to follow without staying on the page.
feed-votes = votes
feed-word = “{ $word }”
feed-atom-title = Thread of the sitting (Atom)
feed-json-title = Thread of the sitting (JSON Feed)
feed-sittings-title = Public sittings (Atom)
feed-sittings-json-title = Public sittings (JSON Feed)
feed-calendar-title = Calendar (iCalendar)
error-item-not-listed = Item “{ $item }” is not on the agenda of this sitting. Give its number as printed there.
error-sitting-undated = The date of this sitting is not known yet: there is nothing to put into a calendar.
calendar-name = Public sittings
calendar-reminder = { $title }: in a quarter of an hour
public-home-description = Public sittings to come, under way and past: the thread, the votes and the agenda of each.
public-home-subscribe = Subscribe to all sittings:
public-home-calendar = calendar
