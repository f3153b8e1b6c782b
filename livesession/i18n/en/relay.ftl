post-item = Item { $number }
post-item-closed = Closed item
post-sitting-opened = The sitting is open. { $title }, { $assembly }.
post-sitting-suspended = The sitting is suspended.
post-sitting-resumed = The sitting resumes.
post-sitting-closed = The sitting is closed. { $title }, { $assembly }.
post-closed-part-ended = The sitting goes on in public.
post-vote-adopted = Adopted: { $infavour } for, { $against } against, { $abstention } { $abstention ->
    [1] abstention
   *[other] abstentions
}.
post-vote-rejected = Rejected: { $infavour } for, { $against } against, { $abstention } { $abstention ->
    [1] abstention
   *[other] abstentions
}.
post-vote-unanimous = Adopted unanimously, { $infavour } votes.
reason-rate-limited = The network asks to wait. It will go out by itself; readers of the page have the post already.
reason-unauthorised = The network refuses this account. Check its token with the operator, then try again.
reason-refused = The network refuses this text. It is on the page; it will not go out as it is.
reason-duplicate = The network has this very text already and refuses to post it twice.
reason-payment = The account has no credit left on this network. Top it up, then try again.
reason-thread-gone = The thread to reply to no longer exists on the network.
reason-unreachable = The network does not answer. It will go out by itself.
reason-server-error = The network is down: whether it posted is not known. Look there before you try again.
reason-no-answer = The network’s answer was lost: whether it posted is not known. Look there before you try again.
reason-ambiguous = Whether the network posted is not known. Look there, then say that it is done or try again.
reason-closed-part = Withheld: the closed part began before it left. You decide whether it goes.
reason-retracted = Withheld: the post was taken back or erased before it left.
