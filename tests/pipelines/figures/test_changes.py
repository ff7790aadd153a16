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
        ("Le pays a vu disparaître 800 contrats.", "down"),
        ("Depuis, 12 lavoirs ont été fermés.", "down"),
        ("Le solde évolue (- 4 %).", "down"),
        ("Les vols ont fortement baissé (41 %).", "down"),
        ("Le tarif est porté à 11 euros.", "to"),
        ("Ce total sera ramené à 14.", "to"),
        ("Le taux s'élève à 20 %.", None),
        ("Le budget de 20 millions d'euros est voté.", None),
        ("Les enfants de 3 ans vont à l'école.", None),
        ("À cela s'ajoutent 15 retraits.", None),
        ("Les réductions visent les joueurs de moins de 13 ans.", None),
    ],
)
def test_direction_of_one_figure(text: str, direction: str | None) -> None:
    assert one(text).direction == direction


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("Le taux est passé de 10 à 12 %.", ["from", "to"]),
        ("La part est passée de 80,2 % en 2004, à moins de 70 % aujourd'hui.", ["from", "to"]),
        ("Le nombre de lits est passé de sept (selon le rapport) à trois.", ["from", "to"]),
        ("La part était de 40 % en 2001, elle n'est plus que de 22 %.", ["from", "to"]),
        ("On compte 700 mineurs contre 300 en 2016.", [None, "from"]),
        ("On compte 36 % de fermes contre 51 % dans la plaine.", [None, None]),
        ("Ils ont reculé respectivement de 11 % et 13 %.", ["down", "down"]),
        ("Une hausse de 28 % des vols et de 33 % des fraudes.", ["up", "up"]),
        ("Le prix varie de 10 % à 12 %.", [None]),
        (
            "Les vols de mâts ont augmenté de 12 %, les délits de fuite de 8 %, ceux dus au vent de 3 % et à la brume "
            "de 21 %.",
            ["up", "up", "up", "up"],
        ),
        ("Le cidre a reculé de 4 %, celui de poire de 7 %, les exportations de 9 %.", ["down", "down", "down"]),
        ("Les loyers ont augmenté de 5 %, les logements vacants représentant un taux de 12 %.", ["up", None]),
        ("Les ports ont connu des baisses nettes (respectivement - 6 % et - 9 %).", ["down", "down"]),
        ("Le coût - 6 % du total et - ce n'est rien - 9 % des frais - pèse.", [None, None]),
        ("Après dix ans de hausse continue, les prix se tassent.", [None]),
        ("Au terme de quatre ans de diminution des crédits, le service ferme.", [None]),
        ("La revalorisation de la prime de 300 à 450 euros est votée.", ["from", "to"]),
        ("Le relèvement du forfait annuel de 2 à 3 millions d'euros est voté.", ["from", "to"]),
        ("Une augmentation des loyers de 10 à 15 euros par mois est prévue.", ["up"]),
        ("Une baisse de la prime de 10 à 15 euros est prévue.", ["down"]),
        ("La revalorisation de la prime de 5 à 7 % est votée.", ["up"]),
        ("Elle estime la perte de pêche, d'ici 2028, à 4 millions d'euros.", ["down"]),
        ("Le préfet fixe le loyer, depuis la baisse, à 300 euros.", [None]),
        ("On juge les délits de fuite de 12 % des marins.", [None]),
        ("L'aide est majorée de 20 % par enfant à charge, soit 300 francs.", ["up", "up"]),
        ("L'aide est majorée de 20 % par enfant, les frais étant payés, soit 300 francs.", ["up", None]),
        ("Il obtient trois mois de réduction.", ["down"]),
    ],
)
def test_directions_of_several_figures(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("L'aide est tombée de 84 000 en 2009 à 3 000 euros en 2015.", ["from", "to"]),
        ("La subvention était de 70 000 euros en 2009, pour atteindre 9 000 euros.", ["from", "to"]),
        ("Le conseil augmente sa dotation de 1 100 000 euros à 1 300 000 euros.", ["from", "to"]),
        ("Leur nombre est passé, entre le 4 mars 2009 et le 4 mars 2010, de 700 à 900.", ["from", "to"]),
        ("La durée est de 9 mois (contre 7 mois auparavant).", [None, "from"]),
        ("Cette baisse atteindrait 50 % du budget.", ["down"]),
        ("Quinze postes sont supprimés.", ["down"]),
        ("Les cinq bureaux sont fermés le soir.", [None]),
        ("La création de citernes est prévue pour un volume de 300 m3.", [None]),
        ("Le nombre de candidats progresse (+ 700).", ["up"]),
    ],
)
def test_levels_and_amounts_are_told_apart(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Quelque 45 classes supplémentaires seront fermées.", "down"),
        ("Le groupe va licencier 200 salariés supplémentaires.", "down"),
        ("Deux brigades supplémentaires vont disparaître.", "down"),
        ("Quelque 45 classes supplémentaires seront ouvertes.", "up"),
        ("Il en résulte un manque à gagner de l'ordre de 4 millions d'euros.", None),
        ("La montée en puissance du service est de 40 agents.", None),
        ("Le préfet prononce une fermeture administrative de 3 mois.", None),
        ("Il touche une indemnité de licenciement de 9 000 euros.", None),
        ("Une perte de salaire de 300 euros est à craindre.", "down"),
    ],
)
def test_the_verb_wins_over_the_adjective_and_a_name_is_no_change(text: str, direction: str | None) -> None:
    assert extract(text)[0].direction == direction


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("Ce plafond de 1 000 euros devrait passer à environ 1 200 euros.", ["from", "to"]),
        ("Le taux de 10 % sera porté à 12 %.", ["from", "to"]),
        ("La baisse du nombre de vols attendue pour 2006 devrait être d'environ 5 %.", ["down"]),
        ("Il propose la suppression du régime au profit du taux réduit de 5,5 %.", [None]),
        ("Le passage aux soins à trente jours est décidé.", [None]),
        ("Cela passe par une hausse des pensions pour atteindre 85 % du salaire.", [None]),
        ("Il est prévu de porter au minimum à 900 mètres la distance.", ["to"]),
        ("La perte de l'ensemble des aides (base et prime) atteint 6 millions d'euros.", ["down"]),
        ("Si la prime a progressé, les indemnités restent de 2 francs en plaine à 3 francs en montagne.", [None] * 2),
    ],
)
def test_what_moves_and_what_only_stands_beside_a_word_of_change(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("L'arrêté étendrait de 3 à 6 mois la fermeture de la chasse.", ["from", "to"]),
        ("Ces délais seraient descendus à 13,7 mois et 7,1 mois.", ["to", "to"]),
        ("Le quota évolue, soit + 97 tonnes pour l'ouest et + 40 tonnes pour l'est.", ["up", "up"]),
        ("Le recrutement de 36 contractuels et de 40 assistants est prévu.", ["up", "up"]),
        ("Il a été créé 140 emplois de juges et 50 emplois de greffe.", ["up", "up"]),
        ("Il faut ajouter 10 postes d'aides, 15 postes de greffe et 25 postes de gardiens.", ["up"] * 3),
        ("On a créé 3 écoles et 12 élèves y vont.", ["up", None]),
        ("Une hausse de 26 % du budget en trois ans et de plus de 40 % depuis 2017.", ["up", None, "up"]),
        ("Des minorités de 5 % résistent.", [None]),
        ("Le seuil passe à la rentrée 2025-2026 à 40 places.", ["to"]),
        ("L'aide fut réduite il y a un an.", [None]),
        ("Le plan ouvre 31 places complémentaires.", ["up"]),
        ("L'île perd chaque année près de 400 hectares.", ["down"]),
        ("L'âge sera réduit progressivement de 3 %.", ["down"]),
        ("Les dossiers remontent à une quinzaine d'années.", [None]),
        ("La vente de pommes a augmenté de 42 % et celle de poires de 66 %.", ["up", "up"]),
        ("Le recul des vols – moins 11 % – se confirme, et le solde est à moins 30 %.", ["down", "down"]),
    ],
)
def test_one_change_of_several_figures_and_words_that_only_look_like_one(
    text: str, directions: list[str | None]
) -> None:
    assert [figure.direction for figure in extract(text)] == directions
