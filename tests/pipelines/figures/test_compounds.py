import pytest

from tests.pipelines.figures.reading import one, values


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1 h 30", 90, "min"),
        ("1h30", 90, "min"),
        ("une heure trente", 90, "min"),
        ("2 minutes 30", 150, "s"),
        ("2 heures et 15 minutes", 135, "min"),
        ("un an et demi", 1.5, "a"),
        ("deux heures et demie", 2.5, "h"),
        ("deux ans et six mois", 30, "mo"),
        ("trois quarts d'heure", 0.75, "h"),
        ("une demi-heure", 0.5, "h"),
        ("7 euros 50", 7.5, "EUR"),
        ("treize euros et quarante-cinq centimes", 13.45, "EUR"),
    ],
)
def test_two_parts_make_one_quantity(text: str, value: float, unit: str) -> None:
    figure = one(f"La séance vaut {text} au total.")
    assert figure.unit == unit
    assert figure.value == pytest.approx(value)


def test_the_bounds_of_a_range_are_not_joined() -> None:
    assert values("Le délai est compris entre 1 an et 3 ans.") == [((1, 3), "a")]


def test_two_sums_side_by_side_stay_apart() -> None:
    assert values("Le tarif est de 7 euros et 12 euros selon le lieu.") == [(7, "EUR"), (12, "EUR")]
