"""Motives of closing."""

import pytest

from pipelines.parse.closing import closing_kind, is_motive
from schemas.question import EventKind


@pytest.mark.parametrize(
    ("motive", "kind"),
    [
        ("Fin de mandat", EventKind.LAPSED),
        ("(CADUCITE)", EventKind.LAPSED),
        (" (retrait) ", EventKind.WITHDRAWN),
        ("Réponse publiée", EventKind.ANSWERED),
        ("transformée en question orale", EventKind.CONVERTED),
    ],
)
def test_a_known_motive(motive: str, kind: EventKind) -> None:
    assert closing_kind(motive) == kind
    assert is_motive(motive)


def test_a_closing_without_a_motive_is_the_author_s() -> None:
    assert closing_kind("") == EventKind.WITHDRAWN
    assert not is_motive("")


def test_an_unknown_motive_is_kept_as_such() -> None:
    assert closing_kind("erreur de saisie") == EventKind.CLOSED_OTHER
    assert not is_motive("erreur de saisie")
