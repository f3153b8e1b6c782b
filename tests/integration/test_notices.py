"""Notices at the foot of every page, and errors that readers report to the clerk, by a real server."""

import os
from pathlib import Path

import aiohttp
import pytest
from lxml import html

from tests.integration.running import AGENDA, Client, Server, client_of, serving

PASSWORD = "correct horse battery"


async def read(client: Client, path: str) -> str:
    async with client.session.get(client.server.url + path, headers={"Accept": "text/html"}) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.text()


async def test_notices_say_what_the_operator_left_out_and_what_they_filled_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        for path in ("/", f"/s/{slug}", f"/s/{slug}/decisions", "/legal"):
            tree = html.fromstring(await read(client, path))
            feet = tree.xpath("//footer//a/@href")
            assert [name for name in ("/legal", "/privacy", "/accessibility") if name not in feet] == [], path
            assert "Accessibilité\u00a0: non conforme" in tree.xpath("string(//footer)")
        missing = html.fromstring(await read(client, "/legal")).xpath("//*[@class='missing']/text()")
        assert missing == [
            f"Non renseigné. Pour l’exploitant\u00a0: réglage {name}."
            for name in ("PUBLISHER", "PUBLICATION_DIRECTOR", "HOSTING", "CONTACT")
        ]
        declaration = await read(client, "/accessibility?lang=en")
        assert "not compliant" in declaration
        assert "https://formulaire.defenseurdesdroits.fr/" in declaration
        server.stop()
        given = {
            "PUBLISHER": "Département <b>du Val-Clair",
            "PUBLICATION_DIRECTOR": "Mme Corvelin",
            "HOSTING": "Hébergeur, 1 rue X",
            "CONTACT": "seances@example.fr",
            "DATA_PROTECTION_OFFICER": "https://example.fr/dpo",
            "ACCESSIBILITY": "partial",
            "ACCESSIBILITY_AUDIT": "Cabinet X, 82 %",
        }
        for name, value in given.items():
            monkeypatch.setitem(os.environ, name, value)
        await server.start()
        legal, privacy = await read(client, "/legal"), await read(client, "/privacy")
        assert "missing" not in legal + privacy
        assert "Département &lt;b&gt;du Val-Clair" in legal
        assert 'href="mailto:seances@example.fr"' in legal
        assert 'href="https://example.fr/dpo"' in privacy
        declaration = await read(client, "/accessibility")
        assert "Cabinet X, 82 %" in declaration
        assert "Accessibilité\u00a0: partiellement conforme" in declaration


async def log_in(server: Server, session: aiohttp.ClientSession) -> dict[str, str]:
    """A clerk's login, as headers."""
    server.command("user", "add", "marie", "--role", "clerk", stdin=f"{PASSWORD}\n{PASSWORD}\n")
    form = {"name": "marie", "password": PASSWORD, "next": "/console/"}
    async with session.post(
        f"{server.url}/console/login",
        data=form,
        headers={"Origin": server.url},
        allow_redirects=False,
    ) as answer:
        assert answer.status == 303, await answer.text()
        return {"Cookie": f"livesession={answer.cookies['livesession'].value}", "Origin": server.url}


async def test_an_error_that_a_reader_reports_reaches_the_clerk_and_goes(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)
        await client.post(slug, "sitting.opened")
        _, entry = await client.post(slug, "update.posted", text="Le budget est de <12> millions.")
        address = f"{server.url}/s/{slug}/report"
        page = html.fromstring(await read(client, f"/s/{slug}/report?entry={entry['id']}"))
        assert page.xpath("string(//blockquote)") == "Le budget est de <12> millions."
        form = {one.get("name"): one.get("value") or "" for one in page.xpath("//form//input")}
        assert form == {"entry": entry["id"], "contact": "", "website": ""}

        async def send(status: int, **fields: str) -> str:
            async with client.session.post(address, data=form | fields, allow_redirects=False) as answer:
                assert answer.status == status, await answer.text()
                return answer.headers.get("Location", "")

        assert await send(303, text="C’est <13> millions.", contact="m@example.fr") == f"/s/{slug}/report?sent=1"
        await send(303, text="POUR UN ROBOT", website="https://spam.example")
        await send(422, text="   ")
        await send(422, text="x" * 2_001)
        assert "est arrivé au secrétariat" in await read(client, f"/s/{slug}/report?sent=1")

        async with client.session.get(f"{server.url}/console/reports", allow_redirects=False) as answer:
            assert answer.status == 303
        cookies = await log_in(server, client.session)
        async with client.session.get(f"{server.url}/console/reports", headers=cookies) as answer:
            listed = await answer.text()
        assert "C’est &lt;13&gt; millions." in listed
        assert "m@example.fr" in listed
        assert "POUR UN ROBOT" not in listed
        (action,) = html.fromstring(listed).xpath("//form[contains(@action, '/settle')]/@action")
        async with client.session.post(server.url + action, headers=cookies) as answer:
            assert "Aucune erreur signalée." in await answer.text()

        for _ in range(7):
            await send(303, text="Encore.")
        await send(429, text="Encore.")
