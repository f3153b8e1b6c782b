# Agendas: what was found in a file, where, and what was made of it.
error-agenda-unreadable = The agenda cannot be read as it is. Nothing was recorded.
error-agenda-form-unknown = The format “{ $form }” is not known. Possible formats: { $known }.
error-agenda-not-in-table = A table cannot hold all that this agenda says. Choose yaml or json.
error-agenda-template-unknown = No template “{ $name }”. Templates: { $known }.
error-resources-missing = The folder “{ $name }” is missing from this installation. Install livesession again.
error-text-blank = A text is missing ({ $place }).
error-text-too-long = The text has { NUMBER($length, useGrouping: 0) } characters; the limit is { NUMBER($limit, useGrouping: 0) } ({ $place }).
error-text-character = The text contains a character that cannot be kept: { $character }, at position { NUMBER($where, useGrouping: 0) } ({ $place }). Delete it, then try again.
error-time-unreadable = The date cannot be read.

problem-text-blank = the text is missing
problem-text-too-long = { NUMBER($length, useGrouping: 0) } characters; the limit is { NUMBER($limit, useGrouping: 0) }
problem-text-character = the character { $character }, at position { NUMBER($where, useGrouping: 0) }, cannot be kept; delete it
problem-time-unreadable = “{ $text }” is not an instant with its offset, such as 2026-11-20T09:00:00+01:00

problem-agenda-id-form = the identifier “{ $id }” does not have the expected form: 1 to 64 unaccented letters, digits, dots, dashes or underscores, a letter or digit first
problem-agenda-id-twice = the identifier “{ $id }” already belongs to another item; give another, or none
problem-agenda-url = “{ $url }” is not the address of a page: it must begin with https:// or http://
problem-agenda-more-problems = { $count ->
    [one] and one more remark, not listed
   *[other] and { NUMBER($count, useGrouping: 0) } more remarks, not listed
}
problem-agenda-not-in-table = this sitting would not come back whole from the table
problem-agenda-too-large = the file has about { NUMBER($size, useGrouping: 0) } MB; the limit is { NUMBER($limit, useGrouping: 0) } MB
problem-agenda-empty = the file is empty
problem-agenda-binary = the file is of the type { $what }; save it as CSV from your spreadsheet, or write the agenda in YAML
problem-agenda-character = the character { $character } cannot be kept; delete it, then try again
problem-agenda-controls-taken = { $count ->
    [one] a control character was a sign of Windows-1252 badly converted; it was restored ({ $example })
   *[other] { NUMBER($count, useGrouping: 0) } control characters were signs of Windows-1252 badly converted; they were restored ({ $example })
}
problem-agenda-bytes = the bytes { $bytes } cannot be read as { $encoding }; save the file in UTF-8, or say its encoding
problem-agenda-encoding-unknown = the encoding “{ $encoding }” is not known; try utf-8, cp1252 or utf-16
problem-agenda-encoding-taken = the file does not say its encoding; it was read as { $encoding }; check the accents
problem-agenda-format-unknown = no known format was recognised (found: { $found }); accepted are our own form in YAML or JSON (title, items), an OParl 1.1 Meeting, and a CSV table with a header line
problem-agenda-type = { $expected ->
    [text] a text is expected; if need be, put the value between quotes
    [boolean] true or false is expected
    [list] a list is expected
   *[mapping] a set of “key: value” is expected
}
problem-agenda-missing = “{ $key }” is missing
problem-agenda-key-unknown = { $near ->
    [none] the key “{ $key }” is not known; possible keys: { $known }
   *[other] the key “{ $key }” is not known; perhaps “{ $near }”? Possible keys: { $known }
}
problem-agenda-key-twice = the key “{ $key }” is given twice; keep one
problem-agenda-number-type = the number must be a text between quotes or a whole number from 0: 1.10 would become 1.1
problem-agenda-kind = the kind “{ $kind }” is not known; write item or heading
problem-agenda-language = “{ $language }” is not a language tag, such as fr or en-GB
problem-agenda-timezone = “{ $timezone }” is not a time zone, such as Europe/Paris
problem-agenda-starts = “{ $text }” is not a start; write for example 2026-11-20T09:00 (local time) or 2026-11-20T09:00+01:00
problem-agenda-offset-taken = the time has no offset; it was taken in { $timezone }, that is { $starts }
problem-agenda-time-missing = the date has no time; 00:00 was written; correct it before the sitting
problem-agenda-no-sittings = the list of sittings is empty
problem-agenda-too-many-sittings = { NUMBER($count, useGrouping: 0) } sittings; the limit is { NUMBER($limit, useGrouping: 0) } in a file
problem-agenda-too-many-items = more than { NUMBER($limit, useGrouping: 0) } items in a sitting
problem-agenda-items-too-deep = more than { NUMBER($limit, useGrouping: 0) } levels of items
problem-agenda-too-deep = more than { NUMBER($limit, useGrouping: 0) } levels of lists within lists: this is not an agenda
problem-agenda-too-many-values = more than { NUMBER($limit, useGrouping: 0) } values, repeated ones counted: this is not an agenda
problem-agenda-json = the JSON is not correct here; check quotes, commas and braces
problem-agenda-json-number = the JSON contains a number that is none, or is too large
problem-agenda-yaml = the YAML is not correct here; check the alignment, and put titles that contain a colon, a hash or brackets between quotes
problem-agenda-yaml-documents = a second document begins here; for several sittings use the key “sittings”
problem-agenda-yaml-tag = the tag “{ $tag }” is not accepted; delete it
problem-agenda-number-twice = the number { $number } is already taken on the same level; both items were kept
problem-agenda-number-gap = the number { $after } follows the number { $before }; nothing was added; check that no item is missing
problem-agenda-closed-below = the item lies below a closed one; it was closed too
problem-agenda-numbers-missing = no item has a number; all were taken as items, in the file’s order

problem-oparl-not-meeting = the OParl object is of the type { $type }; only a Meeting is an agenda
problem-oparl-item-address = the item is given by its address only; download the meeting with its items
problem-oparl-cancelled = the source says that the meeting is cancelled; it was read all the same
problem-oparl-closed-meeting = the name “{ $title }” says that the meeting is not public; the whole sitting was closed
problem-oparl-name-missing = the meeting has no name; “{ $title }” was written
problem-oparl-start-missing = the start is missing; the sitting was read without it
problem-oparl-no-items = the meeting has no items; the sitting was read without an agenda
problem-oparl-item-deleted = the source says that this item is deleted; it was not taken
problem-oparl-item-name-missing = the item has no name; “{ $title }” was written
problem-oparl-item-private = the source does not say whether this item is public; it was closed
problem-oparl-order-missing = some items have no rank (order); the file’s order was kept
problem-oparl-order-changed = the items were not in order; they were sorted by their rank (order)
problem-oparl-organization-address = the assembly is given by its address only; its name was left empty
problem-oparl-organization-missing = the assembly is not named; its name was left empty
problem-oparl-location-address = the place is given by its address only; it was left empty
problem-oparl-file-unusable = the document has no address of a page; it was not taken
problem-oparl-results = { $count ->
    [one] one result was not taken: decisions are established in the sitting
   *[other] { NUMBER($count, useGrouping: 0) } results were not taken: decisions are established in the sitting
}
problem-oparl-field-not-taken = { $count ->
    [one] this field stands there once and was not taken
   *[other] this field stands there { NUMBER($count, useGrouping: 0) } times and was not taken
}
problem-oparl-housekeeping = the source’s housekeeping fields, not taken: { $fields }

problem-table-no-header = no column name was recognised (found: { $found }); the first line must name the columns, the one of the titles among them: { $expected }; or say the columns
problem-table-no-title-column = the column of the titles was not recognised (found: { $found }); name it for example { $expected }, or say which it is
problem-table-columns-not-taken = { $count ->
    [one] column not taken: { $columns }
   *[other] { NUMBER($count, useGrouping: 0) } columns not taken: { $columns }
}
problem-table-field-unknown = “{ $field }” is not a known field; possible fields: { $known }
problem-table-column-missing = the column “{ $column }”, said to hold { $field }, does not exist; columns found: { $found }
problem-table-separator = “{ $separator }” cannot separate columns; give a single sign, such as a semicolon, a comma or a tab
problem-table-too-many-lines = more than { NUMBER($limit, useGrouping: 0) } lines: this is not an agenda
problem-table-header-long = the first line has more than { NUMBER($limit, useGrouping: 0) } characters: it is no header of a table
problem-table-quote = a quote opened in this row is not closed as it should be (read up to line { $end }); in a cell between quotes, a quote is written twice
problem-table-no-rows = no row follows the header
problem-table-row-long = { NUMBER($count, useGrouping: 0) } cells for { NUMBER($width, useGrouping: 0) } columns; a text that contains the separator must be between quotes
problem-table-rows-padded = { $count ->
    [one] the row has empty cells too many; they were left out
   *[other] { NUMBER($count, useGrouping: 0) } rows have empty cells too many; they were left out
}
problem-table-rows-short = { $count ->
    [one] the row has fewer cells than the header; those missing were taken as empty
   *[other] { NUMBER($count, useGrouping: 0) } rows have fewer cells than the header; those missing were taken as empty
}
problem-table-rows-blank = { $count ->
    [one] empty row, passed over
   *[other] { NUMBER($count, useGrouping: 0) } empty rows, passed over
}
problem-table-rows-no-item = { $count ->
    [one] the row describes no item; only its sitting was taken
   *[other] { NUMBER($count, useGrouping: 0) } rows describe no item; only their sitting was taken
}
problem-table-escapes = { $count ->
    [one] “{ $what }”, which a spreadsheet wrote for a sign that it could not keep, was replaced: by a space if it was a line break, otherwise by the sign
   *[other] “{ $what }”, which a spreadsheet wrote for a sign that it could not keep, was replaced in { NUMBER($count, useGrouping: 0) } rows: by a space if it was a line break, otherwise by the sign
}
problem-table-title-blank = the title is empty; a title broken over several lines must be between quotes
problem-table-date = “{ $text }” is not a date that can be read; write day/month/year, or year-month-day, and if need be the time (18:30)
problem-table-dates-missing = { $count ->
    [one] the row has no date; it was put with the sitting beside it
   *[other] { NUMBER($count, useGrouping: 0) } rows have no date; they were put with the sitting beside them
}
problem-table-start-missing = no date of a sitting; the sitting was read without
problem-table-sittings-mixed = { $count ->
    [one] the row lies apart from the others of its sitting; it joined them
   *[other] { NUMBER($count, useGrouping: 0) } rows lie apart from the others of their sitting; they joined them
}
problem-table-sitting-differs = the column { $field } changes within a sitting; the first value was kept: “{ $kept }”
problem-table-title-made = the table gives the sitting no title; “{ $title }” was written
problem-table-public-unknown = “{ $text }” does not say whether it is public; write yes or no
problem-table-public-blank = the cell that says whether the item is public is empty, while others say yes and no; fill it in
problem-table-public-contradiction = the columns “public” and “closed” contradict each other
problem-table-blank-closed = { $count ->
    [one] the cell is empty and the others mark only public items; the item was closed
   *[other] { NUMBER($count, useGrouping: 0) } cells are empty and the others mark only public items; these items were closed
}
problem-table-kind-unknown = { $count ->
    [one] the kind “{ $what }” is not known; it was not taken
   *[other] the kind “{ $what }” is not known; it was not taken in { NUMBER($count, useGrouping: 0) } rows
}
problem-table-headings = { $count ->
    [one] the row has no number; it was taken as a heading
   *[other] { NUMBER($count, useGrouping: 0) } rows have no number; they were taken as headings
}
problem-table-document-unusable = “{ $what }” is not the address of a document; it was not taken
problem-table-level = “{ $text }” is not a possible level here: 1 to { NUMBER($deepest, useGrouping: 0) }

place-line = line { $lines }
place-lines = lines { $lines }
place-column = column { $column }

agenda-title-dated = Sitting of { $date }
agenda-title-undated = Sitting
agenda-check-starts = start: { $when } ({ $zone })
agenda-check-no-start = start: date and time not given
agenda-check-items = { $items ->
    [0] no items
    [one] one item
   *[other] { NUMBER($items, useGrouping: 0) } items
}
agenda-check-headings = { $headings ->
    [one] one heading
   *[other] { NUMBER($headings, useGrouping: 0) } headings
}
agenda-check-closed = { $closed ->
    [one] one closed item
   *[other] { NUMBER($closed, useGrouping: 0) } closed items
}
agenda-check-sitting-closed = the whole sitting is closed
agenda-check-good = The agenda can be read ({ $form }), { $sittings ->
    [one] one sitting
   *[other] { NUMBER($sittings, useGrouping: 0) } sittings
}.
agenda-check-notes = To know:
agenda-templates = Agenda templates (livesession agenda new TEMPLATE):
