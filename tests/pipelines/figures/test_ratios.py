import pytest

from pipelines.figures.extract import extract
from tests.pipelines.figures.reading import one


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Une femme sur trois renonce aux soins.", 1 / 3, "1"),
        ("Neuf élèves sur dix ont réussi.", 0.9, "1"),
        ("Le risque est de 1 sur 5.", 0.2, "1"),
        ("Un sur vingt et un l'obtient.", 1 / 21, "1"),
        ("Le trafic a été multiplié par 6.", 6, "x"),
        ("Le délai a été divisé par deux.", 2, "x"),
        ("Le prix est deux fois supérieur.", 2, "x"),
        ("Il y a trois fois plus de demandes.", 3, "x"),
        ("On compte 12 cas pour 100 000 habitants.", 12, "/100000"),
    ],
)
def test_ratio_rate_and_factor(text: str, value: float, unit: str) -> None:
    figure = one(text)
    assert figure.unit == unit
    assert figure.value == pytest.approx(value)


def test_a_rate_is_per_the_noun_it_is_counted_by() -> None:
    figure = one("On compte 3,5 médecins pour 1 000 habitants.")
    assert (figure.kind, figure.per) == ("rate", "habitants")


def test_multiplied_is_up_divided_is_down_and_denied_is_neither() -> None:
    assert one("Le trafic a été multiplié par 6.").direction == "up"
    assert one("Le délai a été divisé par deux.").direction == "down"
    assert one("La mise ne sera pas multipliée par trois.").direction is None


def test_doubling_is_a_factor_of_two() -> None:
    figure = one("Les dépenses ont doublé.")
    assert (figure.value, figure.unit, figure.direction) == (2, "x", "up")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Le nombre a été multiplié par plus de trois.", 3, "x"),
        ("Les loyers sont deux fois et demie plus chers.", 2.5, "x"),
        ("Les demandes ont quintuplé.", 5, "x"),
        ("C'est le triple du prix.", 3, "x"),
        ("Il gagne trois fois le salaire moyen.", 3, "x"),
        ("Les chênes forment 1/6ème des forêts.", 1 / 6, "1"),
        ("Cette rente était bien le dixième de la pension complète.", 0.1, "1"),
    ],
)
def test_a_factor_is_read(text: str, value: float, unit: str) -> None:
    figure = extract(text)[0]
    assert figure.unit == unit
    assert figure.value == pytest.approx(value)


def test_a_factor_may_be_a_range() -> None:
    (figure,) = extract("Les prix seront multipliés par 2 ou 3.")
    assert (figure.low, figure.high, figure.unit) == (2, 3, "x")
