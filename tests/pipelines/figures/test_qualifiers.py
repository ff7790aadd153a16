import pytest

from pipelines.figures.extract import extract
from tests.pipelines.figures.reading import one


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("Le site compte 300 agents.", None),
        ("Le site compte près de 300 agents.", "about"),
        ("Le site compte quelque 300 agents.", "about"),
        ("Le site compte 300 agents environ.", "about"),
        ("La part avoisinera les 2 %.", "about"),
        ("Le coût est de l'ordre de 3 millions d'euros.", "about"),
        ("Le taux tourne autour de 15 %.", "about"),
        ("Le site compte plus de 300 agents.", "min"),
        ("Le site emploie un peu plus de 300 agents.", "min"),
        ("Le site compte au moins 300 agents.", "min"),
        ("Ce n'est pas moins de 300 agents.", "min"),
        ("Le délai dépasse les 12 mois.", "min"),
        ("Le délai est de 12 mois minimum.", "min"),
        ("Le coût sera, au bas mot, de 3 millions d'euros.", "min"),
        ("Les jeunes de 16 ans et plus sont visés.", "min"),
        ("Le droit est ouvert dès 16 ans.", "min"),
        ("Plus de la moitié des agents est partie.", "min"),
        ("À peine plus du quart des ateliers est ouvert.", "min"),
        ("Le site compte moins de 300 agents.", "max"),
        ("L'aide peut aller jusqu'à 300 euros.", "max"),
        ("Le taux est inférieur ou égal à 25 %.", "max"),
        ("Le plafond est fixé à 650 euros.", "max"),
        ("La thèse est soutenue au plus tard trois ans après.", "max"),
        ("Un taux de hausse maximal des dépenses de 1,2 % s'impose.", "max"),
        ("La durée est de 12 mois au maximum.", "max"),
        ("Le coût est supérieur au million d'euros.", "min"),
        ("Les frais, inférieurs au milliard d'euros, sont stables.", "max"),
        ("Le budget est proche du million d'euros.", "about"),
        ("Il ne dispose pas de plus de 300 euros.", "min"),
        ("Il n'en reste plus que 6.", None),
        ("En plus de 300 agents, il faut un chef.", None),
    ],
)
def test_approximation(text: str, approx: str | None) -> None:
    assert one(text).approx == approx


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("Le délai ne saurait excéder 30 jours.", "max"),
        ("Le taux ne peut être inférieur à 10 %.", "min"),
        ("Il dure trois mois, sans pouvoir dépasser six mois.", "max"),
        ("Le prix est passé sous la barre des 10 euros.", "max"),
        ("L'aide est versée à concurrence de 500 euros.", "max"),
        ("La ville flirte avec les 5 % de hausse.", "about"),
        ("L'école s'organise autour de quatre pôles.", None),
        ("Le nombre maximum de chevreuils dont le tir est permis demeure inchangé et est fixé à 40.", "max"),
        ("Ils sont 500 au maximum (300 en moyenne).", None),
        ("Les 500 joueurs donnent au moins un avis.", None),
        ("La visite est gratuite dès l'âge de huit ans.", "min"),
    ],
)
def test_a_bound_is_what_the_sentence_says(text: str, approx: str | None) -> None:
    assert extract(text)[-1].approx == approx


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("Le texte fixe à 900 euros le plafond des frais.", "max"),
        ("Le texte limite à 8 ans la durée totale du mandat.", "max"),
        ("La réforme porte à 62 ans l'âge minimum requis.", "min"),
        ("Le texte fixe à 900 euros par mois le montant maximal de l'aide.", "max"),
        ("Le plancher de la prime a été relevé à 400 euros.", "min"),
        ("Le texte fixe à 900 euros le montant de l'aide.", None),
    ],
)
def test_what_is_set_is_a_bound_wherever_it_is_named(text: str, approx: str | None) -> None:
    assert one(text).approx == approx


def test_a_bound_holds_for_the_same_said_again() -> None:
    figures = extract("La pêche ne peut dépasser le tiers de la durée légale, soit 500 heures par an.")
    assert [figure.approx for figure in figures] == ["max", "max"]
    figures = extract("La pêche dure plus du tiers de la durée légale, soit 500 heures par an.")
    assert [figure.approx for figure in figures] == ["min", None]


def test_a_bound_holds_for_both_levels_it_governs() -> None:
    text = "Le prêt est limité à 8 000 euros pour un studio et à 12 000 euros pour une maison."
    assert [figure.approx for figure in extract(text)] == ["max", "max"]


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("Les + de 60 ans embarquent.", "min"),
        ("Les – de 26 ans embarquent.", "max"),
        ("Le phare - de 26 mètres - est vendu.", None),
        ("Les cales >= 40 mètres sont gardées.", "min"),
        ("Les cales < à 40 mètres sont gardées.", "max"),
        ("La cale -> 40 mètres est gardée.", None),
        ("On compte ± 300 phares.", "about"),
        ("Les marins ≈ 300 sont à quai.", "about"),
        ("Le pilote touche, au mieux, 28 euros.", "max"),
        ("Le délai est, au mieux, de 2 ans.", "min"),
        ("La cale ne sera pas prête avant 2 ans.", "min"),
        ("La cale doit être prête avant un délai de 2 ans.", "max"),
        ("La pêche est interdite au-delà d'une durée de 2 mois.", "min"),
        ("L'aide va jusqu'à la somme de 300 euros.", "max"),
        ("Le tirant d'eau ne descendra pas au-dessous de 3 mètres.", "min"),
        ("À peine 300 marins ont voté.", "max"),
        ("Les marins sont à peine plus de 300.", "min"),
        ("La perte frise les 40 %.", "about"),
        ("Le quai est long de 300 mètres, voire davantage.", "min"),
        ("Les débats tournent autour de trois axes.", None),
    ],
)
def test_bounds_by_signs_verbs_and_what_carries_the_number(text: str, approx: str | None) -> None:
    assert one(text).approx == approx


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("On restreint la pêche à 40 jours.", "max"),
        ("La limitation de la pêche à 40 jours est levée.", "max"),
        ("La pêche a été limitée par décret à 40 jours.", "max"),
        ("La limite d'âge est fixée à 60 ans.", "max"),
        ("La vitesse limite est de 10 km/h.", "max"),
        ("Les frais sont plafonnés, selon le décret, à 40 euros.", "max"),
        ("Les aides, plafonnées jusqu'ici à 40 euros, montent.", "max"),
        ("Au-dessus d'un seuil de 40 euros, l'aide cesse.", "min"),
        ("Un nombre limité de cales à 40 euros est loué.", None),
        ("On veut abaisser la limitation de vitesse à 10 km/h.", None),
        ("Le port limite les risques et accorde à 40 marins une prime.", None),
    ],
)
def test_what_limits_is_a_verb_or_its_noun(text: str, approx: str | None) -> None:
    assert one(text).approx == approx


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("Un bon tiers des marins a voté.", "about"),
        ("Une petite moitié des marins a voté.", "about"),
        ("Un premier tiers des cales est livré.", None),
        ("Les deux autres tiers des cales sont livrés.", None),
        ("Deux bons tiers des cales sont livrés.", "about"),
        ("La dette frôlait fin mars 2010 les 40 %.", "about"),
        ("La dette dépassait en 2010 les 40 %.", "min"),
        ("Les trois quarts environ des marins ont voté.", "about"),
        ("Passé deux mois, la pêche rouvre.", "min"),
        ("Il a passé deux mois en mer.", None),
        ("On embarque au plus tard dans les 15 jours.", "max"),
        ("On embarque au plus tôt dans six mois.", "min"),
        ("Une prime de 300 euros par marin maximum est versée.", "max"),
        ("En un an à peine, la pêche a cessé.", "max"),
        ("Cela fait bientôt dix ans que le port dort.", "about"),
    ],
)
def test_bounds_of_shares_and_times(text: str, approx: str | None) -> None:
    assert one(text).approx == approx


def test_a_cap_that_moves_between_two_levels_is_no_bound() -> None:
    figures = extract("La hausse du seuil maximum de 300 euros à 400 euros est votée.")
    assert [figure.approx for figure in figures] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "Un rabais de 10 % minimum, 20 % maximum, est consenti.",
        "Le prix n'est ni inférieur à 10 euros ni supérieur à 20 euros.",
    ],
)
def test_each_of_two_bounds_has_its_own(text: str) -> None:
    assert [figure.approx for figure in extract(text)] == ["min", "max"]
