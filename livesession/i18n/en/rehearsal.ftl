# Rehearsal: a sitting played for training, which the public never sees, and wiped afterwards.
rehearsal = Rehearsal
rehearsal-mark-note = Nothing is published, nothing goes out to networks.
rehearsal-create = Rehearsal, for training
rehearsal-create-note = The whole sitting is played, nothing is published. It is then deleted in one go.
rehearsal-wipe = Delete the rehearsal
rehearsal-wipe-note = Everything that was written during this rehearsal disappears for good.
rehearsal-wipe-now = Delete for good
rehearsal-wipe-named = Delete “{ $title }” for good
rehearsal-wiped = Rehearsal deleted: { $slug }.
error-sitting-no-rehearsal = This sitting is no rehearsal: it cannot be deleted.
rehearsal-lamp-note = Nothing is published
