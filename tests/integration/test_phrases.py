"""Stock phrases and prepared drafts on the running server: by API, by command, the council's own beside ours."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.integration.running import Client, client_of, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

AGENDA = """title: Conseil
starts: 2026-11-20T18:30
items:
  - id: un
    number: 1
    title: Budget
    drafts:
      - Le budget est présenté.
      - |
        Le budget compte
        deux sections.
"""
OWN = """language: fr
phrases:
  - id: opening
    title: Ouverture
    text: Ouverture à {{ time }}.
  - id: minute
    title: Minute de silence
    text: L’assemblée observe une minute de silence.
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """One server for all."""
    async with serving(tmp_path_factory.mktemp("phrases")) as server, client_of(server) as made:
        yield made


async def sitting(client: Client) -> str:
    file = client.server.folder / "agenda.yaml"
    file.write_text(AGENDA, "utf-8")
    return client.server.command("sitting", "create", str(file)).stdout.split()[-1]


async def test_phrases_are_filled_in_now_and_follow_the_sitting(client: Client) -> None:
    slug = await sitting(client)
    assert (await client.post(slug, "sitting.opened"))[0] == 201
    assert (await client.post(slug, "item.opened", "un"))[0] == 201
    _, form = await client.get(f"/api/v1/sittings/{slug}/phrases")
    found = {each["id"]: each for each in form["phrases"]}
    assert (form["language"], form["seq"]) == ("fr", 4)
    assert found["item"] == {
        "id": "item", "title": "Appel du point", "text": "Point 1\u00a0: Budget.", "own": False, "error": None,
    }  # fmt: skip
    _, english = await client.get(f"/api/v1/sittings/{slug}/phrases?lang=en")
    assert {each["id"]: each["text"] for each in english["phrases"]}["item"] == "Item 1: Budget."


async def test_the_councils_own_phrases_are_kept_by_command_and_by_program(client: Client, tmp_path: Path) -> None:
    slug = await sitting(client)
    file = tmp_path / "own.yaml"
    file.write_text(OWN.replace("{{ time }}", "{{ time"), "utf-8")
    refused = client.server.command("phrases", "check", str(file), check=False)
    assert refused.returncode == 2
    assert "ligne 5" in refused.stderr
    file.write_text(OWN, "utf-8")
    assert client.server.command("phrases", "check", str(file)).stdout.startswith("2 phrases lues")
    client.server.command("phrases", "set", str(file))
    assert "minute\tla vôtre\tMinute de silence" in client.server.command("phrases", "list").stdout
    _, form = await client.get(f"/api/v1/sittings/{slug}/phrases")
    assert [each["id"] for each in form["phrases"] if each["own"]] == ["opening", "minute"]
    assert form["phrases"][-1]["text"] == "L’assemblée observe une minute de silence."
    client.server.command("phrases", "remove")
    _, form = await client.get("/api/v1/phrases/fr")
    assert form["own"] == []
    assert (await client.get("/api/v1/phrases/de"))[0] == 404


async def test_prepared_drafts_are_the_clerks_alone_until_posted(client: Client) -> None:
    slug = await sitting(client)
    _, form = await client.get(f"/api/v1/sittings/{slug}")
    assert form["items"][0]["drafts"] == ["Le budget est présenté.", "Le budget compte\ndeux sections.\n"]
    for path in ("", "/entries", "/minutes.json", "/minutes.html", "/feed.json", "/embed"):
        async with client.session.get(f"{client.server.url}/s/{slug}{path}", headers={"Authorization": ""}) as answer:
            assert answer.status == 200, path
            assert "Le budget" not in await answer.text(), path
