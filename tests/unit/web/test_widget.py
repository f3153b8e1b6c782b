"""The widget's script as it is served: light, whole, and in the server's words."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from livesession.i18n import words
from livesession.web import widget
from livesession.web.rendering import STATIC, static_url

SENTENCES = (STATIC / "widget" / "words.js").read_text("utf-8")


def test_widget_weighs_less_than_15_kb() -> None:
    assert len(gzip.compress(widget.widget_source().encode(), 9)) < 15_000


def test_widget_names_no_font_file_and_no_page() -> None:
    source = widget.widget_source()
    assert not re.findall(r"url\((?!#)|@import|@font-face|:root|\drem\b", source)
    assert "--ls-font" in source


def test_style_of_the_widget_has_no_token_without_a_value() -> None:
    styles = widget._style()
    assert set(re.findall(r"var\((--[a-z0-9-]+)", styles)) - set(re.findall(r"(--[a-z0-9-]+):", styles)) == {
        "--ls-font"
    }


def test_widget_as_served_is_a_script(tmp_path: Path) -> None:
    if (node := shutil.which("node")) is None:
        pytest.skip("no node to read the script with")
    script = tmp_path / "widget.js"
    script.write_text(widget.widget_source(), "utf-8")
    assert subprocess.run([node, "--check", script], capture_output=True, text=True, check=False).stderr == ""


@pytest.mark.parametrize("column", [0, 1])
def test_page_and_widget_speak_in_the_same_sentences(column: int) -> None:
    """Server and browser each write the page; what one says, the other must say too."""
    t = words(("fr", "en")[column])
    said = dict(re.findall(r'^    "?([\w.-]+)"?: (\[.*\]),$', SENTENCES, re.MULTILINE))
    params = {
        name: "{" + name + "}" for name in ("number", "total", "time", "date", "from", "to", "done", "subject", "name")
    }
    compared = 0
    for name, pair in said.items():
        ident = f"public-{name}" if "." not in name else f"public-event-{re.sub('[._]', '-', name)}"
        if not t.has(ident) or "[" in pair[1:]:
            continue
        sentences = re.findall(r'"((?:[^"\\]|\\.)*)"', pair)
        assert t(ident, **params) == sentences[column], ident
        compared += 1
    assert compared > 40


def test_style_sheet_names_the_typeface_by_its_content() -> None:
    tokens = (STATIC / "tokens.css").read_text("utf-8")
    named = re.findall(r'url\("(fonts/[^"]+)"\)', tokens)
    assert named == [
        static_url("fonts/atkinson-hyperlegible-next.woff2").removeprefix("/static/"),
        static_url("fonts/atkinson-hyperlegible-next-latin-ext.woff2").removeprefix("/static/"),
    ]
