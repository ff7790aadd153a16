"""Turns of phrase of written questions, old and new: how shares are written, and where a change or its level stands."""

import pytest

from pipelines.figures.extract import extract
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
        ("Le coût du quai dépasse le million d'euros.", [(1000000.0, "EUR")]),
        ("Le fret passe la barre du million de tonnes.", [(1000000.0, "t")]),
        ("Le gain est de 300 000 euros, mais peut atteindre le million.", [(300000.0, "EUR"), (1000000.0, "EUR")]),
        ("Le million d'euros voté reste en caisse.", []),
        ("Le quai ferme dès 7 heures du soir.", []),
    ],
)
def test_value_and_unit(text: str, found: list[tuple[Value, str | None]]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("La baisse du taux de la taxe à 7 % aide les ports.", ["to"]),
        ("La réduction de la vitesse à 30 km/h aide les ports.", ["to"]),
        ("La hausse du nombre de marins à 300 mètres du quai étonne.", [None]),
        ("Le coût est passé à 4 millions d'euros, alors qu'il était de 3 millions d'euros.", ["to", "from"]),
        ("La vente est de 4 millions d'euros, alors qu'elle était de 3 millions d'euros au premier semestre 2009.",
         [None, "from"]),
        ("Le fret représentant 62 % du trafic, il n'en représente plus que 40 %.", ["from", "to"]),
        ("La pêche a doublé en six ans, pour atteindre 300 tonnes.", ["up", None, "to"]),
        ("Les marins perdent entre 30 et 40 euros par mois.", ["down"]),
        ("Les 3 millions d'euros qui viennent d'être annulés manquent.", ["down"]),
        ("Les 3 millions d'euros qui viennent d'être votés suffisent.", [None]),
        ("On va dissoudre trois brigades.", ["down"]),
        ("Les crabes ont été multipliés par deux et ceux du large, par trois.", ["up", "up"]),
        ("La bourse des mousses sera augmentée à hauteur de 2 %.", ["up"]),
        ("On veut augmenter le taux de la bourse à hauteur de 60 %.", ["to"]),
        ("Les ventes ont baissé en six mois de 3 %.", [None, "down"]),
        ("On va supprimer le prêt de six mois de 3 %.", [None, None]),
        ("Huit phares ont été fermés ; sept le seront.", ["down", "down"]),
        ("La perte de valeur du point de l'indice (8 %) inquiète.", ["down"]),
        ("La hausse de la part du gaz (40 %) étonne.", [None]),
    ],
)  # fmt: skip
def test_direction(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Les vols sur les quais ont connu une forte hausse de 13 %.", "vols"),
        ("La chute brutale des cours de la moule dure. La baisse de l'ordre de 20 % inquiète.", "cours de la moule"),
        ("La dépense du port s'élève tout compris avec la garde à 3 millions d'euros.", "dépense du port"),
        ("M. Roy interroge M. le ministre de la pêche et de la mer sur les 3 millions d'euros annulés dans le budget.",
         "budget"),
        ("Le taux de casse considéré comme normal (10 %) est dépassé.", "taux de casse"),
        ("L'eau a une teneur de sel, soit deux fois la limite.", "eau"),
        ("La pêche vaut trois fois la population du bourg.", "population du bourg"),
        ("Le taux de remise est de 60 % du tarif de base.", "taux de remise"),
        ("On veut réduire le plafond à hauteur de 300 euros.", "plafond"),
        ("Le mousse tient à un revenu relativement bas : 300 euros.", "revenu relativement bas"),
        ("Le revenu est relativement bas : 300 euros.", "revenu"),
        ("On confirme la progression déjà observée (+ 3 %).", "progression déjà observée"),
        ("La commune touche la prime des ports. Cette dernière est fixée à 30 euros.", "prime des ports"),
        ("On confie la garde au bureau de l'école. Ce dernier touche 30 euros.", "bureau de l'école"),
        ("Le port touche la prime de la mer. Ce dernier a versé 30 euros.", "port"),
        ("Le relèvement du taux de la taxe à 9 % pèse.", "taux de la taxe"),
        ("Le cours de la moule enregistre une baisse de 13 %.", "cours de la moule"),
        ("Il vise les mousses en âge de naviguer (15-64 ans).", "mousses en âge"),
        ("La part des femmes dans les équipages (12 %) progresse.", "part des femmes"),
        ("On loue des cales dans les ports de la mer (300 euros).", "ports de la mer"),
        ("La prime, jugée trop faible (30 euros), est contestée.", "prime"),
        ("Les aides versées par la région aux ports (3 millions d'euros) baissent.", "aides versées"),
        ("On a fermé 12 cales suite à la grève.", "cales"),
    ],
)  # fmt: skip
def test_subject(text: str, subject: str) -> None:
    assert extract(text)[-1].subject == subject


def test_what_a_rate_per_day_spreads_is_the_subject() -> None:
    assert {figure.subject for figure in extract("Il prend un repos de 20 jours à raison de 2 jours.")} == {"repos"}


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Le port emploie 300 agents et verse chaque année 4 millions d'euros.", [None, "a"]),
        ("On aide 300 foyers et 40 écoles chaque année.", ["a", "a"]),
        ("On verse 300 bourses supplémentaires annuelles.", ["a"]),
        ("La houle coûte 7 millions d'euros (M€) par an.", ["a"]),
        ("La houle coûte 7 millions d'euros (voir la note) par an.", [None]),
        ("La mer attire ; chaque année, 8 millions de nuitées.", ["a"]),
    ],
)
def test_denominator(text: str, per: list[str | None]) -> None:
    assert [figure.per for figure in extract(text)] == per


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("Il regrette la limitation de 300 euros de la prime.", "max"),
        ("On veut réduire le plafond à hauteur de 300 euros.", "max"),
        ("Les mousses partis avant l'âge de seize ans reviennent.", "max"),
    ],
)
def test_bound(text: str, approx: str) -> None:
    assert [figure.approx for figure in extract(text)] == [approx]
