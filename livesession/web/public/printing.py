"""A drawing as SVG, for whoever lays it out anew, and as PDF, for the printer; and the addresses of both."""

import base64
import io
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, cast

from aiohttp import web
from fpdf import FPDF
from lxml import etree

from livesession.i18n import language_of, words
from livesession.web.public.announced import Announced, announced
from livesession.web.public.conditional import answer, is_known, tag_of
from livesession.web.public.drawing import drawn
from livesession.web.public.poster import DARK, SIZES, Box, Code, Form, Line, Mark, Picture, Sheet, sheet
from livesession.web.public.typeset import BOLD, FONTS, REGULAR, font_file
from livesession.web.rendering import language_for
from livesession.web.services import services

_SVG = "http://www.w3.org/2000/svg"
_NAMES = "Atkinson Hyperlegible Next"

SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; frame-ancestors 'none'"
"""The drawing carries its own typeface and nothing that runs."""


def as_svg(what: Announced, drawing: Sheet) -> bytes:
    """The drawing as SVG 1.1 with its typeface inside; text stays text."""
    root = etree.Element(f"{{{_SVG}}}svg", nsmap={None: _SVG})
    root.set("width", f"{drawing.width / 10}mm")
    root.set("height", f"{drawing.height / 10}mm")
    root.set("viewBox", f"0 0 {drawing.width} {drawing.height}")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", what.language)
    root.set("role", "img")
    _add(root, "title").text = f"{what.title}, {what.assembly}"
    _add(root, "desc").text = ", ".join(filter(None, (what.when, what.where, what.url)))
    _add(root, "style").text = _font_face()
    _add(root, "rect", width=drawing.width, height=drawing.height, fill="#FFFFFF")
    for mark in drawing.marks:
        _draw_svg(root, mark)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


@lru_cache(maxsize=1)
def _font_face() -> str:
    faces = []
    for path in FONTS:
        data = base64.b64encode(path.read_bytes()).decode("ascii")
        faces.append(
            f'@font-face{{font-family:"{_NAMES}";font-weight:200 800;'
            f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
        )
    # The one with every letter of French comes last: of two faces that both have one, the later is asked.
    return "".join(reversed(faces))


def _draw_svg(root: Any, mark: Mark) -> None:
    match mark:
        case Box():
            _add(root, "rect", x=mark.x, y=mark.y, width=mark.width, height=mark.height, rx=mark.radius, fill=mark.fill)
        case Line():
            text = _add(root, "text", x=mark.x, y=mark.y, fill=mark.fill)
            text.set("font-family", f"'{_NAMES}', system-ui, sans-serif")
            text.set("font-size", f"{mark.size:g}")
            # Measured in a font of the system, which we have in one weight.
            text.set("font-weight", str(mark.weight if font_file(mark.text) in FONTS else REGULAR))
            if mark.rtl:
                text.set("direction", "rtl")
            text.text = mark.text
        case Code():
            path = "".join(f"M{column} {row}h{length}v1h-{length}z" for column, row, length in mark.runs)
            found = _add(root, "path", d=path, fill=DARK)
            found.set("shape-rendering", "crispEdges")
            found.set("transform", f"translate({mark.x:.3f} {mark.y:.3f}) scale({mark.module:.4f})")
        case Picture():
            image = _add(root, "image", x=mark.x, y=mark.y, width=mark.width, height=mark.height)
            image.set("href", "data:image/png;base64," + base64.b64encode(mark.content).decode("ascii"))


def _add(root: Any, name: str, **attributes: float | str) -> Any:
    shown = {key: value if isinstance(value, str) else f"{value:g}" for key, value in attributes.items()}
    return etree.SubElement(root, f"{{{_SVG}}}{name}", shown)


def as_pdf(what: Announced, drawing: Sheet) -> bytes:
    """The drawing as PDF, its typeface inside, the same bytes for the same drawing. Takes about a second."""
    pdf = FPDF(unit="mm", format=(drawing.width / 10, drawing.height / 10))
    pdf.set_title(f"{what.title}, {what.assembly}")
    pdf.set_author(what.assembly)
    pdf.set_lang(what.language)
    pdf.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
    pdf.set_auto_page_break(False)
    pdf.add_page()
    families: dict[str, str] = {}
    for mark in drawing.marks:
        _draw_pdf(pdf, mark, families)
    # The code is what a phone reads; whoever reads the file on a screen clicks it.
    for mark in drawing.marks:
        if isinstance(mark, Code):
            side = max(column + length for column, _, length in mark.runs) * mark.module / 10
            pdf.link(mark.x / 10, mark.y / 10, side, side, what.url)
    return bytes(pdf.output())


def _draw_pdf(pdf: FPDF, mark: Mark, families: dict[str, str]) -> None:
    match mark:
        case Box():
            pdf.set_fill_color(mark.fill)
            x, y, width, height = (value / 10 for value in (mark.x, mark.y, mark.width, mark.height))
            pdf.rect(x, y, width, height, "F", round_corners=mark.radius > 0, corner_radius=mark.radius / 10)
        case Line():
            pdf.set_text_color(mark.fill)
            family, style = _family(pdf, mark, families)
            pdf.set_font(family, style, size=mark.size / 10 * 72 / 25.4)
            if mark.rtl:
                _write_from_the_right(pdf, mark)
            else:
                pdf.text(mark.x / 10, mark.y / 10, mark.text)
        case Picture():
            pdf.image(io.BytesIO(mark.content), mark.x / 10, mark.y / 10, mark.width / 10, mark.height / 10)
        case Code():
            pdf.set_fill_color(DARK)
            module = mark.module / 10
            for column, row, length in mark.runs:
                pdf.rect(mark.x / 10 + column * module, mark.y / 10 + row * module, length * module, module, style="F")


def _write_from_the_right(pdf: FPDF, mark: Line) -> None:
    """A line whose letters join, which HarfBuzz shapes; only a cell of its own is shaped and ordered (UAX #9)."""
    pdf.set_text_shaping(True, direction="rtl")
    size = mark.size / 10
    # In a cell as high as the letters, fpdf2 stands them at 0.8 of it.
    pdf.set_xy(0, mark.y / 10 - 0.8 * size)
    pdf.c_margin = 0
    pdf.cell(mark.x / 10, size, mark.text, align="R")
    pdf.set_text_shaping(False)


def _family(pdf: FPDF, mark: Line, families: dict[str, str]) -> tuple[str, str]:
    """The font a line is set in, brought into the file when it is first needed."""
    path = font_file(mark.text)
    known = str(path)
    if known not in families:
        families[known] = f"font{len(families)}"
        if path in FONTS:
            weights = {"": {"wght": 400.0}, "B": {"wght": 700.0}}
            pdf.add_font(families[known], fname=known, variations=cast(Any, weights))
        else:
            pdf.add_font(families[known], fname=known)
    bold = path in FONTS and mark.weight == BOLD
    return families[known], "B" if bold else ""


@lru_cache(maxsize=32)
def printed(what: Announced, form: Form, kind: str) -> bytes:
    """The poster or badge in one of the two formats, kept while sittings are announced."""
    drawing = sheet(what, form, words(what.language))
    return as_svg(what, drawing) if kind == "svg" else as_pdf(what, drawing)


async def svg(request: web.Request) -> web.Response:
    response = await _answer(request, "svg", "image/svg+xml")
    response.headers["Content-Security-Policy"] = SVG_POLICY
    return response


async def pdf(request: web.Request) -> web.Response:
    return await _answer(request, "pdf", "application/pdf")


async def _answer(request: web.Request, kind: str, content_type: str) -> web.Response:
    held = services(request)
    room = await held.hub.room(request.match_info["slug"])
    said = words(language_for(request) if "lang" in request.query else language_of(room.state.agenda.language))
    form = cast(Form, request.query["form"] if request.query.get("form") in SIZES else "a4")
    face = await held.faces.current()
    picture = await held.faces.picture() if face.logo else None
    what = announced(room, held.base_url, said, face, picture)
    tag = tag_of("poster", form, kind, what)
    if is_known(request, tag, None):
        return answer(request, None, content_type, tag=tag)
    response = answer(request, await drawn(request, partial(printed, what, form, kind)), content_type, tag=tag)
    response.headers["Content-Disposition"] = f'inline; filename="{form}-{room.slug}.{kind}"'
    return response


def routes() -> list[web.RouteDef]:
    """The routes of this module."""
    return [web.get("/s/{slug}/poster.svg", svg), web.get("/s/{slug}/poster.pdf", pdf)]
