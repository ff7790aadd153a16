"""Figures of written questions and their answers: the turns of phrase that ministries and members use."""

import pytest

from pipelines.figures.extract import extract


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Il envisage, d'ici à la rentrée, de porter ce plafond à 700 euros.", ["plafond"]),
        ("Il a permis, selon le maire, de ramener la durée des gardes sur les quais à 9 jours.", ["durée des gardes"]),
        (
            "Une hausse du nombre de guichets est prévue dans un délai de deux ans, pour porter ce nombre à 45.",
            ["délai", "guichets"],
        ),
        ("La crise touche les apprentis. 15 % d'entre eux renoncent.", ["apprentis"]),
        ("Les apprentis estiment, pour 15 % d'entre eux, que le prix est trop élevé.", ["apprentis"]),
        (
            "La région verserait au port 4 millions d'euros pour la remise en état des quais.",
            ["remise en état des quais"],
        ),
        ("Cela coûterait à la ville 4 millions d'euros pour la seule remise en état des quais.", ["ville"]),
        ("Ils craignent, avec ce budget, que des lignes ne tombent à 30 km/h.", ["lignes"]),
        ("Selon Mme Jeanne Dupré, les lots valent 300 euros.", ["lots"]),
    ],
)
def test_subject(text: str, subjects: list[str]) -> None:
    assert [figure.subject for figure in extract(text)] == subjects


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("Entre 2011 et 2013, 230 lits de jour et 45 lits de nuit auront été créés.", ["up", "up"]),
        ("Il conteste les 900 postes de gardes créés depuis.", ["up"]),
        ("Cette majoration représente un coût de 4 millions d'euros.", [None]),
        ("Cette baisse représente un montant de 4 millions d'euros.", ["down"]),
        ("Il faudrait porter l'indice à 52 au lieu de 37 actuellement.", ["to", "from"]),
        ("Les vols explosent pour atteindre le record de 90 faits.", ["to"]),
    ],
)
def test_direction(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("Il a permis de revaloriser le plafond des aides de 7 %.", None),
        ("Il a été décidé de fixer le plafond des aides à 7 000 euros.", "max"),
        ("Ce dossier attend depuis bientôt 6 ans.", "about"),
    ],
)
def test_approximation(text: str, approx: str | None) -> None:
    assert [figure.approx for figure in extract(text)] == [approx]


def test_points_of_an_index_are_counted() -> None:
    figures = extract("Il demande de relever de deux points d'indice la pension, et d'un point la cotisation.")
    assert (figures[0].unit, figures[0].value) == (None, 2)


def test_a_tenth_month_is_no_share() -> None:
    assert extract("Ils ont obtenu le versement d'un dixième mois de bourse.") == ()
