"""The council's face: colours that everybody reads, and a logo that can only be drawn."""

import base64
import io

import pytest
from PIL import Image

from livesession.domain.contrast import TEXT, colour, least, nearest, ratio, readable
from livesession.domain.face import (
    Face,
    checked,
    dark_pairs,
    light_pairs,
    overlay_css,
    page_css,
    ratios,
    tokens,
)
from livesession.errors import InputError
from livesession.media.logo import clean_logo
from livesession.web.public.face import widget_in

HUES = ("#ff0000", "#ffdd00", "#00ff00", "#00ffff", "#0000ff", "#ff00ff", "#888888", "#ffffff", "#000000", "#7a1f5c")

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10"%s>%s</svg>'
)
SQUARE = b'<rect width="20" height="10" fill="#7a1f5c"/>'


def test_contrast_is_that_of_wcag() -> None:
    assert ratio("#000000", "#ffffff") == 21
    assert round(ratio("#777777", "#ffffff"), 2) == 4.48
    assert (colour("ABC"), colour(" #0B5a66 "), colour("red"), colour("#12345")) == ("#aabbcc", "#0b5a66", None, None)
    assert (readable("#ffdd00"), readable("#0b5a66")) == ("#16191c", "#ffffff")


@pytest.mark.parametrize("wanted", HUES)
def test_nearest_colour_passes_and_keeps_what_passes_already(wanted: str) -> None:
    for pairs in (light_pairs, dark_pairs):
        found = nearest(wanted, pairs)
        assert least(pairs(found)) >= TEXT
        assert nearest(found, pairs) == found


@pytest.mark.parametrize("wanted", HUES)
def test_every_token_of_a_face_is_read_on_what_it_stands_on(wanted: str) -> None:
    face = checked(name="", accent=nearest(wanted, light_pairs), accent_dark="", font="legible")
    light, dark = tokens(face)
    for each in (light, dark):
        for ink, ground in (("--on-accent", "--accent"), ("--accent-ink", "--accent-soft"), ("--on-fill", "--fill")):
            assert ratio(each[ink], each[ground]) >= TEXT, (ink, each)
        assert ratio(each["--accent"], each["--accent-soft"]) >= TEXT
    # What overlays stand on.
    assert ratio(face.accent_dark, "#14181c") >= TEXT


def test_a_colour_that_is_not_read_is_refused_with_its_ratio_and_the_nearest_that_is() -> None:
    with pytest.raises(InputError) as refused:
        checked(name="Val-Clair", accent="#ff0000", accent_dark="#330000", font="comic")
    light, dark, font = refused.value.problems
    shown = {"colour": "#ff0000", "nearest": "#d60000", "whole": 3, "tenth": 3}
    assert (light.code, light.place, dict(light.params)) == ("face-contrast", "accent", shown)
    assert (dark.code, dark.place, dict(dark.params)["colour"]) == ("face-contrast", "accent_dark", "#330000")
    assert (font.code, font.place) == ("face-font", "font")
    with pytest.raises(InputError) as refused:
        checked(name="", accent="red;}body{display:none", accent_dark="", font="legible")
    assert [problem.code for problem in refused.value.problems] == ["face-colour"]


def test_the_shipped_face_needs_no_style_sheet_and_leaves_the_widget_as_it_is() -> None:
    face = checked(name="", accent="", accent_dark="", font="legible")
    assert face == Face()
    assert face.is_default
    assert min(ratios(face).values()) >= TEXT
    assert "#7a1f5c" not in widget_in(face)


def test_a_face_is_said_to_pages_widget_and_overlays() -> None:
    face = checked(name=" Conseil  du Val ", accent="7A1F5C", accent_dark="", font="serif", logo="0" * 12 + ".svg")
    assert face.name == "Conseil du Val"
    assert page_css(face).startswith(':root,[data-face="light"]{--accent:#7a1f5c;')
    assert "Georgia" in page_css(face)
    assert widget_in(face).count("--accent:#7a1f5c") == 1
    assert widget_in(face).count(f"--accent:{face.accent_dark}") == 2
    # The widget's first load is counted in bytes: no face makes it longer.
    assert abs(len(widget_in(face)) - len(widget_in(Face()))) <= 30
    shown = overlay_css(face, "/face/a.svg", 2)
    assert shown.startswith(":root{--fill:#7a1f5c;--on-fill:#ffffff;--glow:")
    assert '--logo:url("/face/a.svg");--logo-ratio:2.000;' in shown


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        (b' onload="alert(1)"', b""),
        (b"", b"<script>alert(1)</script>"),
        (b"", b'<foreignObject><p xmlns="http://www.w3.org/1999/xhtml" onclick="alert(1)"></p></foreignObject>'),
        (b"", b'<image href="https://elsewhere.example/x.png" width="9" height="9"/>'),
        (b"", b'<image xlink:href="//elsewhere.example/x.png" width="9" height="9"/>'),
        (b"", b'<use href="https://elsewhere.example/x.svg#a"/>'),
        (b"", b'<a xlink:href="javascript:alert(1)"><rect width="1" height="1"/></a>'),
        (b"", b'<a href="&#x6A;avascript:alert(1)"><rect width="1" height="1"/></a>'),
        (b"", b"<style>@import url(https://elsewhere.example/x.css);</style>"),
        (b"", b'<style>rect{fill:url("https://elsewhere.example/x")}</style>'),
        (b"", b'<rect width="1" height="1" style="fill:url(https://elsewhere.example/x)"/>'),
        (b"", b'<animate attributeName="href" to="javascript:alert(1)"/><set attributeName="onload" to="alert(1)"/>'),
        (b"", b'<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>'),
    ],
)  # fmt: skip
def test_a_logo_keeps_nothing_that_runs_or_asks_elsewhere(attributes: bytes, inside: bytes) -> None:
    logo = clean_logo(SVG % (attributes, SQUARE + inside))
    assert logo.ending == "svg"
    assert b"7a1f5c" in logo.content
    for word in (b"script", b"alert", b"onload", b"foreignObject", b"elsewhere", b"svg+xml", b"<set", b"<animate"):
        assert word not in logo.content, logo.content
    with Image.open(io.BytesIO(logo.picture)) as drawn:
        assert (drawn.format, drawn.size, drawn.getpixel((600, 300))) == ("PNG", (640, 320), (122, 31, 92, 255))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<svg",
        b"<html xmlns='http://www.w3.org/2000/svg'/>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG % (b"", b"<text>&b;</text>"),
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG % (b"", b"<text>&a;</text>"),
        SVG % (b"", b"<g>" * 50_000),
        SVG % (b"", b" " * 200_001),
        b"\x89PNG\r\n\x1a\nxxxx",
        b"GIF89a",
    ],
)
def test_what_is_no_logo_is_refused(content: bytes) -> None:
    with pytest.raises(InputError) as refused:
        clean_logo(content)
    assert len(refused.value.problems) == 1


def reused(levels: int, times: int) -> bytes:
    """A shape within shapes: times to the power of levels."""
    parts = [b'<rect id="a0" width="1" height="1"/>']
    for level in range(1, levels + 1):
        parts.append(b'<g id="a%d">%s</g>' % (level, b'<use href="#a%d"/>' % (level - 1) * times))
    return b"<defs>%s</defs>" % b"".join(parts) + b'<use href="#a%d"/>' % levels


def picture_of(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return b'<image width="9" height="9" href="data:image/png;base64,%s"/>' % base64.b64encode(out.getvalue())


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        (b"", reused(5, 10)),
        (b"", reused(600, 1)),
        (b"", b'<g id="a"><use href="#a"/></g>'),
        (b"", b'<pattern id="p" width="1" height="1"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>'),
        (b"", b'<style>rect{fill:url(#p)}</style><pattern id="p"><rect/></pattern>'),
        (b"", picture_of(5_000, 5_000)),
        (b"", b'<rect width="1e30" height="1e30" stroke-width="1e30" stroke="#000"/>'),
        (b' width="1" height="100000"', SQUARE),
    ],
)
def test_a_logo_that_nobody_could_draw_at_once_is_refused(attributes: bytes, inside: bytes) -> None:
    with pytest.raises(InputError) as refused:
        clean_logo(SVG % (attributes, inside))
    assert [problem.code for problem in refused.value.problems] == ["logo-heavy"]


def test_a_logo_keeps_gradients_and_small_pictures_but_no_filter() -> None:
    shade = b'<linearGradient id="s"><stop stop-color="#7a1f5c"/></linearGradient><style>.s{fill:url(#s)}</style>'
    blur = b'<filter id="f"><feGaussianBlur stdDeviation="900"/></filter>'
    shapes = b'<rect class="s" filter="url(#f)" width="20" height="10"/><g style="filter:blur(900px)"/>'
    logo = clean_logo(SVG % (b"", shade + blur + shapes + picture_of(9, 9)))
    assert [word in logo.content for word in (b"url(#s)", b"data:image/png", b"filter", b"blur")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_photograph_is_made_small_and_says_nothing_of_its_camera() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    Image.new("RGB", (1_600, 800), "#123456").save(out, "PNG", exif=exif)
    logo = clean_logo(out.getvalue())
    assert (logo.ending, b"Maker" in logo.content) == ("png", False)
    with Image.open(io.BytesIO(logo.content)) as kept:
        assert kept.size == (640, 320)
