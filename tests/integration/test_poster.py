"""The poster and the badge as they come from a real server: read back as a printer and a phone would."""

import io
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from lxml import etree

from livesession.i18n import words
from livesession.web.public.announced import Announced
from livesession.web.public.poster import SIZES, Box, Code, Line, sheet
from livesession.web.public.typeset import font
from tests.integration.running import AGENDA, client_of, serving

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(("form", "width", "height"), [("a4", 210, 297), ("badge", 105, 148)])
async def test_a_poster_leads_a_phone_to_the_page(tmp_path: Path, form: str, width: int, height: int) -> None:
    async with serving(tmp_path) as server, client_of(server) as client:
        slug = await client.create(
            {**AGENDA, "title": "Séance <plénière> & œuvres", "location": "Hôtel du Département"}
        )
        page = f"http://localhost:{server.port}/s/{slug}"
        address = f"{server.url}/s/{slug}/poster."
        async with client.session.get(f"{address}pdf?form={form}") as answer:
            assert (answer.status, answer.content_type) == (200, "application/pdf")
            body, headers = await answer.read(), {"If-None-Match": answer.headers["ETag"]}
        async with client.session.get(f"{address}pdf?form={form}", headers=headers) as answer:
            assert answer.status == 304
        with pypdfium2.PdfDocument(io.BytesIO(body)) as document:
            assert len(document) == 1
            sheet_of_paper = document[0]
            assert [round(side * 25.4 / 72) for side in sheet_of_paper.get_size()] == [width, height]
            text = sheet_of_paper.get_textpage().get_text_bounded()
            for said in ("Séance <plénière> & œuvres", "Conseil départemental du Val-Clair", "Hôtel du Département"):
                assert said in text.replace("\r\n", " ")
            image = sheet_of_paper.render(scale=3).to_pil()
        assert [found.text for found in zxingcpp.read_barcodes(image)] == [page]

        async with client.session.get(f"{address}svg?form={form}") as answer:
            assert (answer.status, answer.content_type) == (200, "image/svg+xml")
            assert "font-src data:" in answer.headers["Content-Security-Policy"]
            tree = etree.fromstring(await answer.read())
        assert (tree.get("width"), tree.get("height")) == (f"{width}.0mm", f"{height}.0mm")
        assert tree.findtext(SVG + "title") == "Séance <plénière> & œuvres, Conseil départemental du Val-Clair"
        assert tree.findall(SVG + "script") == []


@pytest.mark.parametrize("form", ["a4", "badge"])
@pytest.mark.parametrize("length", [1, 20, 60])
def test_whatever_the_title_nothing_leaves_the_sheet(form: str, length: int) -> None:
    what = Announced(
        title="intercommunalité " * length,
        assembly="Communauté d’agglomération " * 6,
        when="Vendredi 20 novembre 2026, 09:00",
        where="Hôtel du Département, " * 9,
        follow="",
        url="https://seances.exemple.fr/s/" + "seance-" * 14,
        host="",
        items=31,
        language="fr",
    )
    width, height = SIZES[form]
    drawing = sheet(what, "a4" if form == "a4" else "badge", words("fr"))
    for mark in drawing.marks:
        if isinstance(mark, Line):
            assert mark.x + font(mark.text, mark.size, mark.weight).getlength(mark.text) <= width
            assert 0 < mark.y < height
        elif isinstance(mark, Box):
            assert (mark.x + mark.width <= width, mark.y + mark.height <= height) == (True, True)
        else:
            side = mark.module * max(row for _, row, _ in mark.runs)
            # Less than half a millimetre a module is more than some phones can tell apart.
            assert mark.module >= 8
            assert mark.y + side <= height
    band = next(mark.y for mark in drawing.marks if isinstance(mark, Box) and mark.width == width)
    above = [mark for mark in drawing.marks if isinstance(mark, Line) and mark.fill != "#FFFFFF" and mark.y < band]
    assert max(mark.y for mark in above) < band
    assert sum(isinstance(mark, Code) for mark in drawing.marks) == 1
