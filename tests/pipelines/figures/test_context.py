import pytest

from pipelines.figures.extract import extract
from tests.pipelines.figures.reading import one


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ces appareils coûtent 13 milliards chaque fois.", 13e9),
        ("Le budget prévu était de 4,5 millions, ce qui suffisait.", 4.5e6),
        ("L'assurance maladie rembourse 5,7 milliards.", 5.7e9),
        ("Le plan prévoit de réduire de 500 millions les crédits.", 5e8),
    ],
)
def test_a_large_number_after_a_word_of_money_is_money(text: str, value: float) -> None:
    figure = one(text)
    assert (figure.kind, figure.value, figure.unit) == ("money", value, "EUR")


def test_a_large_number_that_counts_something_is_no_money() -> None:
    assert one("Le plan vise 3 millions de logements.").unit is None
    assert one("La commune compte 2 millions.").unit is None


def test_degrees_are_of_temperature_where_the_sentence_speaks_of_heat() -> None:
    assert one("Le réchauffement atteindrait 1,5 degré.").unit == "Cel"
    assert one("La paroi penche de 12 degrés.").unit == "deg"


def test_points_are_of_percentage_beside_a_rate() -> None:
    assert one("Le taux de chômage est dix points au-dessus de la moyenne.").unit == "pp"
    assert extract("Le conseil traite dix points de son ordre du jour.")[0].unit is None
