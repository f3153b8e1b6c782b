# What goes to each network.
carry-title = What goes to each network
carry-note = What is not ticked stays on the public page, but does not go to that network. The setting holds from the next publication on.
carry-keep = Save for { $name }
carry-done = Setting saved.
carry-sitting-opened = Opening of the sitting
carry-sitting-suspended = Suspension
carry-sitting-resumed = Resumption
carry-sitting-closed = End of the sitting
carry-sitting-reopened = Reopening
carry-closed-part-ended = End of a closed part
carry-update-posted = Texts
carry-vote-recorded = Votes
carry-vote-corrected = Corrected votes
error-channel-kinds = These kinds of publication cannot be kept.
problem-channel-kind = a list from { $known } is expected
