"""The council's own page on the real server: what is on, what comes, what was; and nothing of a closed part."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.integration.running import AGENDA, Client, client_of, serving


def starting(days: int, title: str) -> dict[str, object]:
    return AGENDA | {"title": title, "starts": (datetime.now(UTC) + timedelta(days=days)).isoformat()}


async def read(client: Client, path: str = "/") -> dict[str, str]:
    """The page's parts by their heading's id, as text."""
    async with client.session.get(client.server.url + path, headers={"Accept-Language": "fr"}) as answer:
        assert answer.status == 200
        page = await answer.text()
    parts = re.findall(r'<section aria-labelledby="(\w+)">(.*?)</section>', page, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", part).split()) for name, part in parts}


async def test_home_says_what_is_on_what_comes_and_what_was(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        assert await read(client) == {}
        await client.create(starting(9, "Dans neuf jours"))
        await client.create(starting(1, "Demain"))
        await client.create(starting(-3, "Jamais ouverte"))
        await client.create(
            {name: value for name, value in AGENDA.items() if name != "starts"} | {"title": "Sans jour"}
        )
        for number in range(21):
            slug = await client.create(starting(-100 - number, f"Passée {number:02}"))
            await client.post(slug, "sitting.opened")
            await client.post(slug, "sitting.closed")
        slug = await client.create(starting(0, "En cours"))
        await client.post(slug, "sitting.opened")
        await client.post(slug, "item.opened", "un")
        await client.post(slug, "vote.recorded", "un", **{"for": 30, "against": 10, "abstention": 2})

        parts = await read(client)
        assert list(parts) == ["on", "coming", "past"]
        assert "En direct En cours" in parts["on"]
        assert "1 Ouverture Dernier vote : Adopté, 30 pour, 10 contre, 2 abstentions" in parts["on"]
        at = [parts["coming"].index(title) for title in ("Demain", "Dans neuf jours", "Sans jour")]
        assert at == sorted(at)
        assert ["demain" in parts["coming"], "dans 9 jours" in parts["coming"]] == [True, True]
        assert "Jamais ouverte Cette séance n’a pas été suivie en direct ici." in parts["past"]
        assert re.findall(r"Passée \d\d(?= Décisions)", parts["past"]) == [
            f"Passée {number:02}" for number in range(19)
        ]
        older = await read(client, "/?page=2")
        assert list(older) == ["past"]
        assert re.findall(r"Passée \d\d(?= Décisions)", older["past"]) == ["Passée 19", "Passée 20"]

        await client.post(slug, "closed_part.begun")
        on = (await read(client))["on"]
        assert "Huis clos En cours" in on
        assert ["La séance se poursuit à huis clos." in on, "Ouverture" in on, "Adopté" in on] == [True, False, False]
