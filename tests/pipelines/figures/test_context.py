import pytest

from pipelines.figures.extract import extract
from tests.pipelines.figures.reading import Value, one, values


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Trente millions seront débloqués pour la pêche.", [(3e7, "EUR")]),
        ("Une soixantaine de millions est déjà prélevée.", [(6e7, "EUR")]),
        ("Deux millions ont déjà embarqué.", [(2e6, None)]),
        ("Le contingent d'heures de pêche est fixé à 220.", [(220, "h")]),
        ("Le nombre de jours de congé est de 25.", [(25, "d")]),
        ("Le nombre de jours de pêche est de 12 marées.", [(12, None)]),
        ("Le nombre de marins est de 300.", [(300, None)]),
        ("Les 60 premiers millions de moules arrivent.", [(6e7, None)]),
        ("La prime de mer augmente de deux points de la retraite.", [(2, None)]),
        ("L'aide est portée à trois mois (de 6 à 9 mois).", [(3, "mo"), ((6, 9), "mo")]),
        ("Le quai est fermé du samedi 14 heures au lundi 8 heures.", []),
    ],
)
def test_what_is_counted_or_spent_gives_the_unit(text: str, found: list[tuple[Value, str | None]]) -> None:
    assert values(text) == found
