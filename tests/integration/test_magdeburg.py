"""A real day: 124 roll-call votes of 57 seats, entered through the API in their order."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from livesession.thread.chain import canonical
from livesession.thread.verify import verify_export
from tests.integration.running import client_of, serving

REFERENCE = Path(__file__).parents[3] / "shared/reference/agendas/magdeburg-stadtratwatch"
CHOICES = {"J": "for", "N": "against", "E": "abstention", "O": "not_voting"}


def read(name: str) -> Any:
    file = REFERENCE / name
    if not file.exists():
        pytest.skip(f"the real votes are not here: {file.name}")
    return json.loads(file.read_text("utf-8"))


async def test_a_day_of_real_roll_call_votes_adds_up_as_the_record_says(tmp_path: Path) -> None:
    votes = read("session-scan-2025-11-06.json")
    seats = read("config-2025-11-06.json")["names"]
    groups = {name: f"g{number}" for number, name in enumerate(sorted({seat["faction"] for seat in seats}))}
    members = {seat["name"]: f"m{number}" for number, seat in enumerate(seats)}
    items = {vote["votingSubject"]["agendaItem"]: vote["votingSubject"]["title"] for vote in votes}
    agenda = {
        "title": "Stadtratssitzung", "assembly": "Stadtrat Magdeburg", "timezone": "Europe/Berlin", "language": "en",
        "items": [{"id": f"top-{number}", "number": number, "title": title} for number, title in items.items()],
    }  # fmt: skip
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(agenda)

        async def take(kind: str, item: str | None = None, **data: Any) -> dict[str, Any]:
            status, entry = await client.post(slug, kind, item, key=f"{kind}-{len(taken)}", **data)
            assert status == 201, entry
            taken.append(entry)
            return entry

        taken: list[dict[str, Any]] = []
        await take(
            "assembly.set",
            name="Stadtrat Magdeburg",
            groups=[{"id": groups[name], "name": name} for name in groups],
            members=[
                {"id": members[seat["name"]], "name": seat["name"], "group": groups[seat["faction"]]} for seat in seats
            ],
        )
        await take("member.arrived", members=list(members.values()))
        await take("sitting.opened")
        for vote in votes:
            item = f"top-{vote['votingSubject']['agendaItem']}"
            if taken[-1]["item"] != item:
                status, answer = await client.post(slug, "item.opened", item)
                assert status == 201, answer
            entry = await take(
                "vote.recorded",
                item,
                ballot="public",
                source="device",
                subject=vote["votingSubject"]["title"],
                votes={members[seat["name"]]: CHOICES[seat["vote"]] for seat in vote["votes"]},
            )
            own = Counter(CHOICES[seat["vote"]] for seat in vote["votes"])
            assert {name: entry["data"].get(name, 0) for name in CHOICES.values()} == {
                name: own[name] for name in CHOICES.values()
            }
            assert entry["data"]["result"] == ("adopted" if own["for"] > own["against"] else "rejected")
            named = {one["name"]: choice for choice, ones in entry["data"]["votes"].items() for one in ones}
            assert named == {seat["name"]: CHOICES[seat["vote"]] for seat in vote["votes"]}
        assert sum(entry["kind"] == "vote.recorded" for entry in taken) == 124
        export = json.loads(server.command("export", slug, "json").stdout)
        assert verify_export(canonical(export)).findings == ()
        kept = [entry for entry in export["entries"] if entry["kind"] == "vote.recorded"]
        assert [entry["id"] for entry in kept] == [entry["id"] for entry in taken if entry["kind"] == "vote.recorded"]
        _, shown = await client.get(f"/s/{slug}/entries?limit=1000")
        assert [row["entry"]["data"] for row in shown["entries"] if row["entry"]["kind"] == "vote.recorded"] == [
            entry["data"] for entry in kept
        ]
