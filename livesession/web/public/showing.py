"""What a page says beside the thread itself: the votes as cards, what entries led to, who is there."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from livesession.domain.ids import ItemId
from livesession.domain.sitting import State
from livesession.domain.vote import CHOICES
from livesession.i18n import Words
from livesession.minutes.clock import Clock, time_of
from livesession.minutes.relations import beside, by_proxy, motion_subject, names_by_choice, speech_lasted
from livesession.telling import named, quorum_told, said_of, vote_result, vote_told

OTHERS = ("not_voting", "blank", "null")
"""Voices that a card counts where there are any; « pour », « contre » and « abstention » always stand there."""


class Showing:
    """What the templates ask for of one sitting, in one language, out of what the public may know of it."""

    def __init__(self, state: State, said: Words) -> None:
        self._state = state
        self._said = said
        self._zone = state.agenda.timezone
        first = state.opened_at or _moment(state.agenda.starts)
        day = None if first is None else first.astimezone(ZoneInfo(self._zone)).date()
        self.clock = Clock(said, self._zone, day)
        """An instant, with its date on another day than the first."""

    def time(self, moment: datetime) -> str:
        """The time that stands beside an entry; its day stands above it."""
        return time_of(moment, self._zone, self._said)

    def card(self, view: Mapping[str, Any]) -> dict[str, Any]:
        """A vote as a card shows it: what is read at once, and what opens on demand."""
        vote, said = view["vote"], self._said
        told = vote_told(vote, said)
        item = None if view["item"] is None else ItemId(view["item"]["id"])
        held = by_proxy(self._state, item, view["at"]) if "votes" in vote and view["kind"] == "vote.recorded" else {}
        subject = vote.get("subject") or motion_subject(self._state, vote, said) or told.subject
        return {
            "subject": subject or (view["item"] or {}).get("title"),
            "result": told.result,
            "others": [(name, vote[name]) for name in OTHERS if vote.get(name)],
            "candidates": [(one["name"], one["voices"]) for one in vote.get("candidates", ())],
            "line": ", ".join(self._line(vote)),
            "notes": list(self._notes(vote, released=view["kind"] == "decision.released")),
            "quorum_reason": told.quorum_reason,
            "quorum": quorum_told(vote["quorum"], said) if isinstance(vote.get("quorum"), Mapping) else None,
            "source": said(f"entry-source-{vote['source']}".replace("_", "-")) if vote.get("source") else None,
            "groups": [(group["group"], self._numbers(group)) for group in vote.get("groups", ())],
            "names": list(names_by_choice(vote, held, said)),
        }

    def _line(self, vote: Mapping[str, Any]) -> Iterator[str]:
        """How it was voted, and by how many."""
        ballot = str(vote.get("ballot", "show_of_hands")).replace("_", "-")
        yield self._said("public-ballot-show-of-hands" if ballot == "show-of-hands" else f"entry-ballot-{ballot}")
        if "round" in vote:
            yield self._said("public-round", round=str(vote["round"]))
        if "for" in vote:
            yield f"{vote['total']} {self._said('public-voices', n=vote['total'])}"

    def _notes(self, vote: Mapping[str, Any], *, released: bool) -> Iterator[str]:
        said = self._said
        if released:
            yield said("entry-released")
        if "decision" in vote:
            yield said("entry-decision", number=str(vote["decision"]))
        if vote.get("casting"):
            yield said("entry-casting")
        if vote.get("majority") in ("absolute", "qualified"):
            message = f"entry-majority-{vote['majority']}-{vote.get('of', 'cast')}".replace("_", "-")
            yield said(message, needed=str(vote["needed"]), share=str(vote.get("share", "")))
        if vote.get("secrecy_waived"):
            yield said("entry-secrecy-waived")

    def _numbers(self, group: Mapping[str, Any]) -> str:
        counted = ((name, group.get(name, 0)) for name in CHOICES)
        return ", ".join(self.voices(name, count) for name, count in counted if count)

    def voices(self, name: str, count: int) -> str:
        """« 3 pour », « 1 ne prend pas part »."""
        return self._said(f"entry-voices-{name}".replace("_", "-"), n=str(count), count=count)

    def result(self, vote: Mapping[str, Any]) -> str:
        """What a vote decided, in words."""
        return vote_result(vote, self._said)

    def rectified(self, data: Mapping[str, Any]) -> tuple[str, str | None]:
        """That a vote was corrected and to what, as readers on the wire are told; and what is typed beside it."""
        found = said_of({"kind": "vote.corrected", "data": data}) or {}
        return found[self._said.language], found.get("typed")

    def beside(self, view: Mapping[str, Any]) -> list[str]:
        """What else belongs to an event: what a motion led to, how long a speech took, which items are meant."""
        if view["data"] is None:
            return []
        found = beside(view["id"], view["kind"], view["data"], self._state, self._said)
        if view["ended_at"] is not None:
            found.append(speech_lasted(view["at"], view["ended_at"], self._said))
        return found

    def item_notes(self, item: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
        """What an item of the agenda says beside its title: a sentence, and what was typed as its reason."""
        if item["status"] in ("postponed", "withdrawn"):
            yield self._said(f"entry-item-{item['status']}"), item["aside"]
        yield from self.lasting_notes(item)

    def lasting_notes(self, item: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
        """The same without what holds only as long as an item is set aside."""
        said = self._said
        if (added := item["added"]) is not None:
            if added["information_only"]:
                yield said("minutes-added-information"), added["reason"]
            else:
                yield said("minutes-added-because", article=added["article"] or ""), added["reason"]
        lead = self._state.items.get(self._state.joined.get(item["id"], item["id"]))
        if lead is not None and lead.id != item["id"]:
            other = lead.number or lead.shown_title or said("public-untitled")
            yield said("minutes-joined-to", items=other), None

    def chair(self) -> list[tuple[str, str]]:
        """Who presides and who writes the minutes, each with its label."""
        state, said = self._state, self._said
        found = []
        if state.president is not None:
            found.append((said("minutes-presence-president"), named(state.president, said)))
        if people := state.secretaries:
            label = said("minutes-presence-secretaries", count=len(people))
            found.append((label, ", ".join(named(person, said) for person in people)))
        return found

    def room(self) -> dict[str, Any] | None:
        """Who is there as far as the public was told; None where nobody said.

        ``at`` is when that was last told; ``lists`` are labels with names, in the order of the call.
        """
        state, said = self._state, self._said
        if not state.attendance_facts or not state.assembly.members:
            return None
        there, proxies = state.attendance, state.attendance.proxies
        lists: dict[str, list[str]] = {"present": [], "represented": [], "excused": [], "absent": []}
        for member in state.assembly.members:
            name = named(state.assembly.named(member.id), said)
            holder = proxies.get(member.id)
            if member.id in there.present:
                lists["present"].append(name)
            elif holder is not None and holder in there.present and holder in state.assembly.by_id:
                by = state.assembly.named(holder)["name"]
                lists["represented"].append(said("minutes-represented-by", who=name, by=by))
            else:
                lists["excused" if there.presence.get(member.id) == "excused" else "absent"].append(name)
        told = [(said(f"minutes-presence-{name}", count=len(who)), who) for name, who in lists.items() if who]
        return {"at": max(fact.at for fact in state.attendance_facts), "lists": told}


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
