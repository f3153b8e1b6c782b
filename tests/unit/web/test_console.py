"""What of the console needs no server: where a login may lead, and the words its scripts speak."""

import re

import pytest

from livesession.web.console.login import local_page
from livesession.web.console.scripts import FOLDER, script_words


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/console/s/une-seance", "/console/s/une-seance"),
        ("/console/s/une-seance?lang=en", "/console/s/une-seance?lang=en"),
        ("", "/console/"),
        ("https://elsewhere.example/console/", "/console/"),
        ("//elsewhere.example/console/", "/console/"),
        ("/\\elsewhere.example/console/", "/console/"),
        ("/console/\\elsewhere.example", "/console/"),
        ("/console/../api/v1/sittings", "/console/"),
        ("/console/%2e%2E/api", "/console/"),
        ("/console/\t/x", "/console/"),
        ("/console/logout", "/console/"),
        ("/api/v1/account", "/console/"),
    ],
)
def test_login_leads_to_pages_of_the_console_only(asked: str, led: str) -> None:
    assert local_page(asked) == led


_ALONE = re.compile(r'\bt\(\s*"([a-z-]+)"')
_COUNTED = re.compile(r'\btn\(\s*"([a-z-]+)"')


def test_scripts_find_their_words_in_both_languages() -> None:
    source = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.js"))
    asked = set(_ALONE.findall(source)) | {
        f"{name}-{form}" for name in _COUNTED.findall(source) for form in ("one", "other")
    }
    assert len(asked) > 100
    french, english = script_words("fr"), script_words("en")
    assert asked - set(french) == set()
    assert set(french) == set(english)


def test_script_words_name_the_same_places_in_both_languages() -> None:
    def places(sentence: str) -> set[str]:
        return set(re.findall(r"\{[a-z]+\}", sentence))

    french, english = script_words("fr"), script_words("en")
    assert {name for name in french if places(french[name]) != places(english[name])} == set()
    assert french["item-number"] == "point {item}"


def test_scripts_parse_no_markup_and_evaluate_nothing() -> None:
    for path in FOLDER.glob("*.js"):
        source = path.read_text("utf-8")
        found = re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser", source
        )
        assert (path.name, found) == (path.name, [])


def test_scripts_leave_the_spacing_of_signs_to_the_language() -> None:
    # Catalogues know it, and page.js for a sign between two of their sentences.
    for path in sorted(set(FOLDER.glob("*.js")) - {FOLDER / "page.js"}):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith(("/", "*"))]
        assert re.findall(r"(?:\u00a0|\\u00a0)[:;?!»]|[`\"]«", "\n".join(lines)) == [], path.name
