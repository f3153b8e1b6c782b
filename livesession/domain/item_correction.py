"""Correcting what the agenda says of an item, and taking the former wording out of what was recorded before."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from livesession.domain.agenda import Agenda, AgendaItem
from livesession.domain.ids import ItemId

CORRECTABLE = ("title", "number", "public_title", "rapporteur")
"""What of an item can be corrected. An empty number or rapporteur is none."""

RESEALED = frozenset({"agenda.set", "item.added", "item.corrected"})
"""Kinds of entry in which an item's wording stands."""


def changes_of(data: Mapping[str, Any]) -> dict[str, str]:
    """What a correction says anew, by field."""
    return {name: data[name] for name in CORRECTABLE if name in data}


def corrected_agenda(agenda: Agenda, item: ItemId, data: Mapping[str, Any]) -> Agenda:
    """The agenda with an item as a correction says it should have read; unchanged where it is unknown."""
    changes = changes_of(data)

    def down(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
        return tuple(
            replace(_changed(known, changes) if known.id == item else known, items=down(known.items)) for known in items
        )

    return replace(agenda, items=down(agenda.items))


def _changed(item: AgendaItem, changes: Mapping[str, str]) -> AgendaItem:
    fields: dict[str, Any] = dict(changes)
    if "rapporteur" in fields:
        fields["rapporteur"] = fields["rapporteur"] or None
    return replace(item, **fields)


def public_correction(data: Mapping[str, Any]) -> dict[str, Any]:
    """What any reader may see of a correction: nothing that stays inside, the public title as the title."""
    hidden = {"internal", "kept", *data.get("internal", ())}
    form = {name: value for name, value in data.items() if name not in hidden}
    before = {name: value for name, value in data.get("before", {}).items() if name not in hidden}
    for read in (form, before):
        if "public_title" in read:
            read["title"] = read["public_title"]
    return {**form, **({"before": before} if "before" in form else {})}


def without_former(
    kind: str, of: ItemId | None, data: Mapping[str, Any], item: ItemId, changes: Mapping[str, str]
) -> dict[str, Any]:
    """An earlier entry's data with an item's corrected wording in place of the former one, which is nowhere in it.

    ``of`` is the item that entry stands on. Drafts that quote the former wording go with it.
    """
    if kind == "agenda.set":
        return _agenda_without(Agenda.from_json(data), item, changes).as_json()
    if of != item:
        return dict(data)
    form = {**data, **{name: value for name, value in changes.items() if name in data}}
    if "before" in form:
        form["before"] = {name: value for name, value in form["before"].items() if name not in changes}
    return form


def _agenda_without(agenda: Agenda, item: ItemId, changes: Mapping[str, str]) -> Agenda:
    known = next((each for each in agenda.walk() if each.id == item), None)
    if known is None:
        return agenda
    former = {was for name in changes if (was := getattr(known, name)) and len(was) > 1 and name != "number"}

    def down(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
        return tuple(
            replace(
                each,
                drafts=tuple(draft for draft in each.drafts if not any(was in draft for was in former)),
                items=down(each.items),
            )
            for each in items
        )

    # The same agenda otherwise: what it says of the others stays as it was sealed.
    rewritten = replace(agenda, items=down(agenda.items))
    return corrected_agenda(rewritten, item, changes)
