import pytest

from tests.pipelines.figures.reading import Value, values


@pytest.mark.parametrize(
    ("text", "bounds", "unit"),
    [
        ("Le délai est de 4 à 6 jours.", (4, 6), "d"),
        ("Le coût oscille entre 6 et 11 millions d'euros.", (6e6, 11e6), "EUR"),
        ("Le stage dure 2 ou 3 ans.", (2, 3), "a"),
        ("L'attente est d'un voire deux ans.", (1, 2), "a"),
        ("Les 16-29 ans sont visés.", (16, 29), "a"),
        ("Le coût va de 900 000 à 1 million d'euros.", (900_000, 1e6), "EUR"),
        ("La perte va de 3 200 euros à 4 100 euros.", (3200, 4100), "EUR"),
        ("On attend de 10 % à 12 % de candidats.", (10, 12), "%"),
        ("Cinq à six communes sont touchées.", (5, 6), None),
        ("Entre deux cents et trois cents personnes sont venues.", (200, 300), None),
    ],
)
def test_two_bounds_make_one_range(text: str, bounds: Value, unit: str | None) -> None:
    assert values(text) == [(bounds, unit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Des rayons de 10, 15 et 20 km sont prévus.", [(10, "km"), (15, "km"), (20, "km")]),
        ("Des taux de 17 et 27 % sont relevés.", [(17, "%"), (27, "%")]),
        ("Le billet vaut 13,90 euros ou 16,60 euros.", [(13.9, "EUR"), (16.6, "EUR")]),
        ("L'aide atteint 1,2 million d'euros, soit 30 % du total.", [(1.2e6, "EUR"), (30, "%")]),
        ("On protège 40 hectares sur les 90.", [(40, "har"), (90, "har")]),
        ("On a fermé 17 écoles sur 31.", [(17, None), (31, None)]),
        ("Le taux passe de 10 à 12 %.", [(10, "%"), (12, "%")]),
        ("Le plafond est relevé de 15 000 à 20 000 euros.", [(15_000, "EUR"), (20_000, "EUR")]),
        ("La subvention passe de 120 à 90 millions d'euros.", [(120e6, "EUR"), (90e6, "EUR")]),
        ("Le coût est de 5 milliards d'euros, au lieu des 4 milliards votés.", [(5e9, "EUR"), (4e9, "EUR")]),
        ("L'enveloppe est passée de 9 millions d'euros en 2012 à 14 millions d'euros.", [(9e6, "EUR"), (14e6, "EUR")]),
        ("Ils vivent avec 40, 50 ou 100 euros.", [(40.0, "EUR"), (50.0, "EUR"), (100.0, "EUR")]),
    ],
)
def test_lists_and_levels_stay_apart_and_share_their_unit(text: str, expected: list[tuple[Value, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La prime est de 900 euros après 10 ans, contre 700 avant.", [(900, "EUR"), (10, "a"), (700, "EUR")]),
        ("La part est de 12 % au bout de 3 ans, contre 9 ici.", [(12, "%"), (3, "a"), (9, "%")]),
        ("Un ferry de 300 places passe en 2 heures, contre 3 avant.", [(300, None), (2, "h"), (3, "h")]),
        ("Des filets de 3, de 5 et de 9 mètres sèchent.", [(3, "m"), (5, "m"), (9, "m")]),
        ("La houle dure quinze, vingt minutes.", [((15, 20), "min")]),
        ("Les cours de deux, trois et quatre heures cessent.", [(2, "h"), (3, "h"), (4, "h")]),
        ("Le port a perdu huit cales sur neuf.", [(8, None), (9, None)]),
        ("Une cale sur neuf est vide.", [(1 / 9, "1")]),
        ("Le coefficient de vétusté est de 0,8.", [(0.8, "1")]),
        ("Le taux d'équipement est de 1,2 bateau.", [(1.2, None)]),
    ],
)
def test_the_unit_is_that_of_what_is_compared_or_listed(text: str, found: list[tuple[Value, str | None]]) -> None:
    assert values(text) == found
