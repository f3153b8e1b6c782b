"""Two clerks and a voting device at once, at the limit of a quorum: each judged on the state it is committed to."""

import asyncio
import json
from pathlib import Path
from typing import Any

from livesession.domain.fold import PublicFact, fold
from livesession.domain.ids import EntryId, ItemId, Pos, Seq
from livesession.domain.times import read_instant
from tests.integration.running import AGENDA, client_of, serving

SEATS = 9
NAMES = {f"m{n}": "for" if n % 3 else "against" for n in range(1, SEATS + 1)}


def fact(entry: dict[str, Any]) -> PublicFact:
    """An exported entry as the fold reads one."""
    item = entry["item"]
    return PublicFact(
        seq=Seq(entry["seq"]), pos=None if entry["pos"] is None else Pos(entry["pos"]), id=EntryId(entry["id"]),
        kind=entry["kind"], item=None if item is None else ItemId(item), at=read_instant(entry["at"]),
        data=entry["data"],
    )  # fmt: skip


async def test_every_vote_is_judged_on_the_room_as_it_is_when_it_is_committed(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as clerk, client_of(server) as other:
        slug = await clerk.create(AGENDA)
        members = [{"id": member, "name": member.upper()} for member in NAMES]
        for kind, item, data in (
            ("assembly.set", None, {"name": "C", "rules": {"profile": "commune"}, "members": members}),
            ("member.arrived", None, {"members": list(NAMES)[:5]}),
            ("sitting.opened", None, {}),
            ("item.opened", "un", {}),
        ):
            status, answer = await clerk.post(slug, kind, item, **data)
            assert status == 201, answer

        async def come_and_go() -> list[int]:
            # Five of nine is the quorum: with each departure it is lost, with each arrival met again.
            found = []
            for turn in range(20):
                kind = "member.arrived" if turn % 2 else "member.left"
                found.append((await clerk.post(slug, kind, member="m5"))[0])
            return found

        async def device() -> list[tuple[int, str | None]]:
            found = []
            for turn in range(30):
                votes = {member: NAMES[member] for member in list(NAMES)[:4]}
                status, answer = await other.post(
                    slug, "vote.recorded", "un", f"device-{turn}", ballot="public", source="device", votes=votes
                )
                found.append((status, answer.get("code")))
            return found

        async def by_hand() -> list[tuple[int, str | None]]:
            found = []
            for turn in range(30):
                status, answer = await other.post(slug, "vote.recorded", "un", f"hand-{turn}", unanimous=True)
                found.append((status, answer.get("code")))
            return found

        moves, *votes = await asyncio.gather(come_and_go(), device(), by_hand())
        assert moves == [201] * 20
        answered = [answer for each in votes for answer in each]
        assert set(answered) <= {(201, None), (409, "quorum_lost")}
        entries = json.loads(server.command("export", slug, "json").stdout)["entries"]
        recorded = [entry for entry in entries if entry["kind"] == "vote.recorded"]
        assert len(recorded) == answered.count((201, None))
        for entry in recorded:
            before = fold(fact(each) for each in entries[: entry["seq"] - 1])
            quorum = before.quorum(ItemId("un"))
            assert quorum is not None
            assert quorum.met
            assert entry["data"]["quorum"] == quorum.as_json()
            assert entry["data"]["voices"] == len(before.electorate(ItemId("un"))) == 5
