"""``livesession agenda``: what is printed, and the exit codes."""

import argparse
from pathlib import Path

import pytest

from livesession.agendas import read_agendas
from livesession.cli import agenda as command
from livesession.errors import InputError, NotFoundError
from livesession.i18n import words

TABLE = "titre;public;date\r\nBudget;oui;20/11/2026\r\nProtocole;non;20/11/2026\r\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "table.csv"
    file.write_bytes(TABLE.encode())
    return file


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers())
    args = parser.parse_args(["agenda", *arguments])
    code = args.run(args, words("fr"))
    assert isinstance(code, int)
    return code


def test_check_says_what_the_file_holds(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(table), "--assembly", "Conseil") == 0
    assert capsys.readouterr().out.replace("\u00a0", " ") == (
        "Ordre du jour lisible (csv), une séance.\n"
        "  Séance du 20 novembre 2026\n"
        "    ouverture : 20 novembre 2026, 00:00 (Europe/Paris)\n"
        "    2 points, un point à huis clos\n"
        "À savoir :\n"
        "  ligne 1 : aucun point n’a de numéro ; tous ont été pris comme points, dans l’ordre du fichier\n"
        "  ligne 2 : la date est donnée sans l’heure ; 00:00 a été inscrit ; corrigez avant la séance\n"
        "  ligne 2 : le tableau ne donne pas de titre à la séance ; « Séance du 20 novembre 2026 » a été inscrit\n"
    )


def test_check_says_every_reason_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("title: ''\nitems:\n- number: 1\n", "utf-8")
    assert run("check", str(file)) == 1
    assert capsys.readouterr().out.replace("\u00a0", " ") == (
        "L’ordre du jour ne peut pas être lu tel quel. Rien n’a été enregistré.\n"
        "  items[0].title : « title » manque\n"
        "  title : le texte manque\n"
    )


def test_new_lists_and_prints_templates(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new") == 0
    names = capsys.readouterr().out.split("\n")[1:-1]
    assert names == ["  commune", "  council", "  departement", "  epci", "  region"]
    assert run("new", "commune") == 0
    (agenda,) = read_agendas(capsys.readouterr().out.encode()).agendas
    assert agenda.title == "Conseil municipal"
    with pytest.raises(NotFoundError) as caught:
        run("new", "mairie")
    assert "commune, council" in words("fr").error(caught.value)


@pytest.mark.parametrize("form", ["yaml", "json", "csv"])
def test_convert_writes_what_reads_the_same(table: Path, form: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run("convert", str(table), "--to", form) == 0
    captured = capfdbinary.readouterr()
    assert read_agendas(captured.out).agendas == read_agendas(TABLE.encode()).agendas
    assert captured.out.startswith(b"\xef\xbb\xbf") is (form == "csv")
    assert len(captured.err.splitlines()) == 3


def test_columns_and_encoding_may_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("a|été\n".encode("cp1252"))
    assert run("check", str(file), "--encoding", "cp1252", "--separator", "|", "--column", "title=2") == 0
    assert "un point" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        run("check", str(file), "--column", "title")


def test_file_that_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        run("check", str(tmp_path / "none.csv"))
    with pytest.raises(InputError):
        run("convert", str(tmp_path), "--to", "yaml")
