import pytest

from pipelines.figures.extract import extract


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("La facture est de 200 euros par mois.", "mo"),
        ("Une pension de 1 200 euros mensuels est versée.", "mo"),
        ("Une pension de 1 200 euros nets mensuels est versée.", "mo"),
        ("On répare 3 000 toitures par an.", "a"),
        ("Chaque année, 900 apprentis arrivent.", "a"),
        ("Le service reçoit 30 000 patients chaque année.", "a"),
        ("Il passe 1 800 camions par jour.", "d"),
        ("L'enseignement dure 1 h 30 chaque semaine.", "wk"),
        ("Le trajet coûte 0,30 €/km.", "km"),
        ("Le salaire est de 12 euros de l'heure.", "h"),
        ("L'indemnité horaire est de 0,17 euro.", "h"),
        ("La prime est de 12 euros, par nuit, et par marin.", "nuit"),
        ("La dotation est de 95 euros par habitant.", "habitant"),
        ("Le tarif est de 2 euros le litre.", "L"),
        ("Une fête rassemblant chaque année 300 barques a lieu.", None),
        ("Le port recevait chaque mois environ 300 navires.", "mo"),
        ("L'usine rejette chaque année près de 40 tonnes de boues.", "a"),
        ("Il faut entre 10 et 20 m² de bâche par serre.", "serre"),
        ("On compte 15 oiseaux blessés par balle.", None),
        ("Une part de 20 % est décidée par arrêté.", None),
    ],
)
def test_denominator(text: str, per: str | None) -> None:
    assert [figure.per for figure in extract(text)] == [per]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("La densité est de 150 habitants au km².", "km2"),
        ("La densité est de 150 hab/km².", "km2"),
        ("Il se vend 3 000 euros le mètre carré.", "m2"),
        ("Le blé donne 80 quintaux à l'hectare.", "har"),
        ("On compte 1,8 enfant par femme.", "femme"),
        ("Le prix est de 300 euros par tonne de blé.", "t"),
        ("Il verse 600 euros de pension mensuelle.", "mo"),
        ("C'est un coût moyen par élève de 1 200 euros.", "élève"),
        ("Elle brûle 6 litres aux 100 km.", "100 km"),
        ("Une prime de 300 euros par arrêté ministériel.", None),
        ("Son montant annuel, de 420 euros, est modeste.", "a"),
        ("Chaque année, en moyenne, 20 000 enfants arrivent.", "a"),
        ("Chaque année, la région verse 3 millions d'euros.", "a"),
        ("Quelque 3 millions d'euros sont versés, chaque année, par la région.", "a"),
        ("Une modulation du montant par habitant de 64 à 128 euros est prévue.", "habitant"),
    ],
)
def test_what_a_figure_is_counted_by(text: str, per: str | None) -> None:
    assert [figure.per for figure in extract(text)] == [per]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Les 18 heures de cours hebdomadaires sont assurées.", "wk"),
        ("Les 45 tonnes de boues mensuelles sont épandues.", "mo"),
        ("La caisse verse 300 euros d'allocation annuelle.", "a"),
        ("Le service mène 300 contrôles annuels.", "a"),
        ("L'atelier pèse 60 millions d'euros de chiffre d'affaires annuel.", "a"),
        ("Une période de dix ans de rapports annuels s'achève.", None),
    ],
)
def test_an_adjective_after_the_noun_says_the_period(text: str, per: str | None) -> None:
    assert extract(text)[0].per == per
