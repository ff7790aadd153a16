import pytest

from pipelines.figures.extract import extract
from tests.pipelines.figures.reading import one


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Les appels ont augmenté de 50 %.", "up"),
        ("Les prix ont, en 2018, augmenté de 4 %.", "up"),
        ("On annonce une hausse du nombre de dossiers de 28 %.", "up"),
        ("On annonce une revalorisation des pensions de 0,3 %.", "up"),
        ("La ville a gagné 7 000 habitants.", "up"),
        ("La France émet 3 % de plus de gaz.", "up"),
        ("On demande 200 postes supplémentaires.", "up"),
        ("L'indice évolue (+ 3 %).", "up"),
        ("On va créer 500 places.", "up"),
        ("Le plan vise à réduire de 15 % la consommation.", "down"),
        ("Une baisse de 12 % est prévue.", "down"),
        ("On va supprimer 30 postes.", "down"),
        ("Le pays a vu disparaître 3 600 contrats.", "down"),
        ("Depuis, 43 centres ont été fermés.", "down"),
        ("Le solde évolue (- 4 %).", "down"),
        ("Les vols ont fortement baissé (41 %).", "down"),
        ("Le montant est porté à 20 euros.", "to"),
        ("Ce nombre sera abaissé à 20.", "to"),
        ("Le taux s'élève à 20 %.", None),
        ("Le budget de 20 millions d'euros est voté.", None),
        ("Les enfants de 3 ans vont à l'école.", None),
        ("À cela s'ajoutent 21 blessés.", None),
        ("Les réductions visent les enfants de moins de 14 ans.", None),
    ],
)
def test_direction_of_one_figure(text: str, direction: str | None) -> None:
    assert one(text).direction == direction


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("Le taux est passé de 10 à 12 %.", ["from", "to"]),
        ("La part est passée de 90,4 % en 2009, à moins de 60 % aujourd'hui.", ["from", "to"]),
        ("Le nombre de lits est passé de sept (selon le rapport) à trois.", ["from", "to"]),
        ("La part était de 50 % en 2002, elle n'est plus que de 35 %.", ["from", "to"]),
        ("On compte 700 mineurs contre 300 en 2016.", [None, "from"]),
        ("On compte 36 % de diplômés contre 42 % dans l'Hexagone.", [None, None]),
        ("Ils ont chuté respectivement de 17 % et 27 %.", ["down", "down"]),
        ("Une hausse de 28 % des vols et de 33 % des fraudes.", ["up", "up"]),
        ("Le prix varie de 10 % à 12 %.", [None]),
    ],
)
def test_directions_of_several_figures(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions
