"""What an entry says in plain words: the same on the page and in the record. Plain text; formats escape it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from livesession.domain.times import read_instant
from livesession.domain.vote import CHOICES
from livesession.i18n import LANGUAGES, Words, words

Clock = Callable[[datetime], str]
"""How a format writes an instant of the sitting."""


def place_of(entry: str) -> str:
    """An entry's place, behind its sitting's address: the page of a long thread that has it, and there itself."""
    return f"?entry={entry}#e-{entry}"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence; what was typed, such as a reason or a title; and people named at length."""

    sentence: str
    typed: str | None = None
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteTold:
    """A vote in words: what it was on (typed), what it decided, its numbers, what else belongs to it, and names."""

    subject: str | None
    kind: str
    result: str
    numbers: str
    notes: tuple[str, ...]
    quorum_reason: str | None
    names: tuple[tuple[str, tuple[str, ...]], ...]


def named(person: Mapping[str, Any], said: Words) -> str:
    """A person as an entry names one: « Mme Durand (SOC) »."""
    beside = person.get("group") or person.get("role")
    return said("entry-name-group", name=person["name"], group=beside) if beside else str(person["name"])


def names_of(people: Sequence[Mapping[str, Any]], said: Words) -> str:
    """Several people, one after the other."""
    return ", ".join(named(person, said) for person in people)


def told(kind: str, data: Mapping[str, Any], said: Words, clock: Clock | None) -> Told | None:
    """What an entry that is neither a text nor a vote says; None for kinds that are told by what they change."""
    tell = _TELLING.get(kind)
    return None if tell is None else tell(kind, data, said, clock)


def _people(kind: str, data: Mapping[str, Any], said: Words, _clock: Clock | None) -> Told:
    people = [named(person, said) for person in data.get("members", ())]
    message = "entry-" + kind.replace(".", "-")
    if len(people) > MANY:
        return Told(said(f"{message}-many", count=len(people)), people=tuple(people))
    return Told(said(message, count=len(people), names=", ".join(people)))


def said_of(public: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a public entry says, in each language, for readers on the wire; None where its own text says it.

    ``fr`` and ``en`` are sentences without an instant, for the reader's page knows the zone; ``typed`` is what
    was typed beside them. Of a vote ``notes`` are the lines that belong to it, by language.
    """
    kind, data = str(public["kind"]), public["data"]
    if public.get("erased"):
        return None
    if kind == "update.posted" and "quote" in data:
        return {said.language: said("entry-quote", name=named(data["quote"], said)) for said in map(words, LANGUAGES)}
    if not (kind in _TELLING or kind in _ALONE or kind in _VOTES):
        return None
    found: dict[str, Any] = {}
    for said in map(words, LANGUAGES):
        line = _on_wire(kind, data, said)
        found[said.language] = line.sentence
        if line.typed:
            found["typed"] = line.typed
    if kind in _VOTES:
        found["notes"] = {said.language: list(_notes(data, said)) for said in map(words, LANGUAGES)}
    return found


def _on_wire(kind: str, data: Mapping[str, Any], said: Words) -> Told:
    if kind in _ALONE:
        return Told(said("entry-" + kind.replace(".", "-").replace("_", "-")), data.get("reason"))
    if kind in _VOTES:
        parts = [*(["entry-released"] if kind == "decision.released" else []), *_CORRECTED.get(kind, ())]
        line = f"{vote_result(data, said)}{said('colon')}{vote_numbers(data, said)}."
        return Told(" ".join([*(said(part) for part in parts), line]), _subject(data, said) or data.get("reason"))
    found = told(kind, data, said, None)
    assert found is not None, "there are words for it"
    return found


_ALONE = frozenset({"agenda.set", "item.opened", "item.closed", "closed_part.ended"})
_VOTES = frozenset({"vote.recorded", "vote.corrected", "decision.released"})
_CORRECTED = {"vote.corrected": ("entry-vote-corrected-now",)}

MANY = 6
"""People that a sentence may name; more are counted, and listed beside."""


def _member_corrected(_kind: str, data: Mapping[str, Any], said: Words, clock: Clock | None) -> Told:
    before = data.get("before", {})
    was, now = before.get("members", ()), data.get("members", ())
    sentence = said("entry-member-corrected", before=names_of(was, said) or "–", after=names_of(now, said) or "–")
    if "time" in data and clock is not None:
        sentence += " " + said("entry-member-corrected-time", time=clock(read_instant(data["time"])))
    return Told(sentence, data.get("reason"))


def _proxy_given(_kind: str, data: Mapping[str, Any], said: Words, _clock: Clock | None) -> Told:
    pairs = [
        said("entry-proxy-given", giver=named(pair["from"], said), holder=named(pair["to"], said))
        for pair in data.get("proxies", ())
    ]
    if len(pairs) == 1:
        return Told(pairs[0] + ".")
    return Told(said("entry-proxies-given", count=len(pairs)), people=tuple(pairs))


def _quorum(_kind: str, data: Mapping[str, Any], said: Words, _clock: Clock | None) -> Told:
    return Told(quorum_told(data, said))


def quorum_told(data: Mapping[str, Any], said: Words) -> str:
    """The quorum in words: « Quorum atteint : 31 présents pour 29. »"""
    state = "waived" if data.get("waived") else "met" if data.get("met") else "lost"
    sentence = said(f"entry-quorum-{state}", present=str(data["present"]), required=str(data["required"]))
    rest = [said(f"entry-quorum-{name}", count=data[name]) for name in ("represented", "recused") if data.get(name)]
    return " ".join([sentence, *rest])


def _step(kind: str, data: Mapping[str, Any], said: Words, clock: Clock | None) -> Told:
    parts = [said("entry-" + kind.replace(".", "-").replace("_", "-"))]
    if data.get("second_call"):
        parts.append(said("entry-second-call"))
    if data.get("want_of_quorum"):
        parts.append(said("entry-want-of-quorum"))
    if "until" in data and clock is not None:
        parts.append(said("entry-until", time=clock(read_instant(data["until"]))))
    if isinstance(data.get("quorum"), Mapping):
        parts.append(quorum_told(data["quorum"], said))
    return Told(" ".join(parts), data.get("reason"))


def _doors(_kind: str, data: Mapping[str, Any], said: Words, _clock: Clock | None) -> Told:
    return Told(" ".join([said("entry-closed-part-begun"), *asked_for(data, said)]), data.get("reason"))


def asked_for(data: Mapping[str, Any], said: Words) -> list[str]:
    """Who asked for a closed part; nothing where nobody said."""
    asked = []
    if data.get("requested_by"):
        asked.append(said("entry-closed-part-by", names=names_of(data["requested_by"], said)))
    if data.get("by_president"):
        asked.append(said("entry-closed-part-by-president"))
    return asked


def _item(kind: str, data: Mapping[str, Any], said: Words, _clock: Clock | None) -> Told:
    return Told(said("entry-" + kind.replace(".", "-")), data.get("reason"))


def _item_added(_kind: str, data: Mapping[str, Any], said: Words, _clock: Clock | None) -> Told:
    why = "information" if data.get("information_only") else "article"
    sentence = said(f"entry-item-added-{why}", article=str(data.get("article") or ""))
    lines = [str(data.get("title", "")), *([str(data["reason"])] if data.get("reason") else [])]
    return Told(sentence, "\n".join(lines))


def _item_corrected(_kind: str, data: Mapping[str, Any], said: Words, _clock: Clock | None) -> Told:
    parts = [said("entry-item-corrected")]
    parts += [said("entry-item-corrected-was", was=was) for was in data.get("before", {}).values() if was]
    lines = [str(data[name]) for name in ("number", "title", "rapporteur", "reason") if data.get(name)]
    return Told(" ".join(parts), "\n".join(lines))


def _document(_kind: str, data: Mapping[str, Any], said: Words, _clock: Clock | None) -> Told:
    return Told(said("entry-document-attached"), f"{data.get('title', '')}, {data.get('url', '')}")


def _motion(_kind: str, data: Mapping[str, Any], said: Words, _clock: Clock | None) -> Told:
    kind = str(data.get("type", "motion")).replace("_", "-")
    message = f"entry-motion-{kind}"
    by = [names_of(data["by"], said)] if data.get("by") else []
    by += [str(data["group"])] if data.get("group") else []
    by += [said("entry-the-president")] if data.get("by_president") else []
    sentence = said(message if said.has(message) else "entry-motion-motion", names=", ".join(by))
    if data.get("reached") is False:
        sentence += " " + said("entry-motion-not-reached")
    lines = [str(data[name]) for name in ("title", "text") if data.get(name)]
    return Told(sentence, "\n".join(lines) or None)


_TELLING: Mapping[str, Callable[[str, Mapping[str, Any], Words, Clock | None], Told]] = {
    **dict.fromkeys(
        (
            "president.named", "secretary.named", "member.arrived", "member.left", "member.excused",
            "member.recused", "proxy.revoked", "speech.begun",
        ),
        _people,
    ),
    "member.corrected": _member_corrected,
    "proxy.given": _proxy_given,
    "quorum.checked": _quorum,
    **dict.fromkeys(
        ("sitting.opened", "sitting.suspended", "sitting.resumed", "sitting.closed", "sitting.reopened"), _step
    ),
    "closed_part.begun": _doors,
    **dict.fromkeys(
        ("item.postponed", "item.withdrawn", "item.reordered", "item.joined", "motion.withdrawn"), _item
    ),
    "item.added": _item_added,
    "item.corrected": _item_corrected,
    "document.attached": _document,
    "motion.tabled": _motion,
}  # fmt: skip

TOLD = frozenset(_TELLING)
"""The kinds that :func:`told` has words for."""


def vote_told(data: Mapping[str, Any], said: Words) -> VoteTold:
    """A vote in words. Of an appointment the numbers are the candidates'."""
    return VoteTold(
        subject=_subject(data, said),
        kind=said("entry-ballot-" + str(data.get("ballot", "show_of_hands")).replace("_", "-")),
        result=vote_result(data, said),
        numbers=vote_numbers(data, said),
        notes=tuple(_notes(data, said)),
        quorum_reason=data.get("quorum_reason"),
        names=tuple(
            (said(f"entry-choice-{choice}".replace("_", "-")), tuple(named(one, said) for one in data["votes"][choice]))
            for choice in CHOICES
            if data.get("votes", {}).get(choice)
        ),
    )


def _subject(data: Mapping[str, Any], said: Words) -> str | None:
    if data.get("title") or data.get("subject"):
        return str(data.get("title") or data["subject"])
    if data.get("matter"):
        return said(f"entry-vote-on-{data['matter']}".replace("_", "-"))
    if "motion" in data:
        message = f"entry-vote-on-{data.get('motion_type')}"
        return said(message if said.has(message) else "entry-vote-on-motion")
    return None


def is_unanimous(data: Mapping[str, Any]) -> bool:
    """Whether every voice that was given went the same way, and there was one."""
    won, lost = ("for", "against") if data.get("result") == "adopted" else ("against", "for")
    others = (lost, "abstention", "not_voting", "blank", "null")
    return data.get("result") in ("adopted", "rejected") and data.get(won, 0) > 0 and not any(map(data.get, others))


def vote_result(data: Mapping[str, Any], said: Words) -> str:
    """What a vote decided: « Adopté à l’unanimité », « Rejeté », « Élus : … »."""
    result = data["result"]
    if result == "elected":
        return said(
            "entry-result-elected", names=", ".join(data.get("elected", ())), count=len(data.get("elected", ()))
        )
    return said(f"entry-result-{result}".replace("_", "-") + ("-unanimous" if is_unanimous(data) else ""))


def vote_numbers(data: Mapping[str, Any], said: Words) -> str:
    """The numbers of a vote: « 34 pour, 12 contre, 5 abstentions ». As text: nothing is grouped."""
    parts = [f"{one['name']}\u00a0{one['voices']}" for one in data.get("candidates", ())]
    always = () if "candidates" in data else ("for", "against", "abstention")
    for name in ("for", "against", "abstention", "not_voting", "blank", "null"):
        if name in always or data.get(name):
            count = int(data.get(name, 0))
            parts.append(said(f"entry-voices-{name}".replace("_", "-"), n=str(count), count=count))
    return ", ".join(parts)


def _notes(data: Mapping[str, Any], said: Words) -> list[str]:
    notes = []
    if "decision" in data:
        notes.append(said("entry-decision", number=str(data["decision"])))
    if "round" in data:
        notes.append(said("entry-round", round=str(data["round"])))
    if data.get("casting"):
        notes.append(said("entry-casting"))
    if data.get("majority") in ("absolute", "qualified"):
        message = f"entry-majority-{data['majority']}-{data.get('of', 'cast')}".replace("_", "-")
        notes.append(said(message, needed=str(data["needed"]), share=str(data.get("share", ""))))
    if data.get("secrecy_waived"):
        notes.append(said("entry-secrecy-waived"))
    if data.get("source"):
        notes.append(said(f"entry-source-{data['source']}".replace("_", "-")))
    for group in data.get("groups", ()):
        notes.append(said("entry-group", group=group["group"], numbers=_group_numbers(group, said)))
    if isinstance(data.get("quorum"), Mapping):
        notes.append(quorum_told(data["quorum"], said))
    return notes


def _group_numbers(group: Mapping[str, Any], said: Words) -> str:
    return ", ".join(
        said(f"entry-voices-{name}".replace("_", "-"), n=str(group[name]), count=group[name])
        for name in CHOICES
        if group.get(name)
    )
