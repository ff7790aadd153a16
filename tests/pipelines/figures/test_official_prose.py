"""Figures of debates, reports and notices: the turns of phrase that written questions seldom use."""

import pytest

from pipelines.figures.extract import extract


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("La croissance n'a pas dépassé 2 %.", ["max"]),
        ("Le taux était supérieur en moyenne à 3 %.", ["min"]),
        ("La part des plus de 50 et 60 ans augmente.", ["min", "min"]),
        ("Les stagiaires ne restent guère plus de 3 ans.", ["max"]),
        ("Le prix ne peut pas descendre sous 200 euros.", ["min"]),
        ("Le fret sert à des trajets supérieurs à 300, voire 500 km.", ["min", "min"]),
        ("Les revenus ne dépassent pas 20 euros pour l'un, 30 euros pour l'autre et 40 euros pour tous.", ["max"] * 3),
        ("Le tarif est supérieur de 6 centimes à la moyenne.", [None]),
        ("Le tarif est inférieur de 6 centimes à la moyenne.", [None]),
        ("Les loyers excèdent parfois les 900 euros.", ["min"]),
        ("Le maire a dit que la dette ne dépasserait pas 4 %.", ["max"]),
        ("On a livré 1438 milliers de tonnes et trois milliers de vis.", [None, "about"]),
        ("Ici 500 foyers touchent l'aide et 300 le minimum vieillesse.", [None, None]),
        ("On a versé 3 millions d'euros de minima sociaux (2 % du budget).", [None, None]),
    ],
)
def test_approximation(text: str, approx: list[str | None]) -> None:
    assert [figure.approx for figure in extract(text)] == approx


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("Les fermes étaient 490 en 2010 et sont 380 en 2020.", ["from", "to"]),
        ("Les vols ont bondi de 12 % (de 50 à 56).", ["up", "from", "to"]),
        ("La charge a été réévaluée de 4 millions d'euros.", ["up"]),
        ("La baisse de la dotation de solidarité (DSX) a atteint 3 millions d'euros.", ["down"]),
        ("On vise une réduction à 50 % de la part du gaz.", ["to"]),
        ("L'écart s'est réduit à 7 %.", ["to"]),
        ("L'aide pèse lourd – 20 euros au lieu de 12 euros – cette année.", [None, None]),
        ("Le seuil est relevé à 21 agents et à 60 agents.", ["to", "to"]),
        ("Ils étaient 350 au début du mandat, ils seront près de 700 à la fin.", ["from", "to"]),
        ("Si le taux a augmenté de 18 % en juin, la hausse a été ramenée à 11 % en août.", ["up", "to"]),
        ("La part est ramenée à 11 % en août, à 9 % en mars et à 6 % en mai.", ["to", "to", "to"]),
        ("Le taux recule de 0,4 point à 6,4 %.", ["down", "to"]),
        ("Les inscrits augmentent de 82 sur un an pour atteindre 170.", ["up", None, "to"]),
        ("On note une chute des ventes de l'ordre de 70 %.", ["down"]),
        ("Le taux est de 7 % au printemps contre 8 % au dernier trimestre 2021.", [None, "from"]),
        ("Une prime de 300 euros en faveur des plus fragiles.", [None]),
        ("L'effectif passe de 84 cadres fin 2016 à seulement 68 fin 2020.", ["from", "to"]),
        ("On compte 64 agents, alors que l'effectif était de 59 agents en 2016.", [None, "from"]),
        ("C'est 3 agents de plus qu'en 2016, où ils n'étaient que 40.", ["up", "from"]),
        ("Ce tarif remonterait à 70 euros.", ["to"]),
        ("Quelqu'un qui gagne 1 600 euros par mois paiera.", [None]),
        ("On va créer une tranche imposée à hauteur de 1 %.", [None]),
        ("La croissance de l'île est quatre fois supérieure à celle du continent.", [None]),
        ("On compte 45 lits (-6) et 290 fauteuils (+30).", [None, "down", None, "up"]),
        ("On retarde l'allongement de sept à dix ans de la peine.", ["from", "to"]),
        ("La création d'emplois se fait dans les ateliers de moins de 500 ouvriers.", [None]),
        ("L'écart s'élève à 7 %.", [None]),
        ("Le taux de récidive a continué de baisser pour atteindre 12 %.", ["to"]),
        ("Le ticket de 4 euros est passé à 1 euro.", ["from", "to"]),
        ("Le taux est de 80 %, contre 85 % en 2016 et 88 % en 2015.", [None, "from", "from"]),
        ("Il veut augmenter la part des haies à 15 % en 2027 pour atteindre 20 % en 2030.", ["to", "to"]),
        ("Les plafonds ont été augmentés à trois reprises grâce à 3 mécènes.", [None, None]),
        ("On impose une réduction des tirages supérieure ou égale à 50 %.", ["down"]),
        ("Cette hausse reste de 2,7 %.", ["up"]),
        ("Les éleveurs qui ont des pertes supérieures à 30 % sont aidés.", [None]),
        ("Il faut 10 milliards d'euros supplémentaires, en plus des 12 milliards d'euros promis.", ["up", None]),
        ("La durée a peu évolué depuis 1968 lorsqu'elle était de 21 jours.", [None]),
        ("Les vols sont en baisse de seulement 8 % et les feux en hausse d'à peine 2 %.", ["down", "up"]),
        ("Le délai est de trois jours contre un jour auparavant.", [None, "from"]),
        ("On note une hausse des entrées, soit plus 6 % par an.", ["up"]),
        ("Cette forte hausse nous place au deuxième rang des 28 cantons.", [None]),
    ],
)
def test_direction(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Le colza se paie 90 euros les mille litres.", "1000 L"),
        ("Le blé coûte 20 euros pour 100 kg.", "100 kg"),
        ("Le site a une production annuelle de 30 000 tonnes.", "a"),
        ("Près de 400 départs de feu sont relevés par les guetteurs de la côte chaque année.", "a"),
        ("Cela représente chaque année quelque 500 euros.", "a"),
        ("Les chiffres paraissent deux mois après la fin de chaque trimestre.", None),
        ("On déplore, chaque année, 600 chutes.", "a"),
        ("Sur les 500 contrôles que le service effectue chaque année, tout va.", "a"),
        ("Dette par habitant : 300 euros.", "habitant"),
        ("La ville donne 3 euros pour chaque repas servi.", "repas"),
        ("On a eu 500 curieux par audition.", "audition"),
        ("L'indemnité kilométrique est de 0,58 euro.", "km"),
        ("La garde représente, en total annuel, 8 000 heures.", None),
        ("La garde représente en total annuel 8 000 heures.", "a"),
    ],
)
def test_denominator(text: str, per: str | None) -> None:
    assert [figure.per for figure in extract(text)] == [per]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("On craint une chute des ventes de l'ordre de 35 % à 40 %.", "%"),
        ("Le taux a gagné deux points d'écart.", "pp"),
        ("La part du fret aura perdu vingt points.", "pp"),
        ("Trois mois au lieu de six nous suffiront.", "mo"),
        ("Un rendez-vous, c'est un an ; idem ailleurs.", "a"),
        ("Des 45 gares que compte le département, 20 sont fermées.", None),
    ],
)
def test_units_of_the_last_figure(text: str, unit: str | None) -> None:
    assert extract(text)[-1].unit == unit


def test_a_share_of_a_sum_has_its_scale() -> None:
    figures = extract("Le plan coûtera 250 millions d'euros, dont 150 destinés aux ports.")
    assert [(figure.value, figure.unit) for figure in figures] == [(250e6, "EUR"), (150e6, "EUR")]


def test_counts_of_one_list_share_their_denominator() -> None:
    figures = extract("On relève 540 nouveaux cas et 116 décès chaque année.")
    assert [figure.per for figure in figures] == ["a", "a"]


def test_billions_of_a_singular_are_money() -> None:
    assert extract("Il faudrait 15 milliards de recouvrement.")[0].unit == "EUR"
    assert extract("On compte 18 millions de télé-consultations.")[0].unit is None


@pytest.mark.parametrize("text", ["Le taux est de 118 cas/ 100 000 habitants.", "L'incidence (118/100 000) monte."])
def test_a_rate_with_a_stroke(text: str) -> None:
    (figure,) = extract(text)
    assert (figure.kind, figure.value, figure.unit) == ("rate", 118, "/100000")


def test_a_loan_at_no_rate_is_no_figure() -> None:
    assert extract("Le prêt à taux zéro est reconduit.") == ()


def test_two_levels_share_their_denominator() -> None:
    figures = extract("Le rythme va passer de 30 à 80 lots par an.")
    assert [figure.per for figure in figures] == ["a", "a"]


def test_more_money_is_money() -> None:
    assert extract("L'idée coûterait entre 1 et 1,2 milliard de plus.")[0].unit == "EUR"


def test_billions_of_nothing_named_are_money() -> None:
    assert extract("Mais là, vous en rendez vingt milliards !")[0].unit == "EUR"
    assert extract("La planète compte huit milliards d'humains.")[0].unit is None


def test_a_signed_count_in_brackets_is_one() -> None:
    (figure,) = extract("L'emploi salarié accélère (+27 000).")
    assert (figure.value, figure.direction) == (27_000, "up")


def test_the_hour_it_is_is_no_quantity() -> None:
    assert extract("Il est 22h quand la séance reprend.") == ()
    assert extract("Le guichet ouvre jusqu'à vingt et une heures.") == ()


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Nous sommes passés à 800 élèves, et vous avez préféré un objectif de 900.", "élèves"),
        ("Le plan soutient le bio, dont la part est passée de 4 à 12 %.", "bio"),
        ("Le plan isole les collèges, soit 2 millions de mètres carrés.", "plan"),
        ("L'enveloppe est de 9 millions d'euros, dont 4 millions d'euros consacrés aux haies.", "haies"),
        ("L'enveloppe est de 9 millions d'euros ; 2 millions d'euros pour soutenir les digues.", "digues"),
        ("Le surcoût est estimé par la chambre des comptes à 6 millions d'euros.", "surcoût"),
        ("Le chantier a reçu un prêt de 3 millions d'euros sur trente ans.", "prêt"),
        ("Dans le même temps, notre richesse a crû de 2 %.", "richesse"),
        ("Les familles ont perdu 1 % de pouvoir d'achat.", "pouvoir d'achat"),
        ("À 92 %, ce budget est de la paie.", "budget"),
        ("Le parc progresse rapidement (+ 5 %).", "parc"),
        ("On note 3 accidents. La préfecture en a recensé 12 depuis.", "accidents"),
        ("On note une hausse de 4 % des décès et de 9 % chez les cyclistes.", "cyclistes"),
        ("Deux millions d'euros sont prévus pour financer la digue.", "digue"),
        ("Le plan ajoute 58 mégawatts supplémentaires d'éoliennes.", "éoliennes"),
        ("Le revenu des anciens croît plus vite que celui des actifs (+ 7 %).", "revenu des anciens"),
        ("Le tribunal a 7 juges et 4 agents de greffe.", "agents de greffe"),
        ("La ville a un programme de 3 millions d'euros.", "programme"),
        ("La crèche a deux classes et 3 portes neuves.", "portes neuves"),
        ("On aurait pu prendre trois fois la population.", "population"),
        ("Les chalets, autrefois assujettis à 100 %, ne paient rien.", "chalets"),
        ("Le maire a estimé jeudi entre 7 et 8 millions d'euros le montant des dégâts.", "dégâts"),
        ("Le préfet dénombre 30 loups. Ils étaient 12 au début.", "loups"),
        ("Au deuxième trimestre, le chômage a baissé de 3 %.", "chômage"),
        ("En dix mois, malgré la neige, les ventes ont bondi de 3 %.", "ventes"),
        ("La loi fait passer à 5 % le quota de stagiaires.", "quota de stagiaires"),
        ("La natalité, qui avait baissé au dernier trimestre (-0,6 point), remonte.", "natalité"),
        ("Le nombre de vols est en hausse vertigineuse, passant de 76 à 90.", "vols"),
        ("On aide les foyers percevant entre 1 500 et 1 600 euros.", "foyers"),
        ("Au cours des trois années précédentes, les vols ont crû.", "période"),
        ("La baisse des taux coûterait environ 10 milliards d'euros.", "baisse des taux"),
        ("Près de 4 000 heures ont été consacrées à des rondes.", "rondes"),
        ("En montagne il faut près de six mois pour obtenir un rendez-vous.", "rendez"),
        ("Les trois quarts de ces 900 poursuites aboutissent. Seule une sur six est gagnée.", "900 poursuites"),
        ("On prévoit 2 millions d'euros supplémentaires au bénéfice des refuges.", "refuges"),
        ("C'est le cas pour la tour, en travaux depuis dix ans.", "tour"),
        ("Prix moyen pour des communes de même taille : 590 euros.", "Prix"),
        ("La prime va aux ménages plus modestes (moins de 26 000 euros).", "ménages plus modestes"),
        ("On isole la moitié au moins des murs.", "murs"),
        ("On a vacciné 50 % des plus de 75 ans.", "personnes de plus de 75 ans"),
        ("On compte 3 écoles. Il faut six mois pour ouvrir une classe.", "classe"),
        ("Le budget du port atteint 3 millions d'euros, soit 3 % de hausse.", "budget du port"),
        ("On compte 32 passagères, dont 10 hospitalisées.", "passagères"),
        ("On a planté des haies au cours des 5 années passées.", "période"),
        ("3 millions d'euros ont été versés au titre des minima sociaux.", "minima sociaux"),
        ("Le bourg est au-dessus du niveau des villes, qui est de 250 euros.", "niveau des villes"),
        ("Il y a 30 pompiers. Les montants sont très variables, de 400 euros en ville.", "montants"),
        ("La hausse des loyers s'explique pour un quart par le gaz.", "loyers"),
        ("70 millions d'euros pour les 240 bergers et 8 millions d'euros pour les meuniers.", "meuniers"),
    ],
)
def test_subject_of_the_last_figure(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject
