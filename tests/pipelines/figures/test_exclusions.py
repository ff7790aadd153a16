import pytest

from pipelines.figures.extract import extract
from tests.pipelines.figures.reading import values


@pytest.mark.parametrize(
    "text",
    [
        "La loi n° 2018-1021 du 23 novembre 2018 le prévoit.",
        "Les articles 3, 4 et 5 du décret 2012-736 sont visés.",
        "Voir les articles L. 123-4 et R. 421-1 du code.",
        "La réunion du 12 au 15 mars 2019 a eu lieu.",
        "Le lundi 12 et le 1er janvier sont fériés.",
        "De 2014 à 2018, puis en 2020 et 2021, rien n'a changé.",
        "La saison 2017-2018 et la rentrée 2019 ont été calmes.",
        "L'accident sur la RN 12 et l'A13 a bloqué la RD 941.",
        "Appelez le 01 23 45 67 89 ou le 0800 123 456.",
        "Le 115 et le 17 sont saturés.",
        "Un habitant de 75007 Paris nous écrit.",
        "Dans la Creuse (23), la neige tombe.",
        "Les éleveurs de catégorie 2 et de niveau 3 attendent.",
        "La Covid-19, la 4G et le G7 occupent l'actualité.",
        "Le plan Cap 2022 et le réseau Natura 2000 sont connus.",
        "La XVe et la 15ème législature diffèrent.",
        "Le bureau ouvre à 8 h 30 et ferme à 18 heures.",
        "Le service est fermé de 20 h à 6 h.",
        "Un rapport et une mission sont annoncés.",
        "Le logement neuf est rare.",
        "Les Deux-Sèvres et la ville de Trois-Rivières sont jumelées.",
        "Les titulaires d'un bac + 5 attendent.",
        "La base aérienne 116 ferme.",
        "Le 13° de l'article 1 est abrogé.",
        "L'association « 40 millions de promeneurs » proteste.",
        "Ledit avenant 6 permet aux agents de le faire.",
        "1° La loi fixe les conditions. 2° Le décret les précise.",
        "Le site https://exemple.fr/page?id=305&x=20% ne répond plus.",
        "Le fichier est à la page 8678 du Journal officiel.",
        "La D 12, l'A 75 et le TGV 8 se croisent à Lyon.",
        "Le service est ouvert 24 heures sur 24 et 7 jours sur 7.",
        "Un jour, une année difficile, un mois de mai froid.",
        "Le fort, fondé dès 1642, fut pris vers 1589 ; ce droit remonte à 1539 et la halle date de 1498.",
    ],
)
def test_names_dates_and_references_are_no_figures(text: str) -> None:
    assert extract(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Le temps de travail est limité à 35 heures.", 35, "h"),
        ("En 2016, 2 018 personnes sont venues.", 2018, None),
        ("On compte 2000 personnes.", 2000, None),
        ("Il est absent depuis un an.", 1, "a"),
        ("Il y a un mois, tout allait bien.", 1, "mo"),
        ("Cela dure depuis un bon petit mois.", 1, "mo"),
        ("Le décret n° 2018-1021 aide 12 communes.", 12, None),
        ("Le stage dure entre 2 et 3 heures.", (2, 3), "h"),
        ("Ce titre vaut un euro.", 1, "EUR"),
        ("Les soins sont remboursés à 100 %.", 100, "%"),
    ],
)
def test_quantities_that_look_like_names_are_kept(text: str, value: float, unit: str | None) -> None:
    assert values(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Le service ferme à partir de 22h00.",
        "Le retour se fait à 12 h 25.",
        "Au cours des années quatre-vingt-dix, la gare a fermé.",
        "Elle est dans sa 74 ème année.",
        "Les propositions 31 et 32 de ce rapport sont ignorées.",
        "Les élus sont pris entre deux feux.",
        "Il faut tout reprendre à zéro.",
        "Ce demi-échec inquiète les salariés.",
        "Elles sont toutes deux situées dans le Tarn.",
        "Les patrouilles à deux seront supprimées.",
    ],
)
def test_a_time_a_name_or_an_idiom_is_no_quantity(text: str) -> None:
    assert extract(text) == ()


def test_a_number_after_a_date_is_none_of_its_list() -> None:
    assert [figure.value for figure in extract("À l'horizon 2045, 90 millions de foyers seront équipés.")] == [9e7]


def test_a_year_is_no_base_of_a_rate_and_one_article_no_list() -> None:
    assert values("Elle vote un budget pour 2025 de 8 millions d'euros.") == [(8e6, "EUR")]
    assert values("Il y a un puits pour 2025 habitants.") == [(1.0, "/2025")]
    assert values("À l'article 1er, 3 amendements sont déposés.") == [(3.0, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Le film « 120 battements » a ému.",
        "L'hôpital des Quinze-Vingts est à Paris.",
        "Une année sur deux, la fête est annulée.",
        "Le bus 38 passe ici.",
        "Une formation à bac + 2/3 ouvrira.",
        "La mise à 2 x 2 voies est promise.",
        "Une école REP+1 est fermée.",
        "La ville est un nœud ferroviaire.",
        "L'autoroute A 86 ter sera payante.",
        "Le centre du « 15 » et le « 18 » seront réunis.",
    ],
)
def test_a_title_a_scheme_or_a_road_is_no_quantity(text: str) -> None:
    assert extract(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Les quotas de l'année n - 3 servent de base.",
        "Le bilan (N−2) est clos.",
        "Les primes sont versées en J+15.",
        "Les articles 12 F et 13 F du code sont abrogés.",
        "Les articles 1er et 3 de la charte sont abrogés.",
        "Aux alinéas 1er, 4 et 6, le mot est supprimé.",
        "L'article 1er ou 2 s'applique.",
        "L'art. 23 L du code est abrogé.",
        "30417. − 8 juin 2010. − Mme Roy interroge le ministre de la mer.",
        "17 489 - 5 août 2013 - M. Roy interroge le ministre de la mer.",
        "Publié au JO page : 2634.",
        "Le dernier bateau de 18 h 30 est complet.",
        "Les trains de 7h30 et de 8h15 sont bondés.",
        "La traversée de 21 h est annulée.",
        "Un euro fort pénalise la pêche.",
        "Avec un yen à la hausse, la pêche souffre.",
        "Face à un dollar qui s'apprécie, la pêche souffre.",
    ],
)
def test_what_is_told_by_a_letter_a_timetable_or_a_market_is_no_quantity(text: str) -> None:
    assert extract(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Une traversée de 12 heures fatigue.", 12, "h"),
        ("Le bateau a un retard de 6 heures.", 6, "h"),
        ("Le repas est à un euro, prix en hausse.", 1, "EUR"),
        ("La cale a fermé une année complète.", 1, "a"),
        ("Il faut souvent une heure pour amarrer.", 1, "h"),
        ("Les marins attendront un mois de plus.", 1, "mo"),
        ("Un euro sur quatre va à la pêche.", 0.25, "1"),
    ],
)
def test_lengths_and_sums_of_one_are_kept(text: str, value: float, unit: str) -> None:
    assert values(text) == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Il y a zéro marin à quai.", [(0, None)]),
        ("Tout repart à zéro.", []),
        ("Le 36 46 est saturé.", []),
        ("Les 4 x 4 sont interdits au port.", []),
        ("Une cale de 4 x 5 mètres est louée.", [(4, "m"), (5, "m")]),
        ("Une cale de 12 mètres sur 5 est louée.", [(12, "m"), (5, "m")]),
        ("Le 1/3 restant est payé.", [(1 / 3, "1")]),
    ],
)
def test_sizes_are_kept_and_names_of_two_numbers_are_not(text: str, found: list[tuple[float, str | None]]) -> None:
    assert values(text) == found
