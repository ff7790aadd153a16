"""Changes as answers tell them: levels said again, cuts and passives far from their number, and what is no change."""

import pytest

from pipelines.figures.extract import extract
from tests.pipelines.figures.reading import one


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        (
            "Ils représentaient 12 % des mousses en 2018, soit 400 marins, "
            "ils représentent désormais 15 % en 2024, soit près de 700 marins.",
            ["from", "from", "to", "to"],
        ),
        ("La part est portée à 12 %, soit 400 marins.", ["to", "to"]),
        ("On note un recul, passant de 900 lits en 2016 contre 400 en 2023.", ["from", "to"]),
        ("Le port évalue le coût à 7 millions d'euros, contre 4 millions dans les devis initiaux.", [None, "from"]),
        ("Le taux de casse est de 8 %, contre 6 % au semestre précédent.", [None, "from"]),
        ("De 20 millions d'euros par an entre 2015 et 2018, ils sont passés à 35 millions d'euros.", ["from", "to"]),
        ("L'agence évalue par ailleurs à 30 % la hausse des tempêtes.", ["up"]),
        ("Les ports ont subi des coupes oscillant entre 20 et 60 % de leurs crédits.", ["down"]),
        ("La capitainerie subit 45 % de rabot sur ses crédits.", ["down"]),
        ("Plus de vingt postes de gardiens du phare et des quais auraient été supprimés.", ["down"]),
        ("La chambre rappelle que 9 milliards de créances ont été ajoutés au bilan.", ["up"]),
        ("La présence des gardes s'est accrue, en l'espace de deux ans, de 7 %.", [None, "up"]),
        ("On annonce 30 fermetures de gares et 12 ouvertures.", ["down", "up"]),
        ("La crise a détruit 400 emplois.", ["down"]),
        ("On note une baisse des aides, qui pourrait être de l'ordre de 16 %.", ["down"]),
        ("On pense aux 30 guides de la gare limogés en mai.", ["down"]),
        ("Leur nombre a augmenté, pour atteindre 47.", ["to"]),
        ("On compte 340 lits qui ont été fermés en 2019, 400 en 2018.", ["down", "down"]),
        ("Les vols ont crû de 4 %, les délits non graves de 3 %, et les délits graves de plus de 7 %.", ["up"] * 3),
        ("L'effectif sera en 2014 de + 577 pour la capitainerie.", ["up"]),
        ("Le nombre de trains est réduit, passant de huit à sept.", ["from", "to"]),
        ("Le nombre de mousses a doublé (de 36 900 à 66 700).", ["up", "from", "to"]),
        ("L'enveloppe va augmenter, mais seulement de 6 millions d'euros.", ["up"]),
        ("La gare perd 37 postes supprimés (15 dans les quais et 22 dans les bureaux).", ["down", "down", "down"]),
        ("L'agence évalue à 40 % la hausse des tempêtes d'ici 2050 et à 60 % avec la houle.", ["up", "up"]),
        # no change
        ("Le non-respect de cette restriction est passible d'une amende de 900 euros.", [None]),
        ("C'est un plan d'embauche : 300 guides.", [None]),
        ("La crue a détruit 40 granges.", [None]),
        ("Au printemps, 40 granges ont été détruites.", [None]),
        ("Un rabais de 7 % est consenti aux mousses.", [None]),
        ("L'an passé, 60 ouvertures de gîtes ont été recensées.", [None]),
        ("Le rapport relève un manque de moyens de 3 millions d'euros.", [None]),
        ("Le préfet relève de 3 % le plafond.", ["up"]),
        ("Le trafic s'est amélioré – le taux est de 86 %.", [None]),
        ("La taxe passe de 10 à 12 %, soit 2 % de plus.", ["from", "to", "up"]),
    ],
)
def test_direction(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Au port, 4 millions de litres de lait sont bus par les enfants annuellement.", "a"),
        ("Ces garanties atteignent 90 millions d'euros pour 1 GW.", "GW"),
        ("Le coût annuel de cette mesure a été évalué par la chambre des marins à 3 millions d'euros.", "a"),
        ("La part est de 78 % au semestre précédent.", None),
        ("Un drone (< 30 kg) mis en vol quotidiennement est léger.", None),
    ],
)
def test_per(text: str, per: str | None) -> None:
    assert extract(text)[0].per == per


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("Ils encourent jusqu'à deux ans de prison et 9 000 euros d'amende.", ["max", "max"]),
        ("La moitié à peine des 15 000 gîtes est aidée.", ["max", None]),
        ("Ils encourent deux ans de prison et 9 000 euros d'amende.", [None, None]),
        ("La prise en charge à compter de 2025 de la moitié des frais est acquise.", [None]),
    ],
)
def test_approximation(text: str, approx: list[str | None]) -> None:
    assert [figure.approx for figure in extract(text)] == approx


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Le taux de renvois est passé de 49 à 89 pour 100 000 habitants.", ["/100000", "/100000"]),
        ("Le taux est de 40 %, soit onze points en dessous de la moyenne.", ["%", "pp"]),
        ("Il faut 42 jours chez un barbier (29 en 2011).", ["d", "d"]),
        ("Il faut 57 jours pour avoir un lit au port en 2014 (contre 51 en 2011).", ["d", "d"]),
        ("On compte 57 bacs au port en 2014 (contre 51 en 2011).", [None, None]),
    ],
)
def test_the_unit_of_a_level_told_by_its_number_alone(text: str, units: list[str | None]) -> None:
    assert [figure.unit for figure in extract(text)] == units


@pytest.mark.parametrize("verb", ["ne peut excéder", "dépasse", "atteint", "représente"])
def test_one_length_of_time_after_a_verb_that_measures(verb: str) -> None:
    assert one(f"Le délai {verb} un mois.").value == 1
