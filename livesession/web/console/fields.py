"""Which fields the form of each command has: data, from which the page is drawn and what comes back is read."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: ``sort`` says how it is shown and read; ``choices`` what may be chosen.

    Fields of one ``part`` stand together, folded away until they are needed.
    """

    name: str
    sort: str = "line"
    choices: tuple[str, ...] = ()
    part: str = ""


_REASON = Field("reason")
_MEMBERS = Field("members", "members")
_BY = Field("requested_by", "members")
_VOTE = (
    Field("subject"), Field("motion", "entry", ("motion.tabled",)),
    Field("ballot", "choice", ("show_of_hands", "public", "secret")), Field("unanimous", "check"),
    Field("for", "number"), Field("against", "number"), Field("abstention", "number"), Field("not_voting", "number"),
    Field("blank", "number"), Field("null", "number"),
    Field("groups", "groups", part="groups"), Field("except", "exceptions", part="groups"),
    Field("votes", "votes", part="names"),
    Field("source", "choice", ("", "roll_call", "device", "group_declaration", "secretary")),
    Field("confirmed", "check"),
    Field("candidates", "candidates", part="appointment"), Field("matter", "choice", ("", "president"), "appointment"),
    Field("round", "number", part="appointment"), Field("seats", "number", part="appointment"),
    Field("elected", "lines", part="appointment"), Field("secrecy_waived", "check", part="appointment"),
    Field("majority", "choice", ("simple", "absolute", "qualified"), "majority"),
    Field("of", "choice", ("cast", "voices", "in_office"), "majority"), Field("share", part="majority"),
    Field("result", "choice", ("", "adopted", "rejected")), Field("quorum_reason"),
)  # fmt: skip

FORMS: Mapping[str, Mapping[str, tuple[Field, ...]]] = {
    "room": {
        "member.arrived": (_MEMBERS,),
        "member.left": (_MEMBERS,),
        "member.excused": (_MEMBERS,),
        "member.recused": (_MEMBERS,),
        "proxy.given": (Field("from", "member"), Field("to", "member")),
        "proxy.revoked": (Field("member", "member"),),
        "quorum.checked": (),
        "member.corrected": (
            Field("entry", "entry", ("member.arrived", "member.left", "member.excused", "member.recused")),
            Field("time", "moment"),
            _MEMBERS,
            _REASON,
        ),
        "president.named": (Field("member", "member"), Field("name")),
        "secretary.named": (_MEMBERS, Field("name")),
    },
    "votes": {
        "vote.recorded": _VOTE,
        "vote.corrected": (Field("entry", "entry", ("vote.recorded",)), _REASON, *_VOTE),
    },
    "speaking": {
        "speech.requested": (Field("member", "member"),),
        "speech.waived": (Field("member", "member"),),
        "speech.begun": (Field("member", "member"), Field("name"), Field("role"), Field("allotted", "number")),
        "speech.ended": (),
        "update.posted": (Field("text", "text"), Field("quote", "member")),
        "motion.tabled": (
            Field(
                "type",
                "choice",
                (
                    "motion", "amendment", "voeu", "oral_question", "point_of_order", "public_ballot",
                    "secret_ballot", "closed_part",
                ),
            ),
            Field("title"), Field("text", "text"), Field("by", "members"), Field("by_group", "group"),
            Field("by_president", "check"), Field("amends", "entry", ("motion.tabled",)),
        ),
        "motion.withdrawn": (Field("entry", "entry", ("motion.tabled",)), _REASON),
    },
    "items": {
        "item.opened": (),
        "item.closed": (),
        "item.postponed": (_REASON,),
        "item.withdrawn": (_REASON,),
        "item.added": (
            Field("title"), Field("number"), Field("public_title"), Field("rapporteur"), Field("after", "item"),
            Field("reason"), Field("article"), Field("information_only", "check"),
        ),
        "item.corrected": (
            Field("title"), Field("number"), Field("public_title"), Field("rapporteur"), _REASON,
            Field("erased", "check"),
        ),
        "item.reordered": (Field("after", "item"),),
        "item.joined": (Field("items", "items"),),
        "document.attached": (Field("title"), Field("url")),
    },
    "doors": {
        "closed_part.begun": (
            _BY, Field("by_president", "check"), Field("for", "number"), Field("against", "number"),
            Field("abstention", "number"), _REASON,
        ),
        "closed_part.ended": (_REASON,),
        "decision.released": (Field("vote", "entry", ("vote.recorded",)), Field("title"), Field("names", "check")),
    },
    "sitting": {
        "sitting.opened": (Field("second_call", "check"), _REASON),
        "sitting.suspended": (Field("until", "moment"), _REASON),
        "sitting.resumed": (_REASON,),
        "sitting.closed": (Field("want_of_quorum", "check"), _REASON),
        "sitting.reopened": (_REASON,),
    },
    "texts": {
        "update.corrected": (
            Field("entry", "entry", ("update.posted", "motion.tabled")),
            Field("text", "text"),
            _REASON,
        ),
        "update.retracted": (
            Field(
                "entry",
                "entry",
                ("update.posted", "motion.tabled", "speech.begun", "vote.recorded", "document.attached"),
            ),
            _REASON,
        ),
        "update.pinned": (Field("entry", "entry", ("update.posted",)),),
        "update.unpinned": (Field("entry", "entry", ("update.posted",)),),
        "update.erased": (
            Field("entry", "entry", ("update.posted", "motion.tabled", "speech.begun", "document.attached")),
            _REASON,
        ),
    },
}  # fmt: skip
"""Every command but ``assembly.set``, which comes from a file, by family."""

CANDIDATES = 6
EXCEPTIONS = 8
