# The desk and the record: what was refused, what is safe, what to do.
error-not-allowed = Your account ({ $role ->
    [admin] administration
    [clerk] clerk
    [moderator] moderation
    [archivist] archives
   *[other] { $role }
}) does not carry this right. Nothing was recorded; ask whoever administers the accounts.
error-entry-ill-formed = The request does not have the expected form. Nothing was recorded; correct what follows, then send it again.
error-kind-unknown = There is no such kind of entry. Nothing was recorded.
error-idempotency-key-form = The idempotency key must have 1 to 255 printable ASCII characters. Nothing was recorded.
error-idempotency-key-reused = This idempotency key has already served for another request. The first one is recorded, this one is not; send it with another key.
error-slug-form = The address chosen for the sitting does not have the expected form. Nothing was created.
error-time-ahead = The time given is more than a day ahead. Nothing was recorded; correct it or leave it empty.
error-time-before-closed-part = The time given is before the beginning of the closed part. Nothing was recorded, and the closed part goes on; correct the time or leave it empty.
error-reason-needed = An erasure needs a reason. Nothing was erased; give the reason, without repeating what is to be erased.
error-channels-many = Too many networks are named. Nothing was recorded.
error-mentions-many = Too many members are mentioned. Nothing was recorded.

error-sitting-unknown = No sitting at this address (“{ $slug }”). Check it in the list of sittings.
error-sitting-scheduled = The sitting is not open yet. Nothing was recorded; open it first.
error-sitting-already-opened = The sitting has already been opened. Nothing more was recorded.
error-sitting-open = The sitting is open, so there is no cause for this. Nothing was recorded.
error-sitting-suspended = The sitting is suspended. Nothing was recorded; resume it first.
error-sitting-not-suspended = The sitting is not suspended, so it cannot be resumed. Nothing was recorded.
error-sitting-closed = The sitting is closed. Nothing was recorded; if it goes on, reopen it.

error-item-unknown = This item is not on the agenda. Nothing was recorded; choose one from the list.
error-item-needed = An item must be named. Nothing was recorded.
error-item-not-taken = “{ $kind }” does not take an item. Nothing was recorded; send it again without one.
error-item-already-open = This item is already being debated. Nothing more was recorded.
error-item-not-open = This item is not being debated, so it cannot be closed. Nothing was recorded.

error-closed-part-unseen = The closed part began, or ended, before this text was sent. It was not published; it is kept in your drafts. Read it again, then decide.
error-closed-part-hides = What the public reads cannot change during a closed part, nor at a time when one was held. Nothing was recorded; wait for its end, or correct the time.
error-closed-part-begun-already = The sitting is already behind closed doors. Nothing more was recorded.
error-closed-part-none = The sitting is not behind closed doors. Nothing was recorded.

error-entry-unknown = The entry named does not exist in this sitting. Nothing was recorded; reload the page.
error-entry-no-update = The entry named is not a published text. Nothing was recorded.
error-update-erased = This text was erased; nothing about it can change any more. Nothing was recorded.
error-update-retracted = This text was retracted; nothing about it can change any more. Nothing was recorded; publish a new text.
error-update-not-pinned = This text is not pinned. Nothing was recorded.
error-update-not-public = This text is not public, so it cannot be pinned. Nothing was recorded.

error-vote-number = A number of votes is not possible. The vote is not recorded; correct the numbers.
error-vote-result = The result does not follow from the numbers. The vote is not recorded; correct one or the other.

error-store-unavailable = The record cannot be written or read just now. What was recorded is safe, nothing was half recorded; try again in a moment, then tell the operator.
error-export-unreadable = This file is not a readable export of the record; it could not be verified.
error-settings-unreadable = A setting cannot be understood. Nothing was started; correct what follows, then start again.

problem-field-missing = is missing
problem-field-unknown = this field is not known; remove it
problem-field-type = the value does not have the expected form ({ $reason })
problem-json-deep = nested too deeply; the limit is { NUMBER($limit, useGrouping: 0) } levels
problem-number-range = this number is too large to be kept exactly
problem-kind-unknown = “{ $kind }” is not a known kind of entry
problem-idempotency-key-form = 1 to 255 printable ASCII characters are expected
problem-slug-form = 1 to 100 unaccented small letters, digits and hyphens are expected, a letter or a digit first
problem-time-ahead = the time is more than a day ahead
problem-time-before-closed-part = the time is before the beginning of the closed part
problem-reason-needed = the reason is missing
problem-channels-many = { NUMBER($limit, useGrouping: 0) } networks at most
problem-mentions-many = { NUMBER($limit, useGrouping: 0) } members at most
problem-item-unknown = “{ $item }” is not on the agenda
problem-item-needed = the item is missing
problem-item-not-taken = the item is known already, or has no meaning here; remove it
problem-entry-unknown = no entry of this id in the sitting
problem-entry-no-update = the entry is of kind “{ $kind }”; a published text is expected
problem-vote-number = a number from 0 to { NUMBER($limit, useGrouping: 0) } is expected
problem-vote-result = the votes, { $votes } (for / against), say the opposite
problem-export-field = a field is missing or does not have the expected form: { $reason }
problem-export-json = this is not readable JSON ({ $reason })
problem-setting = { $reason }
problem-secret-key-short = the key has fewer than 16 characters; give a longer one, drawn at random
problem-secret-key-needed = the key is missing; with PostgreSQL all processes must share one
problem-secret-key-file = the key could not be kept beside the database: { $reason }

# What verification finds in an altered record; the entry's number comes before it.
finding-changed = the content was changed after it was recorded
finding-unlinked = the entry is not linked to the one before it
finding-missing = the entry is missing
finding-inserted = an entry was added here afterwards
finding-reordered = the entry is not in its place
finding-emptied = the content was emptied, and no erasure says so
finding-not-erased = the entry should be erased and is not
finding-unreadable = the entry’s hashes are not readable
finding-beyond-head = entries lie beyond the stated end of the record
finding-head = the stated final hash is not that of the last entry
