import pytest

from tests.pipelines.figures.reading import one, values


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("3,1 milliards d'euros", "money", 3.1e9, "EUR"),
        ("12 M€", "money", 12e6, "EUR"),
        ("4,5 Md€", "money", 4.5e9, "EUR"),
        ("350 k€", "money", 350e3, "EUR"),
        ("2 Mds €", "money", 2e9, "EUR"),
        ("7,50 €", "money", 7.5, "EUR"),
        ("€ 300", "money", 300, "EUR"),
        ("EUR 1 000", "money", 1000, "EUR"),
        ("50 centimes", "money", 0.5, "EUR"),
        ("500 francs", "money", 500, "FRF"),
        ("500 000 francs CFP", "money", 500_000, "XPF"),
        ("100 francs suisses", "money", 100, "CHF"),
        ("trois cents dollars", "money", 300, "USD"),
        ("80 livres sterling", "money", 80, "GBP"),
        ("12,5 %", "percentage", 12.5, "%"),
        ("douze pour cent", "percentage", 12, "%"),
        ("5 p. 100", "percentage", 5, "%"),
        ("0,5 point", "percentage_point", 0.5, "pp"),
        ("3 points de PIB", "percentage_point", 3, "pp"),
        ("18 mois", "duration", 18, "mo"),
        ("deux trimestres", "duration", 6, "mo"),
        ("un siècle et demi", "duration", 150, "a"),
        ("45 mn", "duration", 45, "min"),
        ("1 400 hectares", "measure", 1400, "har"),
        ("60 m2", "measure", 60, "m2"),
        ("60 m²", "measure", 60, "m2"),
        ("12 mètres carrés", "measure", 12, "m2"),
        ("30 mètres cubes", "measure", 30, "m3"),
        ("25 centilitres", "measure", 25, "cL"),
        ("80 km/h", "measure", 80, "km/h"),
        ("90 kilomètres à l'heure", "measure", 90, "km/h"),
        ("5 GW", "measure", 5, "GW"),
        ("12 térawattheures", "measure", 12, "TWh"),
        ("40 °C", "measure", 40, "Cel"),
        ("−5 °C", "measure", -5, "Cel"),
        ("55 dB(A)", "measure", 55, "dB"),
        ("50 mg/l", "measure", 50, "mg/L"),
        ("9 chevaux fiscaux", "measure", 9, "[HP]"),
        ("1,2 million de tonnes", "measure", 1.2e6, "t"),
        ("2 ‰", "rate", 2, "/1000"),
        ("trente kilometres", "measure", 30, "km"),  # unaccented, as in old texts
    ],
)
def test_a_unit_is_read(text: str, kind: str, value: float, unit: str) -> None:
    figure = one(f"On relève {text} dans ce dossier.")
    assert (figure.kind, figure.unit) == (kind, unit)
    assert figure.value == pytest.approx(value)


def test_adjectives_between_number_and_unit_belong_to_it() -> None:
    figure = one("Au cours des cinq prochaines années, rien ne changera.")
    assert (figure.text, figure.value, figure.unit) == ("cinq prochaines années", 5, "a")


def test_points_are_percentage_points_only_when_they_measure_a_change() -> None:
    assert one("Le chômage a reculé de 3 points.").unit == "pp"
    assert one("La région compte 3 points de vente.").unit is None


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "  ", "\u00a0 "])
def test_any_space_may_stand_before_the_unit(space: str) -> None:
    assert values(f"Une part de 12{space}% est visée.") == [(12, "%")]
