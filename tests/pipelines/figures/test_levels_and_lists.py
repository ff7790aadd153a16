"""Levels told over clauses, sentences and lists, and what only looks like a change."""

import pytest

from pipelines.figures.extract import extract
from tests.pipelines.figures.reading import values


def directions(text: str) -> list[str | None]:
    """The direction of every figure."""
    return [figure.direction for figure in extract(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L'aide passe à 30 euros pour les mousses, 20 euros pour les pilotes et 10 euros par bac.", ["to"] * 3),
        ("L'aide est portée à 30 euros pour les mousses, le forfait étant de 20 euros.", ["to", None]),
        ("L'aide passe à 30 euros dans les ports et le coût total est de 20 millions d'euros.", ["to", None]),
        ("Le taux passe de 5 à 10 % pour les quais et de 10 à 20 % pour les cales.", ["from", "to"] * 2),
        ("La flotte passe de 30 à 45 à Sète, de 12 à 20 à Brest et de 8 à 10 à Calvi.", ["from", "to"] * 3),
        ("L'âge passe de 60 à 62 ans et les pilotes de 20 à 30 ans sont exclus.", ["from", "to", None]),
        ("Le taux passe de 5 à 10 % pour les quais et les trajets vont de 10 à 20 jours.", ["from", "to", None]),
    ],
)
def test_one_verb_moves_each_case_of_a_list(text: str, found: list[str | None]) -> None:
    assert directions(text) == found


def test_two_levels_share_the_unit_past_an_approximation() -> None:
    assert values("Le fret est passé de 70 à plus de 80 dollars.") == [(70.0, "USD"), (80.0, "USD")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le fret, historiquement autour de 7 euros, atteint désormais près de 9 euros.", ["from", "to"]),
        ("La flotte, de 45 en 2015, n'est plus que de 31.", ["from", "to"]),
        ("Le droit de quai, actuellement de 3 euros, sera porté à 4 euros.", ["from", "to"]),
        ("Le droit de quai, actuellement de 3 euros, est inférieur au seuil de 4 euros.", [None, None]),
        ("L'amende, fixée jusque-là à 90 euros, passera à 135 euros.", ["from", "to"]),
        ("Le délai de 90 jours est ramené à 60 jours.", ["from", "to"]),
        ("La prime de 300 euros est versée à 450 agents.", [None, None]),
        ("De 300 navires en 2010, on est passé à 150 navires.", ["from", "to"]),
        ("La flotte s'établissait à 300 navires fin 2019 ; elle atteint 400 navires fin 2023.", ["from", "to"]),
        ("On dénombrait 32 phares en 2010. Ils ne sont plus que 28.", ["from", "to"]),
        ("Le port comptait 32 phares. Il n'a plus que 12 grues.", [None, None]),
        ("La part du fret recule : 20 % en 2010, 15 % en 2020.", ["from", "to"]),
        ("La part du fret a reculé entre 2010 (20 %) et 2020 (15 %).", ["from", "to"]),
        ("La répartition est la suivante : 20 % en 2010, 15 % en 2020.", [None, None]),
    ],
)
def test_the_level_before_is_told_apart_from_the_verb(text: str, found: list[str | None]) -> None:
    assert directions(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le fret atteint désormais 9 euros, contre 7 euros auparavant.", ["to", "from"]),
        ("Le fret coûte désormais 9 euros, contre 7 euros en moyenne ailleurs.", [None, None]),
        ("La part du fret est de 22 % contre 35 % pour la période 2015-2018.", [None, "from"]),
        ("La part du fret est de 22 % contre 35 % pour les bacs.", [None, None]),
        ("Le port vend 54 tonnes en 2024, au lieu de 48 tonnes en 2023.", [None, "from"]),
        ("Il cotisera désormais 43 ans au lieu de 42.", [None, "from"]),
        ("Il y a 7 pilotes par bac au lieu de 14 selon le règlement.", [None, None]),
        ("Le fret est désormais de 9 euros, alors qu'il était de 7 euros.", [None, "from"]),
    ],
)
def test_what_is_compared_is_a_level_before_where_time_tells_it(text: str, found: list[str | None]) -> None:
    assert directions(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le budget augmente de 12 millions d'euros et s'établit à 80 millions d'euros.", ["up", "to"]),
        ("Le taux recule de 3 %, à 12 %.", ["down", "to"]),
        ("Abaissé à 30 mètres en 2020, le seuil est revenu à 40 mètres.", ["to", "to"]),
        ("Il dispose d'un revenu à peine supérieur à 300 euros.", [None]),
        ("Les ventes reculent de 4 %, après 2 % en 2019.", ["down", "down"]),
        ("Le fret augmente de 4 %, après quoi 2 % des bacs partent.", ["up", None]),
        ("La baisse s'est élevée à 12 %.", ["down"]),
        ("Les crédits n'augmenteront pas de 3 %.", [None]),
        ("Les loyers n'ont pas été majorés de 3 %.", [None]),
        ("Les crédits n'ont pas seulement baissé de 3 %.", ["down"]),
        ("Le fret ne cesse pas d'augmenter de 3 % par an.", ["up"]),
        ("Ces travaux créeront un total de 45 places.", ["up"]),
        ("Le fonds verse un total de 45 millions d'euros.", [None]),
        ("On va supprimer 30 postes en 2024, 45 en 2025 et 50 en 2026.", ["down"] * 3),
        ("Ce sont 300 emplois qui disparaissent chaque année.", ["down"]),
        ("Les 300 emplois ne disparaissent pas.", [None]),
        ("Elle valorise la production de 300 chalutiers.", [None]),
        ("La grille est valorisée de 45 euros.", ["up"]),
    ],
)
def test_amounts_of_change_and_what_only_looks_like_one(text: str, found: list[str | None]) -> None:
    assert directions(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Une hausse de 20 c€ au quai nord et 10 c€ au quai sud, soit des évolutions de plus de 3 %.", ["up"] * 3),
        ("Le fret monte (hausses supérieures à 4 % depuis mai).", ["up"]),
        ("Les notes supérieures à 12 comptent.", [None]),
        ("Le fret est à un niveau inférieur d'environ 20 %.", ["down"]),
        ("La progression sera de 10 % au lieu de 15 %.", ["up", "up"]),
        ("Un tiers des 50 hectares de dunes ont été détruits.", [None, None]),
        ("Un tiers des 50 postes de garde ont été supprimés.", ["down", None]),
        ("12 des 30 guichets ont été fermés.", ["down", None]),
        ("Un ralentissement au milieu de deux plans de recrutement est noté.", [None]),
        ("Alors que le quai disposait de 300 mâts, on l'a ramené à 140 mâts.", ["from", "to"]),
        ("Alors que le quai disposait de 300 mâts, l'effectif a été porté à 45 pilotes.", [None, "to"]),
        ("Actuellement évaluée à 480 euros, la prime va passer à 520 euros.", ["from", "to"]),
        ("Le fret est actuellement de 480 euros, mais la prime passe à 520 euros.", [None, "to"]),
        ("La prime était de 550 euros en 2007 et de 830 euros en 2011.", ["from", "to"]),
        ("La prime était de 550 euros à quai et de 830 euros en mer.", [None, None]),
    ],
)
def test_comparisons_wholes_and_states_at_two_dates(text: str, found: list[str | None]) -> None:
    assert directions(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L'aide est de 500 euros pour le bac + 2 et 750 euros pour la licence.", [500.0, 750.0]),
        ("Les articles R.134-1 à R.134- 48 du code sont clairs.", []),
        ("Le fret coûte 20 c€.", [0.2]),
    ],
)
def test_numbers_that_name_and_cents(text: str, found: list[float]) -> None:
    assert [value for value, _ in values(text)] == found


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Le fioul est passé de 0,90 euro à 1,20 euro le litre.", ["fioul", "fioul"]),
        ("L'arrêté fixe à 3 euros le mètre de cordage.", ["mètre de cordage"]),
        ("Les mousses suivent des actions de tri. Le port dit que 28 % d'entre eux partent.", ["mousses"]),
        ("Les DPO sont choisis avec soin, mais 28 % d'entre eux ferment.", ["DPO"]),
        ("Un tiers des mousses partent et 36 % disent hésiter.", ["mousses", "mousses"]),
        ("Le fret touche surtout les mousses, dont 18 % partent.", ["mousses"]),
        ("La mairie a obtenu une revalorisation salariale de 10 %.", ["revalorisation salariale"]),
        ("Le budget connaît une hausse vertigineuse de 3 %.", ["budget"]),
        ("Le port dispose à ce titre de moyens rares, supérieurs à 800 euros.", ["moyens rares"]),
        ("Le mandat est donné par le conseil pour une durée de trois ans.", ["durée de mandat"]),
        ("Le contrat est signé pour une durée de trois ans.", ["durée de contrat"]),
        ("Le tarif du bac n'est supérieur au coût que de 3 euros.", ["tarif du bac"]),
        ("Le musée a baissé de 10 % son tarif.", ["tarif"]),
        ("Le trafic dépasse de 12 % son niveau d'avant la crise.", ["trafic"]),
        ("Le fret a connu sa cinquième baisse mensuelle consécutive, se situant à 468 euros.", ["fret"]),
    ],
)
def test_what_shares_prices_and_lengths_are_about(text: str, subjects: list[str]) -> None:
    assert [figure.subject for figure in extract(text)] == subjects


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le fret mensuel, qui s'établissait à 1 460 euros en 2019, dépasse désormais 2 000 euros.", ["from", "to"]),
        ("Le temps a été réduit de 36 à 30 heures à quai, et de 28 à 24 heures en mer.", ["from", "to"] * 2),
        ("La durée passe de 22 à 20 heures.", ["from", "to"]),
        ("Le port est fermé de 22 à 6 heures.", []),
        ("On veut augmenter de 15 à 18 mois la durée du contrat.", ["from", "to"]),
        ("Le stage est augmenté de 15 à 18 jours.", ["up"]),
        ("La ville compense cette perte à hauteur de 75 %.", [None]),
        ("La baisse des dotations à hauteur de 3 millions d'euros pèse.", ["down"]),
        ("Le port a perdu 18 % de ses marins et 40 bacs.", ["down", "down"]),
        ("Le port a perdu 18 % de ses marins et 40 bacs y naviguent.", ["down", None]),
        ("Un abattement de 10 % est prévu.", [None]),
    ],
)
def test_lengths_that_move_and_changes_that_are_met(text: str, found: list[str | None]) -> None:
    assert directions(text) == found


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("L'aide va aux moins de 30 ans, et son montant est porté à 300 euros.", "aide"),
        ("La région verse des aides. Leur montant est de 300 euros.", "aides"),
        ("La loi réduit de 50 % d'ici 2030 la coupe de bois.", "coupe de bois"),
        ("Ils réduiront de 40 % leur tirage en 2030, de 50 % en 2040.", "tirage"),
        ("Une ristourne de 20 centimes est accordée aux mousses.", "ristourne"),
    ],
)
def test_whose_amount_it_is(text: str, subjects: str) -> None:
    assert extract(text)[-1].subject == subjects


def test_a_part_of_so_much_has_its_unit() -> None:
    assert values("Le port n'a dépensé que 12 des 45 millions d'euros.") == [(12e6, "EUR"), (45e6, "EUR")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le droit est abaissé de 1,2 point puis de 0,3 point supplémentaire.", ["down", "down"]),
        ("On a supprimé 300 bacs, puis 45 bacs supplémentaires ont été créés.", ["down", "up"]),
        ("La part du bois, qui culminait à 78 % en 2005, est revenue à 63 % en 2022.", ["from", "to"]),
        ("Ce seuil, fixé à 10 mètres, a été abaissé à 5 mètres et pourrait l'être à 3 mètres.", ["from", "to", "to"]),
        ("La prime, fixée à 300 euros, s'ajoute à une aide de 450 euros.", [None, None]),
        ("Le fret a reflué de 4 %, dont - 6 % en mer.", ["down", "down"]),
        ("Le droit passe de 12 à 13 %, puis 14 % en 2026.", ["from", "to", "to"]),
        ("La hausse de 4 % des aides bénéficie à 13 millions de foyers.", ["up", None]),
    ],
)
def test_levels_of_an_aside_and_verbs_left_out(text: str, found: list[str | None]) -> None:
    assert directions(text) == found


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("On veut porter l'effort de recherche à 3 % du PIB.", "effort de recherche"),
        ("La dépense représente 3 % du PIB.", "PIB"),
        ("Après douze ans de baisse consécutive, le fret monte.", "baisse"),
        ("La part du vent dans la production, qui culminait à 78 %, inquiète.", "part du vent"),
    ],
)
def test_what_a_share_is_of(text: str, subject: str) -> None:
    assert extract(text)[0].subject == subject


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Les loyers ont augmenté de 3,5 % à la rentrée 2024, soit 14 euros par mois.", ["up", "up"]),
        ("Les loyers ont augmenté de 3 % dans les ports de plus de 300 mâts, soit 14 euros.", ["up", None, None]),
        ("Un bac sur quatre reste à quai, contre un sur six l'été précédent.", [None, "from"]),
        ("Le texte réduit d'un an la formation et porte de 400 à 600 le nombre d'heures.", ["down", "from", "to"]),
        ("Le texte réduit de 20 à 30 % les aides.", ["down"]),
    ],
)
def test_a_change_said_again_past_its_date(text: str, found: list[str | None]) -> None:
    assert directions(text) == found
