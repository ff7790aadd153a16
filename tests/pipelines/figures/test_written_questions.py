"""Figures of written questions and their answers: turns of phrase that oral ones seldom use."""

import pytest

from pipelines.figures.extract import extract
from pipelines.figures.unaccented import is_unaccented

_LONG_AGO = (
    "M le depute appelle l'attention de M le ministre sur les ouvriers des carrieres dont la prime, qui n'a pas ete "
    "relevee depuis longtemps, ne permet plus de vivre dans des conditions convenables et qui attendent une mesure. "
)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Le péage, dont se servent 300 camions, a augmenté de 4 %.", ["camions", "péage"]),
        ("La prime, qui est versée aux meuniers, est ainsi égale à 60 euros.", ["prime"]),
        ("Les fermiers manquent de tout ; seuls 20 % d'entre eux ont un puits.", ["fermiers"]),
        ("Les meuniers, au nombre de 300, attendent.", ["meuniers"]),
        ("Un seuil de ressources est fixé pour une veuve sans enfant à charge à 900 euros.", ["seuil de ressources"]),
        ("Les pertes supérieures à 40 % sont couvertes.", ["pertes"]),
        ("En dix ans, près de 300 emplois sont nés.", ["emplois", "emplois"]),
        ("Il a décidé de déplafonner cette remise en prévoyant un taux de 8 %.", ["taux de remise"]),
        ("La hausse des tarifs de vente du gaz et du bois de 9 % inquiète.", ["tarifs de vente du gaz"]),
        ("L'aide du fonds vise à compenser la hausse du foin en accordant 100 euros.", ["aide du fonds"]),
        ("La filière demande un arrachage pendant trois ans.", ["arrachage"]),
        ("Le montant mensuel maximum de la rente est de 90 euros.", ["rente"]),
        ("La rente va à 300 veuves, elle est de 70 euros.", ["veuves", "rente"]),
        (
            "Il touche une allocation aux ouvriers meuniers (AOM) de 90 euros.",
            ["allocation aux ouvriers meuniers (AOM)"],
        ),
        ("Il perçoit un reste-à-vivre de 80 euros.", ["reste-à-vivre"]),
        ("Les taux ont varié, or leur part de marché est de 8 %.", ["part de marché"]),
        ("La température a été de 3 °C de minuit à midi.", ["température"]),
        ("Le bac attend. Les trois années précédentes, les barques étaient pleines.", ["barques"]),
        ("Des crédits de 3 millions d'euros ont été votés en 2019 pour les digues.", ["crédits"]),
        ("5 millions d'euros ont été votés en 2019 pour les digues.", ["digues"]),
        ("Le tarif est de 8 % et seules 20 % des fermes l'ont payé. Il sera de 9 %.", ["tarif", "fermes", "tarif"]),
        ("Les meuniers protestent. Ces derniers gagnent 900 euros.", ["meuniers"]),
        ("On a vu 300 barques, soit une majoration de 12 %.", ["barques", "barques"]),
        ("Le prix du pont serait, la première année, de 3 millions d'euros.", ["prix du pont"]),
        ("Dans le cas présent, la digue fait 30 mètres.", ["digue"]),
        ("Le refus des meuniers demeure un manque à gagner de 9 euros.", ["manque à gagner"]),
        ("En atteignant 13 jours cette année, le retard du bac inquiète.", ["retard du bac"]),
        ("Plus de la moitié des petites et moyennes fermes (PMF) ferment.", ["fermes"]),
        ("Le prix des 120 plus grandes fermes augmente.", ["fermes"]),
        ("La coupe imposée à la ville depuis dix ans pèse.", ["coupe"]),
        ("C'est le cas d'une élève de 14 ans.", ["élève"]),
        ("Il faut une aide humaine (AXP-i) pour une durée de 15 heures.", ["aide humaine"]),
        ("S'agissant du foin, la hausse est de 8 euros.", ["foin"]),
        ("Le taux de retour est – si on le croit – de 80 %.", ["taux de retour"]),
        ("Les crues font état de 300 hectares.", ["crues"]),
        ("Les crues ont augmenté de 21 % l'an dernier.", ["crues"]),
        ("Grâce à la hausse de 30 % en trois ans des prêts, on bâtit.", ["prêts", "prêts"]),
        ("Le prix du foin est passé en très peu de temps de 3 à 4 euros.", ["prix du foin", "prix du foin"]),
        ("C'est presque une semaine d'arrêt.", ["arrêt"]),
        ("Le taux de casse dans les trois ports reste de l'ordre de 4 %.", ["ports", "taux de casse"]),
        ("Il veut réduire de 55 % en moyenne le prix du foin.", ["prix du foin"]),
        ("On vise un effort du port estimé à environ 37 jours.", ["effort du port"]),
        ("Les effectifs ont augmenté de manière constante, passant de 10 à 18.", ["effectifs", "effectifs"]),
        ("On parle d'une stabilité des crédits, puisque leur montant était de 80 euros.", ["crédits"]),
        ("Le taux est à présent de 6 %.", ["taux"]),
        ("On a mené une enquête sur 100 services.", ["services"]),
        ("Le tarif varie de la gratuité à 184 euros.", ["tarif"]),
        ("On sait que 40 % en moyenne des prêts sont perdus.", ["prêts"]),
        ("Il a subi deux mois consécutifs de pluie.", ["pluie"]),
        ("La forge accuse 18 millions d'euros de pertes.", ["pertes"]),
        ("Il fixe une cadence ne pouvant dépasser dix ans.", ["cadence"]),
        ("La visite a lieu une fois tous les dix ans.", ["visite"]),
        ("En hausse de 4 %, les ventes de foin rassurent.", ["ventes de foin"]),
        ("Le seuil est fixé à ce jour pour une veuve à 900 euros.", ["seuil"]),
        ("Les fermes ont dépassé de 300 litres leur quota.", ["quota"]),
        ("Il paie des frais mensuels qui passent à 80 euros.", ["frais"]),
        ("La mesure sert 40 000 meuniers. Notre collègue propose un taux de 8 %.", ["meuniers", "taux"]),
    ],
)
def test_subject(text: str, subjects: list[str]) -> None:
    assert [figure.subject for figure in extract(text)] == subjects


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("On annonce 40 fermetures de gares et 12 ouvertures.", ["down", "up"]),
        ("Elle prévoit la fermeture de la moitié des gares.", ["down"]),
        ("La taxe sera portée à hauteur de 40 %.", ["to"]),
        ("Le taux sera porté à 50 % au lieu de 35 %.", ["to", "from"]),
        ("Le bourg est passé à plus de 300 habitants.", ["to"]),
        ("Un texte portant mesure de remise aux pertes supérieures à 80 %.", [None]),
        ("Le taux réduit de taxe (5,5 %) est maintenu.", [None]),
        ("On récolte 30 tonnes contre 90 tonnes habituellement.", [None, "from"]),
        ("Les délais s'allongent, passant d'environ douze jours à 15 jours.", ["from", "to"]),
        ("On note une hausse de 8 euros, soit 12 %.", ["up", "up"]),
        ("On note une hausse de 8 euros, soit 12 % des frais.", ["up", None]),
        ("Les prêts connaissent un essor de 70 %.", ["up"]),
        ("On note 4 %, si l'on en croit les chiffres de 2 %.", [None, None]),
        ("On perd 40 % des colis, alors que ce chiffre n'était que de 16 % auparavant.", ["down", "from"]),
        ("On doit embaucher au moins 6 % de jeunes.", [None]),
        ("Il veut réduire le déficit qui s'élevait à 125 euros.", [None]),
        ("La réserve est passée entre 2016 et 2020 de 160 à plus de 400 marins.", ["from", "to"]),
        ("Les prix évoluent selon les villes de 42 à 368 euros.", [None]),
        ("Les prêts ont bondi de 15 % pour s'élever à 300.", ["up", "to"]),
        ("Les prêts augmentent de 9 %, à 300.", ["up", "to"]),
        ("C'est un budget qui ne progresse que de 2 %.", ["up"]),
        ("Il veut une hausse de 9 millions d'euros ou 7 millions d'euros.", ["up", "up"]),
        ("La grêle a détruit en quelques heures 90 % du verger.", ["down"]),
    ],
)
def test_direction(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


@pytest.mark.parametrize(
    ("text", "approximations"),
    [
        ("Le plafond annuel des ressources pour une veuve seule s'élève à 8 000 euros.", ["max"]),
        ("Le revenu dépasse 1 200 euros, soit 100 euros par mois.", ["min", "min"]),
        ("Le montant maximum de la rente (RXV) est de 80 euros.", ["max"]),
        ("Le retard approcherait les 4 milliards d'euros.", ["about"]),
        ("On note une perte de l'ordre 4 millions d'euros.", ["about"]),
    ],
)
def test_approximation(text: str, approximations: list[str | None]) -> None:
    assert [figure.approx for figure in extract(text)] == approximations


@pytest.mark.parametrize(
    ("sentence", "subject", "direction"),
    [
        ("Le maire verse une rente estimee a 300 francs.", "rente", None),
        ("La rente est reduite a 300 francs.", "rente", "to"),
        ("Chaque ouvrier a 300 francs.", "ouvrier", None),
        ("Il a 300 ouvriers.", "ouvriers", None),
    ],
)
def test_a_text_without_accents_has_its_prepositions(sentence: str, subject: str, direction: str | None) -> None:
    (figure,) = extract(_LONG_AGO + sentence)
    assert (figure.subject, figure.direction) == (subject, direction)


def test_an_accent_anywhere_is_enough() -> None:
    assert is_unaccented(_LONG_AGO)
    assert not is_unaccented(_LONG_AGO + "Été.")
    assert not is_unaccented("Il a dit oui.")


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("On perd 80 milliards de manque à gagner annuels.", "a"),
        ("Il vise 36 jours de service par réserviste.", "réserviste"),
        ("Ce sont 6 millions d'euros qui sont perdus chaque année.", "a"),
        ("Le montant mensuel maximum de la rente des ouvriers (RXV) est porté à 80 euros.", "mo"),
    ],
)
def test_denominator(text: str, per: str) -> None:
    assert [figure.per for figure in extract(text)] == [per]


def test_shares_of_a_whole() -> None:
    figures = extract("Les sorties se font pour un tiers en mer, un tiers en port.")
    assert [figure.text for figure in figures] == ["un tiers", "un tiers"]


def test_the_two_levels_of_a_change_share_their_bound_and_denominator() -> None:
    figures = extract("Le montant mensuel maximum de la rente est porté de 80 euros à 82 euros.")
    assert [(figure.approx, figure.per) for figure in figures] == [("max", "mo"), ("max", "mo")]


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("En 2003, le nombre de gardes était de 56 ; il y aurait aujourd'hui 167 gardes.", ["from", "to"]),
        ("Le taux de vacance était de 7 % en 2013, puis de 6 % en 2014.", ["from", "to"]),
        ("Le prix du stère était de 60 euros ; il est maintenant de 90 euros.", ["from", "to"]),
        ("En 2020, il y avait 30 élèves ; on y trouve aujourd'hui 12 apprentis.", [None, None]),
        ("Selon l'observatoire, 300 guichets de proximité (GDP) ont disparu dans le département.", ["down"]),
        ("Il faut prolonger un quai de 40 mètres.", [None]),
        ("Il faut prolonger le quai de 40 mètres.", ["up"]),
        ("Le travail de nuit réduit l'espérance de vie de trois ans.", ["down"]),
    ],
)
def test_directions_of_states_and_sizes(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


def test_a_cost_that_is_pointed_at_says_what_it_is() -> None:
    figures = extract("L'incendie touche trois hameaux. Son coût est évalué à 70 millions d'euros.")
    assert (figures[-1].subject or "").startswith("coût")


@pytest.mark.parametrize(
    "text",
    [
        "Il met à part les 9 millions placés sur le compte.",
        "La région ajoute 25 millions apportés par les communes.",
        "L'État maintient 5,5 millions d'engagements dans les ports.",
    ],
)
def test_millions_of_what_is_given_are_money(text: str) -> None:
    assert [figure.unit for figure in extract(text)] == ["EUR"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Mes chers collègues, 22 %, c'est le taux de vacance de la commune.", "taux de vacance"),
        (
            "Un plan de 25 mesures existe. Voyez les ports de pêche : il y en a eu plus de 70 ces dernières années.",
            "ports",
        ),
        ("Il est fâché, puisque la somme que vous citez représente un milliard d'euros.", "somme"),
        ("Les artisans sont inquiets, en particulier, de perdre 30 % par an.", "artisans"),
    ],
)
def test_subjects_said_elsewhere(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "").startswith(subject)


@pytest.mark.parametrize(
    "text",
    [
        "Le taux, qui était de 5 % en 2010, a été porté à 8 % en 2012.",
        "La durée des veilles passe de vingt heures à huit heures.",
        "S'il y avait, il y a quelques années, 200 gardes, on n'en compte plus que 140.",
        "L'augmentation des effectifs de 28 000 en 1996 à 38 000 aujourd'hui ne suffit pas.",
    ],
)
def test_levels_without_passing(text: str) -> None:
    assert [figure.direction for figure in extract(text)] == ["from", "to"]


def test_points_of_a_pension_are_counted() -> None:
    assert [figure.kind for figure in extract("La pension des veuves a été relevée de 50 points.")] == ["count"]
    assert [figure.unit for figure in extract("Le taux de TVA a été relevé de 2 points.")] == ["pp"]
