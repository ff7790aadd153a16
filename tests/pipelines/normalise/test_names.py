"""Names in reading order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.normalise.names import reading_order


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("MASSON Jean Louis", "Jean Louis Masson"),
        ("Masson Jean Louis", "Jean Louis Masson"),
        ("Abelin Jean-Pierre", "Jean-Pierre Abelin"),
        ("Le Nay Jacques", "Jacques Le Nay"),
        ("Jean Pierre", "Pierre Jean"),
        ("LE GLEUT Ronan", "Ronan Le Gleut"),
        ("de LA PROVÔTÉ Sonia", "Sonia de La Provôté"),
        ("d'ABOVILLE Olivier", "Olivier d'Aboville"),
        ("SAINT-PÉ Denise", "Denise Saint-Pé"),
        ("GOY-CHAVENT Marie-Anne", "Marie-Anne Goy-Chavent"),
        ("L'HUISSIER Pierre", "Pierre L'Huissier"),
        ("MARTIN", "MARTIN"),
        ("", ""),
    ],
)
def test_surname_first(printed: str, said: str) -> None:
    assert reading_order(printed, surname_first=True) == said


def test_a_name_in_order_is_left_alone() -> None:
    assert reading_order("Jean MARTIN", surname_first=False) == "Jean MARTIN"


@given(st.lists(st.sampled_from(["MARTIN", "Le", "de", "LA", "Jean", "Marie-Anne", "d'Or", "J."]), max_size=5))
def test_no_word_is_lost(words: list[str]) -> None:
    said = reading_order(" ".join(words), surname_first=True)
    assert sorted(word.casefold() for word in said.split()) == sorted(word.casefold() for word in words)
