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


def test_billions_of_nothing_named_are_money() -> None:
    figures = extract("Le trou de la caisse du nord est de 31 milliards, celui de la caisse du sud de 15 milliards.")
    assert [figure.unit for figure in figures] == ["EUR", "EUR"]


def test_dots_after_a_number_are_no_part_of_it() -> None:
    assert [figure.value for figure in extract("Les rames sont 13 000...")] == [13_000]


def test_one_for_so_many_is_a_rate() -> None:
    figures = extract("On garde la proportion d'un gendarme pour 1 000 habitants.")
    assert [(figure.value, figure.unit, figure.per) for figure in figures] == [(1, "/1000", "habitants")]


def test_a_tenth_month_is_no_share() -> None:
    assert extract("Ils ont obtenu le versement d'un dixième mois de bourse.") == ()


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "Le taux d'emprunt des livres baisse. Cependant, alors que ce taux est en moyenne de 3 %, rien ne bouge.",
            "taux",
        ),
        ("Le nombre de lots baisse partout. On estime que ce nombre sera ramené à 12.", "lots"),
        ("La prime est à 30 euros. Nous la porterons à 60 euros.", "prime"),
        ("La prime est à 30 euros. Le maire veut la relever de 20 %, ce qui la porte à 36 euros.", "prime"),
        ("Il demande la hausse de la prime, qu'il conviendrait de porter à 60 euros.", "prime"),
        ("La prime est utile, car elle coûte 2 millions d'euros.", "prime"),
        ("Pour aider la pêche, le Gouvernement a prévu 5 millions d'euros.", "pêche"),
        ("Les ventes sont de 30 millions d'euros, encore en hausse de 8 %.", "ventes"),
        ("Il présente le projet de budget (en progression de 4 %).", "projet de budget"),
        ("Le nombre de lots croît et la part des ventes en 2015 (12 %) baisse.", "part des ventes"),
        ("Rappelez-vous : il y a trente ans, la commune avait une gare.", "commune"),
        ("La pêche est de nouveau en baisse – moins 3 % pour 2015.", "pêche"),
        (
            "La région verse 4 millions d'euros pour l'achat de rames et 2 millions d'euros par an pour les gares.",
            "gares",
        ),
        ("Les loyers sont de 6 % plus élevés ici ; en Corse, de 7 %.", "loyers"),
        ("De mémoire, le loyer est de 300 euros.", "loyer"),
        ("Prenons le prix des rames : il a augmenté de 4 %.", "prix des rames"),
        ("Le fermier qui a eu une carrière longue touche une retraite de 900 euros.", "retraite"),
        ("Le loyer du fermier qui a eu une carrière longue est de 900 euros.", "loyer"),
        ("Les rames, dont le prix est de 3 millions d'euros, sont livrées.", "prix de rames"),
        ("En ce qui concerne les gares, nous avons fait le choix d'investir 3 millions d'euros.", "gares"),
        ("Cet accord fixe à 200 euros maximum le prix d'un repas.", "prix"),
        ("La taxe baisse de 3 euros, ce qui représente une diminution de 10 %.", "taxe"),
        ("La réponse au problème tarde : les loyers augmentent. Ils se sont accrus de 45 %.", "loyers"),
        (
            "Le nombre de titres d'une durée supérieure à un an remis à des agents nés hors du port : 6 150 en 1996.",
            "titres",
        ),
        ("Pour ce port, 25 millions d'euros sont nécessaires pour la pose de digues.", "pose de digues"),
        ("La prime est de 30 euros. Il veut porter cette année ce plafond à 40 euros.", "plafond de prime"),
        ("Les délais sont en général au minimum de quatre mois.", "délais"),
        ("Il vote un texte portant le taux de prise sur la Loterie des ports de 2,6 à 2,9 %.", "taux de prise"),
        ("L'effort progresse : hausse de 4 % pour la pêche.", "pêche"),
        ("Chers collègues, 22 %, c'est le taux de casse des moulins.", "taux de casse"),
        ("Il semble que le dossier soit à l'étude depuis six ans.", "dossier"),
        ("Il s'écarte peu du tarif local le plus élevé (2 euros).", "tarif local"),
        ("Les retraités touchés par la pension locale de 900 euros renoncent.", "pension locale"),
    ],
)
def test_subject_said_elsewhere(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("Le prix, initialement fixé à 30 euros, a été porté à 40 euros.", ["from", "to"]),
        ("Il veut augmenter le tarif de la taxe locale versée par les hôtes de passage à 9 euros.", ["to"]),
        ("Cela portera la taxe à 5 euros et le coût total à 90 euros.", ["to", "to"]),
        ("Même si le taux évolue à la hausse, il n'est que de 55 %.", [None]),
        ("Leur prime sera majorée à 900 euros.", ["to"]),
        ("La hausse s'établira à 6 %.", ["up"]),
        ("Une hausse de 60 euros par an, soit 5 euros par mois.", ["up", "up"]),
        ("Les loyers se sont accrus depuis dix ans pour atteindre aujourd'hui près de 450 euros.", [None, "to"]),
        ("Le délai a été porté de quatre mois en janvier à dix-huit en juin.", ["from", "to"]),
        ("Cela porte le délai à plus de quatre ans.", ["to"]),
        ("Il prévoit le passage progressif de la durée requise à 160 jours.", ["to"]),
        ("On craint une hausse de leur taxe pouvant atteindre 50 %.", ["up"]),
        ("On annonce une baisse des enveloppes de 30 %, 40 %, voire 50 %.", ["down", "down", "down"]),
        ("S'il y avait, il y a peu d'années, 204 meuniers, on n'en compte plus aujourd'hui que 194.", ["from", "to"]),
        ("Rien ne justifie l'augmentation des effectifs de 28 en 1996 à 38 aujourd'hui.", ["from", "to"]),
        ("Cette hausse qui était de 5 % entre 1975 et 1986 est passée à 2 % entre 1986 et 1991.", ["from", "to"]),
        ("Les prix ont augmenté de 5 % en plaine, contre 12 % en montagne.", ["up", "up"]),
        ("Le dispositif évoluera en 2029 pour atteindre 85 % du salaire.", ["to"]),
        ("L'augmentation des crédits du plan « Rames neuves » de l'ordre de 7 % est actée.", ["up"]),
        ("Une baisse de 4 %, soit 3 millions d'euros, est actée.", ["down", "down"]),
        ("Une baisse de 3 millions d'euros, soit 4 % de ses recettes, est actée.", ["down", None]),
        ("Il promet une réduction du délai moyen de réponse de l'ordre d'un mois.", ["down"]),
        ("On lui oppose les 14 millions d'euros de suppression de crédits.", ["down"]),
    ],
)
def test_levels(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("Le minimum vieillesse est à 900 euros.", None),
        ("Ils sont aidés sans que cet apport puisse être supérieur à 50 % du prix.", "max"),
        ("La durée de vie des bâches excède à peine dix ans.", "min"),
        ("On garantit douze heures d'ouverture minimum.", "min"),
        ("Ce plafond serait relevé de 30 euros.", None),
        ("Une hausse maximale de 3 %.", "max"),
        ("Il est marié au moins depuis deux ans.", "min"),
        ("Il veut relever le plafond des aides versées aux ports du nord à 900 euros.", "max"),
    ],
)
def test_bounds(text: str, approx: str | None) -> None:
    assert [figure.approx for figure in extract(text)] == [approx]


@pytest.mark.parametrize(
    ("text", "pers"),
    [
        (
            "Le tarif est de 4,50 francs T.T.C. par minute le jour et de 3 francs T.T.C. par minute la nuit.",
            ["min", "min"],
        ),
        ("Le taux est de 50 % en moyenne annuelle.", [None]),
        ("C'est la moitié du revenu par ménage.", [None]),
        ("On compte un train toutes les 3 minutes en horaire de pointe.", [None]),
        ("Cela coûterait chaque année entre 20 et 60 millions d'euros au port.", ["a"]),
        ("Les guichets pour les jeunes de 16 à 25 ans, ouverts chaque année, ferment.", [None]),
        ("Les 3 millions d'euros de l'année dernière sont dépensés.", [None]),
    ],
)
def test_denominator(text: str, pers: list[str | None]) -> None:
    assert [figure.per for figure in extract(text)] == pers
