"""Settings: read once, each described, each error named."""

import stat
from pathlib import Path
from typing import Any

import pytest

from livesession.errors import InputError, Problem
from livesession.i18n import LANGUAGES, words
from livesession.settings import Said, Settings, load_settings, secret_key_of


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine that runs the tests, and no .env file."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_every_setting_says_what_it_is_for_in_both_languages() -> None:
    for name, field in Settings.model_fields.items():
        said = [each for each in field.metadata if isinstance(each, Said)]
        assert len(said) == 1, name
        assert said[0].fr
        assert said[0].en


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite+aiosqlite:////srv/a.db", "sqlite+aiosqlite:////srv/a.db"),
        ("postgres://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql+asyncpg://u@h/d", "postgresql+asyncpg://u@h/d"),
    ],
)
def test_every_way_to_write_the_database_serves(monkeypatch: pytest.MonkeyPatch, given: str, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    assert load_settings().database_url == url


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("PORT", "http", "setting-number"),
        ("PORT", "70000", "setting-most"),
        ("PORT", "-1", "setting-least"),
        ("LIVESESSION_ROLE", "boss", "setting-choice"),
        ("DATABASE_URL", "mysql://h/SECRET", "setting-database-url"),
        ("DATABASE_URL", "SECRET", "setting-database-url"),
        ("DATABASE_URL", "postgresql://u:SECRET@h:port/d", "setting-database-url"),
        ("DATABASE_URL", "sqlite:///", "setting-database-file"),
        ("DATABASE_URL", "sqlite:///:memory:", "setting-database-file"),
        ("DATABASE_URL", "sqlite:////srv/", "setting-database-file"),
        ("PUBLIC_URL", "direct.mairie.example", "setting-public-url"),
        ("PUBLIC_URL", "ftp://direct.mairie.example", "setting-public-url"),
        ("PUBLIC_URL", 'https://direct.mairie.example/"><script>', "setting-public-url"),
        ("PUBLIC_URL", "https://direct.mairie.example:port", "setting-public-url"),
        ("EMBED_ORIGINS", "https://www.mairie.example javascript:alert(1)", "setting-origin"),
        ("OVERLAY_THEMES", "/nowhere/themes", "setting-folder"),
    ],
)
def test_a_bad_setting_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as caught:
        load_settings()
    assert caught.value.code == "settings_unreadable"
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [(code, name)]
    assert "SECRET" not in repr(caught.value.problems)
    for language in LANGUAGES:
        assert all(words(language).error_lines(caught.value))


def test_an_empty_setting_is_as_if_it_were_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert load_settings() == Settings.model_construct()


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1")
    assert (load_settings(port=2).port, load_settings(port=None).port) == (2, 1)


def test_the_public_address_has_no_trailing_slash() -> None:
    assert load_settings(public_url="https://direct.example.fr/").base_url == "https://direct.example.fr"
    assert load_settings(port=81).base_url == "http://localhost:81"


def test_a_key_is_generated_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    settings = load_settings(database_url=f"sqlite:///{tmp_path}/new/a.db")
    key = secret_key_of(settings)
    kept = tmp_path / "new" / "a.db.key"
    assert secret_key_of(settings) == key == kept.read_bytes()
    assert len(key) == 64
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [file.name for file in kept.parent.iterdir()] == ["a.db.key"]


def test_a_given_key_is_taken_and_never_shown() -> None:
    settings = load_settings(secret_key="0123456789abcdef")
    assert secret_key_of(settings) == b"0123456789abcdef"
    assert "0123456789abcdef" not in repr(settings) + str(settings)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"secret_key": "too short"}, Problem.of("secret-key-short", "SECRET_KEY")),
        ({"database_url": "postgresql://h/d"}, Problem.of("secret-key-needed", "SECRET_KEY")),
    ],
)
def test_a_key_that_cannot_serve_is_refused(given: dict[str, Any], problem: Problem) -> None:
    with pytest.raises(InputError) as caught:
        secret_key_of(load_settings(**given))
    assert (caught.value.code, caught.value.problems) == ("settings_unreadable", (problem,))
    assert "too short" not in repr(caught.value)


def test_a_key_that_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(InputError) as caught:
        secret_key_of(load_settings(database_url=f"sqlite:///{tmp_path}/file/a.db"))
    assert [problem.code for problem in caught.value.problems] == ["secret-key-file"]
