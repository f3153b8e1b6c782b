"""The console's plain forms, filled in as by a person without script: every command has one, and it works."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from livesession.desk.desk import COMMANDS
from livesession.web.console.fields import FORMS
from tests.browser.consoles import PASSWORD, Installation, installation

MEMBERS = [{"id": f"m{n}", "name": f"Membre {n} <b>", "group": "ab"[n % 2]} for n in range(1, 8)]
GROUPS = [{"id": "a", "name": "Ensemble"}, {"id": "b", "name": "Autrement"}]


def test_every_command_has_a_form_but_the_assembly_which_comes_from_a_file() -> None:
    assert set(COMMANDS) - {kind for family in FORMS.values() for kind in family} == {"assembly.set"}


def test_no_field_is_unknown_to_its_command() -> None:
    for family in FORMS.values():
        for kind, fields in family.items():
            known = {field.encode_name for field in _fields(COMMANDS[kind])}
            assert {field.name for field in fields} <= known, kind


def _fields(command: type[Any]) -> Any:
    import msgspec

    return msgspec.structs.fields(command)


@pytest.fixture
async def held(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as running:
        yield running


class Person:
    """A clerk with a browser that runs no script."""

    def __init__(self, held: Installation, session: aiohttp.ClientSession) -> None:
        self.held = held
        self.session = session
        self.page = f"{held.server.url}/console/s/{held.slug}/forms"
        self.headers = {"Origin": held.server.url, "Accept": "text/html", "Accept-Language": "fr"}

    async def log_in(self) -> None:
        answer = await self.session.post(
            self.held.server.url + "/console/login",
            data={"name": "Alice", "password": PASSWORD, "next": ""},
            headers=self.headers,
            allow_redirects=False,
        )
        self.headers["Cookie"] = answer.headers["Set-Cookie"].split(";")[0]

    async def read(self) -> str:
        async with self.session.get(self.page, headers=self.headers) as answer:
            assert answer.status == 200
            return await answer.text()

    async def send(self, kind: str, *fields: tuple[str, str]) -> tuple[int, str]:
        """Fill in the form of a command as it stands on the page, and send it."""
        page = await self.read()
        form = re.search(
            rf'id="{re.escape(kind)}".*?</details>\s*(?=<details class="form"|</section>)', page, re.DOTALL
        )
        assert form is not None, kind
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form.group())
        current = re.search(r'name="item">.*?<option value="([^"]*)" selected', form.group(), re.DOTALL)
        given = [*hidden, *([("item", current.group(1))] if current and not dict(fields).get("item") else []), *fields]
        async with self.session.post(
            self.page, data=aiohttp.FormData(given), headers=self.headers, allow_redirects=False
        ) as answer:
            return answer.status, unescape(await answer.text())


async def test_a_sitting_is_held_by_forms_alone(held: Installation) -> None:
    await held.post("assembly.set", name="Conseil", rules={"profile": "commune"}, groups=GROUPS, members=MEMBERS)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        person = Person(held, session)
        await person.log_in()
        by_groups = [("groups.a", "for"), ("groups.b", "against"), ("except-0", "m1"), ("except-0-choice", "for")]
        appointment = [("subject", "Nom"), ("ballot", "secret"), ("candidate-0", "A"), ("candidate-0-voices", "7")]
        for kind, fields in (
            ("member.arrived", [("members", f"m{n}") for n in range(1, 7)]),
            ("proxy.given", [("from", "m7"), ("to", "m1")]),
            ("president.named", [("member", "m1")]),
            ("quorum.checked", []),
            ("motion.tabled", [("type", "amendment"), ("title", "Amendement <script>"), ("by", "m2"), ("by", "m3")]),
            ("speech.begun", [("member", "m2"), ("allotted", "120")]),
            ("update.posted", [("text", "ligne 1\r\nligne 2"), ("quote", "m2")]),
            ("vote.recorded", by_groups),
            ("vote.recorded", appointment),
        ):
            assert (await person.send(kind, *fields))[0] == 303, kind
        kinds = [entry["kind"] for entry in await held.record()]
        assert kinds[-9:] == [
            "member.arrived", "proxy.given", "president.named", "quorum.checked", "motion.tabled", "speech.begun",
            "update.posted", "vote.recorded", "vote.recorded",
        ]  # fmt: skip
        text, vote = (await held.record())[-3]["data"], (await held.record())[-2]["data"]
        assert (text["text"], text["quote"]["id"]) == ("ligne 1\nligne 2", "m2")
        assert (vote["for"], vote["against"], vote["voices"]) == (4, 3, 7)
        page = await person.read()
        assert "<script>" not in page
        assert "Membre 1 <b>" not in page


async def test_a_refused_form_stands_as_it_was_filled_in_and_says_what_to_do(held: Installation) -> None:
    await held.post("assembly.set", name="Conseil", rules={"profile": "commune"}, groups=GROUPS, members=MEMBERS)
    await held.post("member.arrived", members=["m1", "m2"])
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        person = Person(held, session)
        await person.log_in()
        before = len(await held.record())
        status, page = await person.send("vote.recorded", ("unanimous", "1"), ("subject", "Ce que j’ai tapé"))
        assert status == 409
        assert "Le quorum n’est pas atteint\xa0: 2 présents pour 4." in page
        assert 'value="Ce que j’ai tapé"' in page
        status, page = await person.send("vote.recorded", ("for", "beaucoup"))
        assert status == 422
        assert len(await held.record()) == before
        async with session.post(
            person.page,
            data={"kind": "sitting.closed"},
            headers={"Cookie": person.headers["Cookie"], "Origin": "https://elsewhere.example"},
        ) as forged:
            assert forged.status == 403
        async with session.get(person.page, headers={"Accept": "text/html"}, allow_redirects=False) as unknown:
            assert unknown.status == 303
        assert len(await held.record()) == before
