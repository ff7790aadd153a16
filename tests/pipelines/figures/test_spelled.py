import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.figures.spelled import write_digits
from tests.pipelines.figures.test_numbers import spell


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Trente-deux agents et dix véhicules.", "32 agents et 10 véhicules."),
        ("un immeuble neuf", "un immeuble neuf"),
        ("neuf immeubles, le numéro neuf", "9 immeubles, le numéro 9"),
        ("un, deux, trois", "1, 2, 3"),
        ("il y en a un ou deux", "il y en a un ou deux"),
        ("zéro six quarante zéro deux", "06 40 02"),
        ("quatorze virgule zéro cinq", "14,05"),
        ("la vingt-troisième et la deuxième", "la 23ème et la deuxième"),
        ("quatre premiers prix", "4 premiers prix"),
        ("trente un", "30 1"),
        ("trente-un", "trente-un"),
        ("trois quatre vingt", "3 4 20"),
        ("quatre vingt douze", "92"),
        ("nonante-cinq", "95"),
        ("la cave est à moins douze, le grenier à plus trente", "la cave est à -12, le grenier à +30"),
        ("au moins trente lits et non plus douze", "au moins 30 lits et non plus 12"),
        ("un solde de moins deux", "un solde de moins deux"),
        ("il fait moins deux", "il fait -2"),
        ("rien à écrire", "rien à écrire"),
    ],
)
def test_spelled_numbers_are_written_in_digits(text: str, written: str) -> None:
    assert write_digits(text) == written


def test_small_numbers_alone_are_written_where_asked() -> None:
    assert write_digits("deux lits, la première", smallest_alone=0) == "2 lits, la 1ère"


@given(number=st.integers(3, 10**12))
def test_every_number_is_written(number: int) -> None:
    assert write_digits(f"Soit {spell(number)} lots") == f"Soit {number} lots"


@given(text=st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    write_digits(text)
