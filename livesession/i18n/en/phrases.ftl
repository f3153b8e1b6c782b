# Stock phrases: what was found in a file of phrases, and on which line.
error-phrases-unreadable = The phrases cannot be kept as they are. Nothing was recorded.
error-phrases-language = There are no phrases in the language “{ $language }”. Languages: { $known }.

problem-phrases-large = the file is larger than { NUMBER($limit, useGrouping: 0) } kB
problem-phrases-encoding = the file is not UTF-8; save it as UTF-8
problem-phrases-yaml = the file is no YAML ({ $reason })
problem-phrases-language = the language must be one of these: { $known }
problem-phrases-list = a list “phrases” is expected, with 1 to { NUMBER($limit, useGrouping: 0) } phrases
problem-phrases-key = the key “{ $key }” is missing or unknown; a phrase has the keys { $known }
problem-phrases-id = the identifier “{ $id }” or the title is not as expected: letters without accents, digits and dashes; a short title
problem-phrases-twice = the identifier “{ $id }” is given twice; keep one
problem-phrase-syntax = the template cannot be read ({ $reason })
problem-phrase-unknown = the template asks for what does not exist ({ $reason })
problem-phrase-failed = the template cannot be filled in ({ $reason })
problem-phrase-forbidden = a template cannot hold this: { $what }; it only shows, compares and repeats what it is given
problem-phrase-filter = there is no filter “{ $name }” here; filters: { $known }
problem-phrase-nested = no more than { $limit ->
    [one] one loop at a time
   *[other] { $limit } loops one in the other
}
problem-phrase-character = the character { $character } cannot be kept; delete it
problem-phrase-long = { NUMBER($length, useGrouping: 0) } characters; the limit is { NUMBER($limit, useGrouping: 0) }

phrases-kept = { $count ->
    [one] 1 phrase kept ({ $language }).
   *[other] { NUMBER($count, useGrouping: 0) } phrases kept ({ $language }).
}
phrases-removed = Your phrases are removed ({ $language }); ours stay.
phrases-good = { $count ->
    [one] 1 phrase read ({ $language }), without remarks.
   *[other] { NUMBER($count, useGrouping: 0) } phrases read ({ $language }), without remarks.
}
phrases-own = yours
phrases-ours = shipped
