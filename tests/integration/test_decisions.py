"""The list of a sitting's decisions: page and CSV, public ones only, and harmless in a spreadsheet."""

import csv
import io
from pathlib import Path

from tests.integration.running import client_of, serving

AGENDA = {
    "title": "Conseil",
    "assembly": "Ville",
    "items": [
        {"id": "un", "number": "1", "title": '=HYPERLINK("https://mal.example")'},
        {"id": "deux", "number": "2", "title": "Écoles <b>"},
        {"id": "clos", "number": "3", "title": "SECRET", "public": False},
    ],
}
NUMBERS = {"for": 5, "against": 2, "abstention": 1}


async def test_decisions_are_listed_while_the_sitting_runs_and_when_it_closes(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(AGENDA)

        async def read(path: str) -> str:
            async with client.session.get(f"{server.url}/s/{slug}{path}") as answer:
                assert answer.status == 200
                return (await answer.read()).decode("utf-8")

        for kind, item, data in (
            ("sitting.opened", None, {}),
            ("item.opened", "un", {}),
            ("vote.recorded", "un", {"subject": "Amendement", **NUMBERS}),
            ("vote.recorded", "un", NUMBERS),
            ("item.opened", "deux", {}),
            ("vote.recorded", "deux", {"for": 1, "against": 7}),
            ("item.opened", "clos", {}),
            ("vote.recorded", "clos", NUMBERS),
        ):
            status, answer = await client.post(slug, kind, item, **data)
            assert status == 201, answer
        closed = answer["id"]
        page = await read("/decisions")
        assert "peut encore changer" in page
        # No country's law is cited for an assembly whose rules nobody said.
        assert "CGCT" not in page
        await client.post(slug, "closed_part.ended")
        status, answer = await client.post(slug, "decision.released", vote=closed, title="Vente d’un terrain")
        assert status == 201, answer
        await client.post(slug, "sitting.closed")
        page = await read("/decisions")
        assert "peut encore changer" not in page
        assert "Écoles &lt;b&gt;" in page
        assert "SECRET" not in page
        status, answer = await client.post(slug, "sitting.reopened")
        assert status == 201, answer
        await client.post(slug, "assembly.set", name="Conseil", rules={"profile": "commune"})
        assert "(CGCT L2121-25)" in await read("/decisions")
        table = await read("/decisions.csv")
        assert table.startswith("\ufeffN°;Point;Objet;Résultat;")
        rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff")), delimiter=";"))
        assert [row[:9] for row in rows[1:]] == [
            ["1", "1", '\'=HYPERLINK("https://mal.example")', "Adopté", "5", "2", "1", "", "Vote à main levée"],
            ["2", "2", "Écoles <b>", "Rejeté", "1", "7", "0", "", "Vote à main levée"],
            ["3", "3", "Vente d’un terrain", "Adopté", "5", "2", "1", "", "Vote à main levée"],
        ]
