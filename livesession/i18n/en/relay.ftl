post-item = Item { $number }
post-item-closed = Closed item
post-nth = message { $number }
post-nth-vote = vote { $number }
post-sitting-opened = The sitting is open. { $title }, { $assembly }.
post-sitting-suspended = The sitting is suspended.
post-sitting-resumed = The sitting resumes.
post-sitting-reopened = The sitting goes on.
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
post-vote-unanimous = Adopted unanimously, { $infavour } { $infavour ->
    [1] vote
   *[other] votes
}.
post-vote-other = Vote: { $infavour } for, { $against } against, { $abstention } { $abstention ->
    [1] abstention
   *[other] abstentions
}.
post-vote-adopted-alone = Adopted.
post-vote-rejected-alone = Rejected.
post-vote-other-alone = The vote has taken place.
post-vote-elected = Elected: { $names }.
post-vote-elected-alone = The election is decided.
post-vote-elected-some = Elected: { $names }. Other seats remain to be filled.
post-vote-no-majority = No candidate elected in this round.
post-vote-corrected = Correction of the vote
post-vote-corrected-on = Correction of the vote: { $subject }
post-vote-reason = Reason: { $reason }
post-quote = { $name }: “{ $text }”
post-name-group = { $name } ({ $group })
post-vote-on-motion = Motion
post-vote-on-amendment = Amendment
post-vote-on-voeu = Resolution
post-vote-on-closed-part = Closed part
post-vote-on-president = Election of the president

# What happened, what is safe, what to do. The page always has the post already: the networks come after it.
reason-rate-limited = The network asks to wait. Nothing is lost: the post is on the page, and it will go out by itself.
reason-unreachable = The network cannot be reached; nothing went out there. The post is on the page, and it will go out by itself.
reason-certificate = The network’s certificate is not valid; to be safe, nothing went out there. It will go out by itself. If this lasts, tell the operator.
reason-unauthorised = The network refuses this account; nothing went out there. The post is on the page. Have the operator check the account’s keys, then try again.
reason-wrong-address = At the address given for this account nothing answers as this network does; nothing went out there. Have the operator check the address, then try again.
reason-payment = The account has no credit left on this network; nothing went out there. The post is on the page. Have the account topped up, then try again.
reason-refused = The network refuses this text; it did not go out there. It stays on the page. Read the network’s answer, correct the text and try again, or give up.
reason-duplicate = The network has this very text already and does not take it twice. If it is there, say that it is already there; otherwise correct the text and try again.
reason-thread-gone = The post that this one continues no longer exists on the network; nothing went out there. The text is on the page. Try again: it will begin a new thread there.
reason-server-error = The network is down. The program reads the account’s posts there, and sends again only what is missing. The post is on the page. If sending has stopped, it could not find out: look on the network before you try again.
reason-no-answer = The network’s answer was lost. The program reads the account’s posts there, and sends again only what is missing. The post is on the page. If sending has stopped, it could not find out: look on the network before you try again.
reason-ambiguous = The network’s answer is not clear. The program reads the account’s posts there, and sends again only what is missing. The post is on the page. If sending has stopped, it could not find out: look on the network before you try again.
reason-closed-part = Withheld: the closed part began before it left. You decide whether it goes.
reason-budget = Withheld: the council’s budget for this network is reached. The entry is on the page. Retrying sends it all the same.
reason-retracted = Withheld: the post was taken back or erased before it left. There is nothing to do.

problem-channel-ways = an account is connected by one of these sets of settings, whole, and nothing of another: { $ways }
