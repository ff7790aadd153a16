"""Author lines and motives."""

import pytest

from pipelines.parse.author import read_author
from pipelines.parse.closing import closing_kind, is_motive
from schemas.question import EventKind


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("de M. Ugo Val (La Montagne - Nord )", ("M.", "Ugo Val", "La Montagne", "Nord")),
        ("de Mme\u00a0Ada Martin ( Groupe - Haute-Savoie )", ("Mme", "Ada Martin", "Groupe", "Haute-Savoie")),
        ("M.Abel Jean-Pierre", ("M.", "Abel Jean-Pierre", None, None)),
        ("de M Pierre-Yves Tre ( S - Jura )", ("M.", "Pierre-Yves Tre", "S", "Jura")),
        ("de Mlle Eve Roc ( - Jura )", ("Mlle", "Eve Roc", None, "Jura")),
        ("de Ada Martin (Non inscrit)", (None, "Ada Martin", "Non inscrit", None)),
        ("VAL Ada (Mme)", ("Mme", "VAL Ada", None, None)),
        ("de MM. Val et Roc (S - Jura)", ("MM.", "Val et Roc", "S", "Jura")),
        ("M MARTIN Jean", ("M.", "MARTIN Jean", None, None)),
        ("de M. X Y (A (apparenté) - B - Jura)", ("M.", "X Y", "A (apparenté) - B", "Jura")),
    ],
)
def test_author(line: str, parts: tuple[str | None, ...]) -> None:
    author = read_author(line.replace("\u00a0", " "))
    assert author is not None
    assert (author.civility, author.name, author.group, author.constituency) == parts


def test_the_senate_prints_the_department_first() -> None:
    author = read_author("de M. LE VAL Jean (Tarn-et-Garonne - Les Monts - A)", group_first=False, surname_first=True)
    assert author is not None
    assert (author.constituency, author.group, author.surname_first) == ("Tarn-et-Garonne", "Les Monts - A", True)
    alone = read_author("de M. LE VAL Jean (Tarn-et-Garonne)", group_first=False)
    assert alone is not None
    assert (alone.constituency, alone.group) == ("Tarn-et-Garonne", None)


@pytest.mark.parametrize(
    ("line", "surname_first"),
    [("M.Val Ugo", True), ("M. VAL Ugo", True), ("M. LE VAL Ugo", True), ("M. Ugo VAL", False), ("M. UGO VAL", False)],
)
def test_capitals_or_no_blank_tell_that_the_surname_stands_first(line: str, surname_first: bool) -> None:
    author = read_author(line)
    assert author is not None
    assert author.surname_first is surname_first


@pytest.mark.parametrize(
    "line", ["Question écrite", "Martin Ada", "MARTIN Ada", "Rubrique > eau", "", "(Groupe - Nord)"]
)
def test_no_author(line: str) -> None:
    assert read_author(line) is None


@pytest.mark.parametrize(
    ("motive", "kind"),
    [
        ("fin de mandat", EventKind.LAPSED),
        ("( Fin de mandat )", EventKind.LAPSED),
        ("CADUCITE", EventKind.LAPSED),
        ("", EventKind.WITHDRAWN),
        ("retrait de l’auteur", EventKind.WITHDRAWN),
        ("doublon", EventKind.CLOSED_OTHER),
    ],
)
def test_motives(motive: str, kind: EventKind) -> None:
    assert closing_kind(motive) == kind


def test_no_motive_is_not_a_motive_line() -> None:
    assert is_motive("Fin de mandat")
    assert not is_motive("")
    assert not is_motive("Mentions légales")
