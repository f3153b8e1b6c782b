"""Names for the identifiers and positions that run through the program."""

from typing import NewType

SittingId = NewType("SittingId", str)
"""UUIDv7 of a sitting, lower-case with dashes."""

Slug = NewType("Slug", str)
"""The sitting's name in addresses: ``[a-z0-9][a-z0-9-]*``."""

ItemId = NewType("ItemId", str)
"""An agenda item's identifier, unique within its sitting."""

EntryId = NewType("EntryId", str)
"""UUIDv7 of an entry."""

AccountId = NewType("AccountId", str)
"""The id of the account (a user or a token) that an act is attributed to."""

Seq = NewType("Seq", int)
"""An entry's place in the record: 1, 2, 3 … per sitting, without gaps."""

Pos = NewType("Pos", int)
"""An entry's place in the public thread: 1, 2, 3 … per sitting, without gaps."""

Epoch = NewType("Epoch", str)
"""Which history a ``Pos`` belongs to: new whenever an older copy was restored."""
