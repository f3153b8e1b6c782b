"""What the page's script needs beside the state to go on where the server left the page: the room, and more words."""

from collections.abc import Mapping
from typing import Any

from livesession.domain.sitting import State
from livesession.domain.vote import CHOICES
from livesession.i18n import Words
from livesession.minutes.relations import motion_subject

_PLAIN = {
    "quorum-met": "entry-quorum-met",
    "quorum-lost": "entry-quorum-lost",
    "quorum-waived": "entry-quorum-waived",
    "name-group": "entry-name-group",
    "speaker": "public-speaker",
    "speaker-since": "public-speaker-since",
    "speakers": "public-speakers",
    "quorum": "public-quorum",
    "president": "minutes-presence-president",
    "quote": "entry-quote",
    "proxy": "entry-proxy-given",
    "more": "public-vote-more",
    "voice-of": "minutes-voice-of",
    "decision": "entry-decision",
    "casting": "entry-casting",
    "round": "public-round",
    "secrecy-waived": "entry-secrecy-waived",
    "quorum-passed": "minutes-quorum-passed",
    "released": "entry-released",
    "result-adopted": "entry-result-adopted",
    "result-rejected": "entry-result-rejected",
    "result-adopted-unanimous": "entry-result-adopted-unanimous",
    "result-rejected-unanimous": "entry-result-rejected-unanimous",
    "result-no_majority": "entry-result-no-majority",
    "ballot-show_of_hands": "public-ballot-show-of-hands",
    "ballot-public": "entry-ballot-public",
    "ballot-secret": "entry-ballot-secret",
    "postponed": "public-item-postponed",
    "withdrawn": "public-item-withdrawn",
    "aside-postponed": "entry-item-postponed",
    "aside-withdrawn": "entry-item-withdrawn",
    "by-group": "public-by-group",
    "added-because": "minutes-added-because",
    "added-information": "minutes-added-information",
    "joined-to": "minutes-joined-to",
    "motion-subject": "minutes-motion-subject",
    "matter-closed_part": "entry-vote-on-closed-part",
    "matter-president": "entry-vote-on-president",
    **{f"kind-{kind}": f"entry-vote-on-{kind}" for kind in ("motion", "amendment", "voeu")},
    **{f"choice-{choice}": f"entry-choice-{choice}".replace("_", "-") for choice in CHOICES},
    **{
        f"source-{source}": f"entry-source-{source}".replace("_", "-")
        for source in ("roll_call", "device", "group_declaration", "secretary")
    },
    **{
        f"majority-{kind}-{of}": f"entry-majority-{kind}-{of}".replace("_", "-")
        for kind in ("absolute", "qualified")
        for of in ("cast", "voices", "in_office")
    },
}
"""Sentences by the script's name for them; their parameters stay as ``{name}``."""

_COUNTED = {
    "quorum-represented": ("entry-quorum-represented", "count"),
    "quorum-recused": ("entry-quorum-recused", "count"),
    "others": ("entry-others", "count"),
    "secretaries": ("minutes-presence-secretaries", "count"),
    "result-elected": ("entry-result-elected", "count"),
    "candidate": ("public-candidate", "count"),
    **{
        f"voices-{name}": (f"entry-voices-{name}".replace("_", "-"), "count")
        for name in ("for", "against", "abstention", "not_voting", "blank", "null")
    },
}
"""Sentences whose form depends on a number: the script gets the one for one and the one for several."""

_PARAMS = (
    "name", "names", "n", "time", "present", "required", "group", "number", "round", "needed", "share", "holder",
    "giver", "article", "items", "kind", "title",
)  # fmt: skip


def page_state(state: State, said: Words) -> Mapping[str, Any]:
    """Who is there and who writes the minutes, which items are taken together, and sentences with open places."""
    places = {name: "{" + name + "}" for name in _PARAMS}
    counted = {
        name: [said(message, **{**places, param: count}).replace(str(_MANY), "{n}") for count in (1, _MANY)]
        for name, (message, param) in _COUNTED.items()
    }
    return {
        "secretaries": [dict(person) for person in state.secretaries],
        "present": sorted(state.attendance.present),
        "proxies": {
            giver: {"id": to, "name": state.assembly.named(to)["name"]}
            for giver, to in state.attendance.proxies.items()
            if to in state.assembly.by_id
        },
        "subjects": {
            entry: subject
            for entry in state.motions
            if (subject := motion_subject(state, {"motion": entry}, said)) is not None
        },
        "joined": dict(state.joined.items()),
        "words": {name: said(message, **places) for name, message in _PLAIN.items()} | counted,
    }


_MANY = 73
"""A number that no sentence of ours holds by itself: where it stands, the script writes its own."""
