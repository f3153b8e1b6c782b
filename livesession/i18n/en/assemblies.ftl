# Assemblies and voting devices: what was found in a file, where, and what was made of it.
error-ballots-unreadable = The results of the voting device cannot be taken as they are. Nothing was recorded; correct what follows.
error-assembly-without-members = The assembly of this sitting has no members: no name can be recognised. Nothing was recorded; give the assembly first.
error-assembly-unknown = No assembly “{ $name }” is kept.
error-assembly-name = A name is needed to keep the assembly. Nothing was changed.
error-form-field = A field of the form cannot be read. Nothing was recorded; correct what follows.

problem-assembly-name = a name is expected, of { NUMBER($limit, useGrouping: 0) } characters at most
problem-form-field = “{ $text }” has not the form expected, for example: { $example }
problem-form-field-unknown = this field is not known; there are: { $known }

problem-people-binary = the file is of type { $what }; save it as CSV from your spreadsheet
problem-people-too-deep = more than { NUMBER($limit, useGrouping: 0) } nested levels: this is not an assembly
problem-people-too-many-values = more than { NUMBER($limit, useGrouping: 0) } values, repetitions included: this is not an assembly
problem-people-too-many-lines = more than { NUMBER($limit, useGrouping: 0) } lines: too many for an assembly
problem-people-yaml-documents = a second document begins here; a file gives one assembly
problem-people-format-unknown = no known format was recognised (found: { $found }); accepted are our YAML or JSON form (name, groups, members), OParl 1.1 objects (Organization, Membership, Person) and a CSV table with a header line
problem-people-no-name-column = no column says the name (found: { $found }); call it for example name, full name, nom, Name, or say which it is
problem-people-name-blank = the name is empty
problem-people-name-twice = “{ $name }” is the name of { NUMBER($count, useGrouping: 0) } members; all were kept, with numbered ids; check that they are not the same person
problem-people-sex-unknown = { $count ->
    [one] no civility could be made of the column of sexes; the name was kept without it
   *[other] { NUMBER($count, useGrouping: 0) } civilities could not be made of the column of sexes; the names were kept without them
}
problem-people-group-differs = the group is called “{ $said }”, and elsewhere “{ $held }”; write the same everywhere
problem-people-handles-taken = { $count ->
    [one] the accounts of one member were taken; they will be public: keep them only with that member’s consent (column “consent”)
   *[other] the accounts of { NUMBER($count, useGrouping: 0) } members were taken; they will be public: keep them only with their consent (column “consent”)
}
problem-people-handles-left = { $count ->
    [one] without consent marked, this member’s accounts were not taken
   *[other] without consent marked, the accounts of { NUMBER($count, useGrouping: 0) } members were not taken
}
problem-people-consent-unknown = “{ $text }” does not say whether the member consents; write yes or no
problem-people-assemblies-several = the file names several assemblies ({ $found }); make a file for each
problem-people-none = no member is given; attendance and quorum will not be checked
problem-people-named-otherwise = the file calls the assembly “{ $said }”; it was read under the name “{ $name }”

problem-oparl-no-organization = no Organization is in the file; download it with its memberships and persons
problem-oparl-organizations-several = { NUMBER($count, useGrouping: 0) } organizations could be the assembly; say which by its name; there are: { $found }
problem-oparl-organization-unknown = no organization, or several, are called “{ $wanted }”; there are: { $found }
problem-oparl-no-memberships = the organization has no membership in the file; add the Membership and Person objects
problem-oparl-memberships-addresses = { $count ->
    [one] one membership is given by its address only; add it to the file, with its person
   *[other] { NUMBER($count, useGrouping: 0) } memberships are given by their address only; add them to the file, with their persons
}
problem-oparl-person-address = the person { $person } is not in the file; add it
problem-oparl-person-twice = { $name } has several memberships; they make one member, with every office
problem-oparl-membership-deleted = the source says this membership is deleted ({ $name }); it was not taken
problem-oparl-memberships-over = { $count ->
    [one] one membership is not in force on { $day } and was not taken: { $names }
   *[other] { NUMBER($count, useGrouping: 0) } memberships are not in force on { $day } and were not taken: { $names }
}
problem-oparl-memberships-voiceless = { $count ->
    [one] one person without the right to vote was not taken: { $names }
   *[other] { NUMBER($count, useGrouping: 0) } persons without the right to vote were not taken: { $names }
}
problem-oparl-date = “{ $text }” is not a date, like 2026-11-20
problem-oparl-groups-several = { $name } sits for { NUMBER($count, useGrouping: 0) } groups; the first was taken
problem-oparl-group-address = the group of { $name } is given by its address only; it was not taken
problem-oparl-organizations-left = { $count ->
    [one] one other organization was not taken: { $names }
   *[other] { NUMBER($count, useGrouping: 0) } other organizations were not taken: { $names }
}
problem-oparl-persons-left = { $count ->
    [one] one person without a membership in the assembly was not taken: { $names }
   *[other] { NUMBER($count, useGrouping: 0) } persons without a membership in the assembly were not taken: { $names }
}

problem-ballots-no-choice-column = no column says the vote; call it for example vote, choice, choix, Stimme, or say which it is
problem-ballots-none = no vote is in the file
problem-ballots-member-unknown = { $near ->
    [none] “{ $name }” is not a member
   *[other] “{ $name }” is not a member; perhaps “{ $near }”?
}
problem-ballots-member-ambiguous = “{ $name }” may be: { $found }; give the id
problem-ballots-member-differs = the id “{ $id }” is not that of “{ $name }”
problem-ballots-member-twice = { $name } has several lines
problem-ballots-choice-blank = the vote is empty; write “not voting” or “not present” if that is what it means
problem-ballots-choice-unknown = “{ $text }” is not a known vote; say what it means (choices)
problem-ballots-choice-ambiguous = “{ $text }” may mean two things; say which (choices)
problem-ballots-choice-setting = “{ $text }” cannot mean “{ $meant }”; there are: { $known }
problem-ballots-absent = { $count ->
    [one] the device says that this member is absent; no vote was taken
   *[other] the device says that { NUMBER($count, useGrouping: 0) } members are absent; no vote was taken for them
}

assembly-kept = Assembly kept: { $name }
assembly-kept-numbers = { $members ->
    [0] no members
    [one] one member
   *[other] { NUMBER($members, useGrouping: 0) } members
}, { $groups ->
    [0] no groups
    [one] one group
   *[other] { NUMBER($groups, useGrouping: 0) } groups
}, rules: { $profile }
assembly-kept-new = { $count ->
    [one] new member: { $names }
   *[other] { NUMBER($count, useGrouping: 0) } new members: { $names }
}
assembly-kept-gone = { $count ->
    [one] member removed: { $names }
   *[other] { NUMBER($count, useGrouping: 0) } members removed: { $names }
}
assembly-kept-handles-gone = { $count ->
    [one] accounts removed from one member: { $names }
   *[other] accounts removed from { NUMBER($count, useGrouping: 0) } members: { $names }
}
