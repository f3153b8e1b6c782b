"""What must not be read: erased texts, secret ballots, internal titles, closed parts.

Searched for in every byte of every public answer, of the log file, and of the database itself.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from websockets.asyncio.client import connect

from livesession.web.application import web_application
from tests.integration.running import Client, client_of, serving

AGENDA: dict[str, Any] = {
    "title": "Conseil municipal",
    "assembly": "Ville de Val-Clair",
    "items": [
        {"id": "un", "number": "1", "title": "INTERNE-MARTIN secours à M. Martin", "public_title": "Secours"},
        {"id": "deux", "number": "2", "title": "Collèges"},
        {"id": "clos", "number": "3", "title": "INTERNE-PARCELLE prix", "public": False, "rapporteur": "INTERNE-RAP"},
    ],
}
ASSEMBLY: dict[str, Any] = {
    "name": "Ville de Val-Clair",
    "rules": {"profile": "commune"},
    "groups": [{"id": "a", "name": "Ensemble"}, {"id": "b", "name": "Autrement"}],
    "members": [{"id": f"m{n}", "name": f"Membre {n}", "group": "ab"[n % 2]} for n in range(1, 8)],
}

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    async with serving(tmp_path) as server, client_of(server) as made:
        yield made


def _about_one_sitting(path: str) -> bool:
    return path.startswith("/s/{slug}") and path.count("{") == 1 and not path.endswith(("/ws", "/sse"))


SITTING_PATHS = sorted(
    route.resource.canonical
    for route in web_application("all").router.routes()
    if route.method == "GET" and route.resource is not None and _about_one_sitting(route.resource.canonical)
)
"""Every address that says something of a sitting, those that were added last week too; the thread is read apart."""


class Sitting:
    """A sitting that goes on; every command must be taken."""

    def __init__(self, client: Client, slug: str) -> None:
        self.client = client
        self.slug = slug

    async def take(self, kind: str, item: str | None = None, **data: Any) -> dict[str, Any]:
        status, entry = await self.client.post(self.slug, kind, item, **data)
        assert status == 201, entry
        return entry

    async def public_bytes(self) -> bytes:
        """Everything that anybody may read of it, without an account, one after the other."""
        one = f"/s/{self.slug}"
        own = [path.replace("{slug}", self.slug) for path in SITTING_PATHS]
        paths = [
            *own, one + "/entries?limit=1000", "/", "/feed.atom", "/feed.json", "/calendar.ics", "/sitemap.xml",
            "/oembed?url=" + self.client.server.url + one,
            "/api/v1/sittings/" + self.slug, "/api/v1/sittings",
            *(f"/overlays/{name}/?sitting={self.slug}" for name in ("lower-third", "vote", "suspension", "agenda")),
            f"/overlays/countdown/?sitting={self.slug}", f"/overlays/?sitting={self.slug}",
        ]  # fmt: skip
        read = []
        for path in paths:
            async with self.client.session.get(self.client.server.url + path) as answer:
                read.append(await answer.read())
                assert answer.status in (200, 401, 404), path
        async with connect(f"ws://127.0.0.1:{self.client.server.port}{one}/ws") as socket:
            hello = await socket.recv()
            read.append(str(hello).encode())
            async with self.client.session.get(self.client.server.url + one + "/entries?limit=1000") as answer:
                count = len((await answer.json())["entries"])
            for _ in range(count):
                read.append(str(await socket.recv()).encode())
        return b"\n".join(read)


async def begun(client: Client) -> Sitting:
    sitting = Sitting(client, await client.create(AGENDA))
    await sitting.take("assembly.set", **ASSEMBLY)
    await sitting.take("member.arrived", members=[f"m{n}" for n in range(1, 8)])
    await sitting.take("sitting.opened")
    await sitting.take("item.opened", "un")
    return sitting


def in_files(folder: Path, needle: bytes) -> list[str]:
    """The files of an installation that hold ``needle``."""
    return sorted(file.name for file in folder.rglob("*") if file.is_file() and needle in file.read_bytes())


async def test_an_erased_text_is_nowhere(client: Client) -> None:
    sitting = await begun(client)
    text = await sitting.take("update.posted", "un", text="EFFACE-1 Mme Petit habite 3 rue X")
    await sitting.take("update.corrected", entry=text["id"], text="EFFACE-2 Mme Petit", reason="nom")
    motion = await sitting.take("motion.tabled", "un", title="EFFACE-3 Mme Petit", by=["m1"])
    speech = await sitting.take("speech.begun", name="EFFACE-4 Petit", role="EFFACE-5 habitante")
    await sitting.take("speech.ended")
    paper = await sitting.take("document.attached", "un", title="EFFACE-6", url="https://exemple.fr/EFFACE-7")
    for entry in (text, motion, speech, paper):
        await sitting.take("update.erased", entry=entry["id"], reason="CNIL")
    shown = await sitting.public_bytes()
    record = client.server.command("export", sitting.slug, "json").stdout.encode()
    assert client.server.command("verify", sitting.slug).returncode == 0
    client.server.stop()
    for number in range(1, 8):
        needle = f"EFFACE-{number}".encode()
        assert needle not in shown
        assert needle not in record
        assert in_files(client.server.folder, needle) == []


async def test_a_secret_ballot_takes_no_names_and_keeps_none(client: Client) -> None:
    sitting = await begun(client)
    for names in ({"votes": {"SECRET-1": "for"}}, {"groups": {"SECRET-2": "against"}}, {"source": "roll_call"}):
        data = {"ballot": "secret", "for": 4, "against": 3, **names}
        status, answer = await client.post(sitting.slug, "vote.recorded", "un", key="secret", **data)
        assert (status, answer["code"]) == (422, "secret_with_names")
    entry = await sitting.take("vote.recorded", "un", ballot="secret", **{"for": 4, "against": 3})
    assert entry["data"] == {
        "ballot": "secret", "for": 4, "against": 3, "abstention": 0, "result": "adopted", "voices": 7,
        "represented": 0, "decision": 1, "rules": "commune",
        "quorum": {"in_office": 7, "present": 7, "represented": 0, "recused": 0, "required": 4, "met": True},
    }  # fmt: skip
    status, answer = await client.post(
        sitting.slug, "vote.corrected", entry=entry["id"], reason="x", ballot="public", source="roll_call",
        votes={"m1": "for"},
    )  # fmt: skip
    assert (status, answer["code"]) == (409, "vote_ballot_changed")
    client.server.stop()
    for needle in (b"SECRET-1", b"SECRET-2"):
        assert in_files(client.server.folder, needle) == []


async def test_an_internal_title_stays_inside(client: Client) -> None:
    sitting = await begun(client)
    added = {"title": "INTERNE-AJOUT Mme Petit", "public_title": "Aide d’urgence", "information_only": True}
    await sitting.take("item.added", **added)
    hidden = await sitting.take("item.added", title="INTERNE-CACHE", public=False, information_only=True)
    assert hidden["pos"] is None
    shown = await sitting.public_bytes()
    assert "Aide d’urgence".encode() in shown
    assert b"INTERNE" not in shown


async def test_of_a_closed_part_only_the_released_decision_comes_out(client: Client) -> None:
    sitting = await begun(client)
    late = (await sitting.take("update.posted", "un", text="avant"))["seq"]
    begun_by = {"requested_by": ["m1", "m2", "m3"], "for": 6, "against": 1}
    await sitting.take("closed_part.begun", **begun_by)
    status, answer = await client.post(
        sitting.slug, "update.posted", "un", key="late", text="CLOS-0 écrit sans savoir", channels=["x"]
    )
    assert (status, answer["pos"]) == (201, None)
    async with client.session.post(
        f"{client.server.url}/api/v1/sittings/{sitting.slug}/entries",
        json={"kind": "update.posted", "item": "un", "seen": late, "data": {"text": "CLOS-1 d’un autre écran"}},
        headers=client.headers,
    ) as refused:
        assert (refused.status, (await refused.json())["code"]) == (409, "closed_part_unseen")
    await sitting.take("update.posted", "un", text="CLOS-2", quote="m4")
    motion = await sitting.take("motion.tabled", "un", title="CLOS-3", by=["m5"])
    await sitting.take("speech.begun", name="CLOS-4")
    await sitting.take("member.left", members=["m7"])
    await sitting.take("document.attached", "un", title="CLOS-5", url="https://exemple.fr/CLOS-6")
    names = {f"m{n}": "for" if n < 5 else "against" for n in range(1, 7)}
    vote = await sitting.take(
        "vote.recorded", "clos", subject="CLOS-7", ballot="public", source="roll_call", votes=names
    )
    decided = await sitting.take("vote.recorded", "clos", ballot="public", source="roll_call", votes=names)
    during = await sitting.public_bytes()
    assert b"CLOS-" not in during
    assert b"Membre 1" in during, "who asked for it is public"
    await sitting.take("closed_part.ended")
    after = await sitting.public_bytes()
    assert b"CLOS-" not in after
    hidden = [entry["id"].encode() for entry in (motion, vote, decided)]
    assert not any(name in after for name in hidden)
    released = await sitting.take("decision.released", vote=decided["id"], title="Vente d’une parcelle")
    final = await sitting.public_bytes()
    assert "Vente d’une parcelle".encode() in final
    assert b"CLOS-" not in final
    assert b"INTERNE" not in final
    assert not any(name in final for name in hidden), "not even the id of the vote, which tells its time"
    assert released["data"]["decision"] == decided["data"]["decision"]
