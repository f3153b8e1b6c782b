"""Assemblies kept from one sitting to the next, and voting devices' tables, on the running server."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
import pytest_asyncio
import yaml

from livesession.resources import folder
from tests.integration.running import AGENDA, Client, Server, client_of, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFERENCE = Path(__file__).parents[3] / "shared/reference/agendas/magdeburg-stadtratwatch"

MEMBERS = [{"id": f"m{number}", "name": f"Mme Numéro {word}", "group": "a"} for number, word in
           enumerate(("Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept"), 1)]  # fmt: skip
FORM: dict[str, Any] = {
    "name": "Conseil de sept",
    "rules": {"profile": "commune"},
    "groups": [{"id": "a", "name": "Groupe A", "short": "A"}],
    "members": MEMBERS,
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    async with serving(tmp_path_factory.mktemp("assemblies")) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(server: Server) -> AsyncIterator[Client]:
    """One server for all: each test keeps assemblies of its own names."""
    async with client_of(server) as made:
        yield made


async def put(client: Client, name: str, body: Any) -> tuple[int, dict[str, Any]]:
    """Keep an assembly: JSON, or a file and the texts beside it."""
    address = f"{client.server.url}/api/v1/assemblies/{quote(name, safe='')}"
    given = {"data": form_of(*body)} if isinstance(body, tuple) else {"json": body}
    async with client.session.put(address, headers=client.headers, **given) as answer:
        return answer.status, await answer.json(content_type=None)


async def ballots(
    client: Client, slug: str, content: str, key: str | None = None, **texts: str
) -> tuple[int, dict[str, Any]]:
    """Send a device's table."""
    headers = client.headers | ({"Idempotency-Key": key} if key else {})
    async with client.session.post(
        f"{client.server.url}/api/v1/sittings/{slug}/ballots", data=form_of(content, texts), headers=headers
    ) as answer:
        return answer.status, await answer.json(content_type=None)


def form_of(content: str, texts: dict[str, str]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, text in texts.items():
        form.add_field(name, text)
    form.add_field("file", content.encode(), filename="liste.csv", content_type="text/csv")
    return form


async def opened(client: Client, name: str, *there: str) -> str:
    """A sitting of a kept assembly, open at its second item, with members there."""
    slug = await client.create({**AGENDA, "assembly": name})
    for kind, item, data in (
        ("member.arrived", None, {"members": list(there)}),
        ("sitting.opened", None, {}),
        ("item.opened", "deux", {}),
    ):
        status, answer = await client.post(slug, kind, item, **data)
        assert status == 201, answer
    return slug


async def test_an_assembly_is_kept_read_and_replaced(client: Client) -> None:
    status, kept = await put(client, "Conseil de sept", FORM)
    assert (status, kept["assembly"], kept["problems"]) == (201, FORM, [])
    assert (kept["new"], kept["gone"]) == ([member["id"] for member in MEMBERS], [])
    assert await client.get(f"/api/v1/assemblies/{quote('Conseil de sept')}") == (200, FORM)

    status, kept = await put(
        client, "Conseil de sept", ("id;nom;groupe;sigle\nm1;Mme Un;Groupe A;A\nneuf;M. Neuf;;\n", {})
    )
    assert (status, kept["new"], len(kept["gone"])) == (200, ["neuf"], 6)
    # A table says nothing of rules: those that held go on to hold.
    assert kept["assembly"]["rules"] == {"profile": "commune"}
    status, kept = await put(client, "Conseil de sept", ("nom\nA\n", {"profile": "region"}))
    assert kept["assembly"] == {
        "name": "Conseil de sept", "rules": {"profile": "region"}, "members": [{"id": "a", "name": "A"}],
    }  # fmt: skip

    _, listed = await client.get("/api/v1/assemblies")
    (row,) = [row for row in listed["assemblies"] if row["name"] == "Conseil de sept"]
    assert {**row, "updated_at": ""} == {
        "name": "Conseil de sept", "profile": "region", "members": 1, "groups": 0, "updated_at": "",
    }  # fmt: skip


async def test_names_are_one_however_they_are_typed(client: Client) -> None:
    composed, split = "Assemblée / d’été", "Assemble\u0301e  /  d’e\u0301te\u0301 "
    status, _ = await put(client, split, {**FORM, "name": ""})
    assert status == 201
    status, kept = await client.get(f"/api/v1/assemblies/{quote(composed, safe='')}")
    assert (status, kept["name"]) == (200, composed)
    slug = await client.create({**AGENDA, "assembly": split})
    _, record = await client.get(f"/api/v1/sittings/{slug}/record")
    assert record["entries"][1]["data"] == {**FORM, "name": composed}


@pytest.mark.parametrize(
    ("name", "body", "status", "codes"),
    [
        ("Refusé", {"members": [{"name": ""}]}, 422, ["text-blank"]),
        ("Refusé", [], 422, ["people-format-unknown"]),
        ("Refusé", json.loads("[" * 100 + "]" * 100), 422, ["people-too-deep"]),
        ("Refusé", ("nom\nA\n", {"profile": "village"}), 422, ["profile-unknown"]),
        ("Refusé", ("nom\nA\n", {"colonnes": "x"}), 422, ["form-field-unknown"]),
        ("Refusé", ("nom\nA\n", {"columns": "nom"}), 422, ["form-field"]),
        ("R" * 201, {"members": [{"name": "A"}]}, 422, ["assembly-name"]),
    ],
)
async def test_what_cannot_be_kept_changes_nothing(
    client: Client, name: str, body: Any, status: int, codes: list[str]
) -> None:
    found, problem = await put(client, name, body)
    assert (found, [each["code"] for each in problem["problems"]]) == (status, codes)
    assert all(each["detail"] for each in problem["problems"])
    found, problem = await client.get(f"/api/v1/assemblies/{quote(name)}")
    assert (found, problem["code"]) == (404, "assembly_unknown")


async def test_only_who_may_create_sittings_keeps_assemblies(client: Client) -> None:
    async with client_of(client.server, "archivist") as archivist:
        assert (await put(archivist, "Archives", FORM))[0] == 403
        assert (await archivist.get("/api/v1/assemblies"))[0] == 200
    async with client.session.get(client.server.url + "/api/v1/assemblies") as answer:
        assert answer.status == 401


async def test_a_sitting_begins_with_the_kept_assembly_and_leaves_it_as_it_is(client: Client) -> None:
    assert (await put(client, "Conseil durable", FORM))[0] == 201
    slug = await client.create({**AGENDA, "assembly": "Conseil durable"})
    _, record = await client.get(f"/api/v1/sittings/{slug}/record")
    assert record["entries"][1]["data"] == {**FORM, "name": "Conseil durable"}
    changed = {**FORM, "name": "Conseil durable", "members": MEMBERS[:3]}
    assert (await client.post(slug, "assembly.set", **changed))[0] == 201
    _, kept = await client.get(f"/api/v1/assemblies/{quote('Conseil durable')}")
    assert kept["members"] == MEMBERS
    other = await client.create({**AGENDA, "assembly": "Conseil inconnu"})
    _, record = await client.get(f"/api/v1/sittings/{other}/record")
    assert record["entries"][1]["data"] == {"name": "Conseil inconnu"}


async def test_the_command_keeps_lists_and_shows(server: Server, client: Client) -> None:
    table = server.folder / "conseil.csv"
    table.write_bytes((folder("agenda_templates") / "assembly.csv").read_bytes())
    done = server.command("assembly", "import", str(table), "--profile", "commune")
    assert done.stdout == "Assemblée gardée\u00a0: Conseil municipal de Val-Clair\n"
    assert done.stderr == "7 membres, 3 groupes, règles\u00a0: Commune\n"
    table.write_text("nom;groupe\nMme Camille Durand;Ensemble pour Val-Clair\nM. Neuf;\n", "utf-8")
    done = server.command("assembly", "import", str(table), "--name", "Conseil municipal de Val-Clair")
    assert "nouveau membre\u00a0: M. Neuf" in done.stderr
    assert "6 membres retirés\u00a0: M. Jean Morel, Mme Aminata Sarr" in done.stderr
    listed = [line.split("\t") for line in server.command("assembly", "list").stdout.splitlines()]
    assert [line[1:3] for line in listed if line[0] == "Conseil municipal de Val-Clair"] == [["commune", "2"]]
    shown = server.command("assembly", "show", "Conseil municipal de Val-Clair").stdout
    _, kept = await client.get(f"/api/v1/assemblies/{quote('Conseil municipal de Val-Clair')}")
    assert yaml.safe_load(shown) == kept
    (server.folder / "again.yaml").write_text(shown, "utf-8")
    again = server.command("assembly", "import", "again.yaml")
    assert "retiré" not in again.stderr
    gone = server.command("assembly", "show", "Personne", check=False)
    assert (gone.returncode, gone.stderr) == (2, "Aucune assemblée «\u00a0Personne\u00a0» n’est gardée.\n")
    table.write_text("a;b\n1;2\n", "utf-8")
    assert server.command("assembly", "import", str(table), check=False).returncode == 2


async def test_a_device_s_table_is_recorded_once_as_a_public_ballot(client: Client) -> None:
    assert (await put(client, "Conseil au vote", FORM))[0] == 201
    slug = await opened(client, "Conseil au vote", "m1", "m2", "m3", "m4", "m5")
    table = "membre;vote\nNuméro UN;Pour\nm2;CONTRE\nNumero trois;abstention\nMme Numéro Quatre;pour\nm6;absent\n"
    status, body = await ballots(client, slug, table, "k1", item="deux", subject="Amendement 1")
    assert status == 201, body
    data = body["entry"]["data"]
    assert body["entry"]["kind"] == "vote.recorded"
    assert (data["ballot"], data["source"], data["subject"]) == ("public", "device", "Amendement 1")
    named = {choice: [each["id"] for each in people] for choice, people in data["votes"].items()}
    # Who has a voice and pressed nothing takes no part.
    assert named == {"for": ["m1", "m4"], "against": ["m2"], "abstention": ["m3"], "not_voting": ["m5"]}
    assert [problem["place"] for problem in body["problems"]] == ["line 6"]
    status, again = await ballots(client, slug, table, "k1", item="deux", subject="Amendement 1")
    assert (status, again) == (200, body)
    status, problem = await ballots(client, slug, table, "k1", item="deux", subject="Amendement 2")
    assert (status, problem["code"]) == (409, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("table", "texts", "status", "code", "places"),
    [
        ("membre;vote\nm1;pour\nm9;pour\nm1;contre\n", {"item": "deux"}, 422, "ballots_unreadable",
         ["line 3", "lines 2, 4"]),
        ("membre;vote\nm1;pour\nm7;contre\n", {"item": "deux"}, 422, "member_without_voice", ["data.votes"]),
        ("membre;vote\nm1;pour\n", {}, 422, "item_needed", ["item"]),
        ("membre;vote\nm1;pour\n", {"item": "dix"}, 422, "item_unknown", ["item"]),
        ("membre;vote\nm1;pour\n", {"item": "deux", "seen": "x"}, 422, "form_field", ["seen"]),
        ("membre;vote\nm1;pour\n", {"item": "deux", "vote": "x"}, 422, "form_field", ["vote"]),
        ("membre;vote\nm1;1\n", {"item": "deux", "choices": "1=yes"}, 422, "ballots_unreadable", ["choices"]),
    ],
)  # fmt: skip
async def test_a_table_that_is_not_certain_records_nothing(
    client: Client, table: str, texts: dict[str, str], status: int, code: str, places: list[str]
) -> None:
    await put(client, "Conseil refusé", FORM)
    slug = await opened(client, "Conseil refusé", "m1", "m2", "m3", "m4")
    found, problem = await ballots(client, slug, table, **texts)
    assert (found, problem["code"]) == (status, code)
    assert [each["place"] for each in problem["problems"]] == places
    _, record = await client.get(f"/api/v1/sittings/{slug}/record")
    assert [entry["kind"] for entry in record["entries"]][-1] == "item.opened"


async def test_a_body_that_is_no_form_is_refused(client: Client) -> None:
    slug = await client.create(AGENDA)
    status, problem = await ballots(client, slug, "membre;vote\nm1;pour\n", item="deux")
    assert (status, problem["code"]) == (409, "assembly_without_members")
    address = f"{client.server.url}/api/v1/sittings/{slug}/ballots"
    for given in ({"json": {}}, {"data": aiohttp.FormData({"item": "deux"})}):
        async with client.session.post(address, headers=client.headers, **given) as answer:  # type: ignore[arg-type]  # either is what aiohttp takes
            assert answer.status == 422


async def test_a_device_and_a_clerk_at_once_are_judged_on_the_state_they_come_to(client: Client) -> None:
    """Four of seven are the quorum of a commune: once one has left, no vote is recorded."""
    await put(client, "Conseil pressé", FORM)
    table = "membre;vote\n" + "".join(f"m{number};pour\n" for number in range(1, 5))
    outcomes = set()
    for turn in range(8):
        slug = await opened(client, "Conseil pressé", "m1", "m2", "m3", "m4")
        sent = [ballots(client, slug, table, item="deux"), client.post(slug, "member.left", members=["m4"])]
        (voted, vote), (left, _) = await _both(sent, turn)
        assert left == 201
        _, record = await client.get(f"/api/v1/sittings/{slug}/record")
        kinds = [entry["kind"] for entry in record["entries"][5:]]
        if voted == 201:
            assert kinds == ["vote.recorded", "member.left"]
            assert vote["entry"]["data"]["for"] == 4
        else:
            assert (kinds, vote["code"]) == (["member.left"], "quorum_lost")
        outcomes.add(voted)
    assert outcomes <= {201, 409}


async def _both(sent: list[Any], turn: int) -> list[tuple[int, dict[str, Any]]]:
    """Both answers in their order, sent in turns of which goes first."""
    if turn % 2:
        return list(await asyncio.gather(*sent))
    return list(reversed(await asyncio.gather(*reversed(sent))))


async def test_a_day_of_real_votes_comes_in_as_tables(client: Client) -> None:
    if not (REFERENCE / "session-scan-2025-11-06.json").exists():
        pytest.skip("the real votes are not here")
    votes = json.loads((REFERENCE / "session-scan-2025-11-06.json").read_text("utf-8"))
    seats = json.loads((REFERENCE / "config-2025-11-06.json").read_text("utf-8"))["names"]
    rows = [["Name", "Fraktion"], *([seat["name"], seat["faction"]] for seat in seats)]
    status, kept = await put(client, "Stadtrat Magdeburg", (table_of(rows), {}))
    assert (status, len(kept["assembly"]["members"]), kept["problems"]) == (201, 57, [])
    ids = {member["name"]: member["id"] for member in kept["assembly"]["members"]}
    items = {vote["votingSubject"]["agendaItem"]: vote["votingSubject"]["title"] for vote in votes}
    slug = await client.create(
        {
            "title": "Stadtratssitzung",
            "assembly": "Stadtrat Magdeburg",
            "timezone": "Europe/Berlin",
            "items": [{"id": f"top-{number}", "number": number, "title": title} for number, title in items.items()],
        }
    )
    assert (await client.post(slug, "member.arrived", members=list(ids.values())))[0] == 201
    assert (await client.post(slug, "sitting.opened"))[0] == 201
    meant = {"J": "for", "N": "against", "E": "abstention", "O": "not_voting"}
    current = None
    for vote in votes:
        item = f"top-{vote['votingSubject']['agendaItem']}"
        if item != current:
            assert (await client.post(slug, "item.opened", item))[0] == 201
            current = item
        table = table_of([["Name", "Stimme"], *([one["name"], one["vote"]] for one in vote["votes"])])
        status, body = await ballots(
            client, slug, table, item=item, subject=vote["votingSubject"]["title"], choices="O=not_voting; N=against"
        )
        assert status == 201, body
        named = {one["id"]: choice for choice, people in body["entry"]["data"]["votes"].items() for one in people}
        assert named == {ids[one["name"]]: meant[one["vote"]] for one in vote["votes"]}


def table_of(rows: list[list[str]]) -> str:
    table = io.StringIO()
    csv.writer(table, delimiter=";").writerows(rows)
    return table.getvalue()
