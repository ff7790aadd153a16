"""Turns of phrase of written questions, old and new: how shares are written, and where a change or its level stands."""

import pytest

from tests.pipelines.figures.reading import Value, values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La part du port est de 40 p 100 du total.", [(40.0, "%")]),
        ("La part du port est de 40 pour 100 du total.", [(40.0, "%")]),
        ("On compte 7 pour 100 habitants.", [(7.0, "/100")]),
        ("La moule perd un pourcentage élevé de sa masse, soit un pour cent.", [(1.0, "%")]),
        ("Le loyer d'un hangar va de 300 euros à plus de 900 euros.", [((300.0, 900.0), "EUR")]),
        ("La flotte passe de 16 à plus de 40 navires.", [(16.0, None), (40.0, None)]),
        ("Le bruit dure pendant les sept heures de nuit.", [(7.0, "h")]),
        ("Le quai ferme dès 7 heures du soir.", []),
    ],
)
def test_value_and_unit(text: str, found: list[tuple[Value, str | None]]) -> None:
    assert values(text) == found
