"""What figures are about where no noun stands beside them: carriers, asides, ages, adjectives, brackets."""

import pytest

from pipelines.figures.extract import extract


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("La remise que vous nous proposez de voter, quelle que soit sa forme, est de 6 600 euros.", "remise"),
        (
            "Il est rare que des granges en attente de toit, au bourg où tout va bien, restent vides pendant 12 mois.",
            "granges",
        ),
        ("Le chantier dont le prix s'élève, compte tenu des retards, à 45 millions d'euros.", "prix de chantier"),
        ("Les tarifs ont augmenté de 5 % chez les grossistes.", "tarifs"),
        ("On note + 9 % chez les cyclistes.", "cyclistes"),
        ("Les foyers y mettent jusqu'à 30 %, voire 50 % de leur salaire.", "salaire"),
        ("Le préfet, par arrêté, interdit l'épandage de lisier pendant les 20 minutes qui précèdent.", "épandage"),
        ("Les moyens de la régie, de 5 millions d'euros en 2009 à 7 millions prévus pour 2011, montent.", "moyens"),
        ("Ils ont des pertes qui sont réelles et bien gênantes (3 euros).", "pertes"),
        ("On veut priver les 6-13 ans de patinoire.", "jeunes de 6-13 ans"),
        ("Près de 25 % des moins de vingt-cinq ans lisent.", "jeunes de moins de vingt-cinq ans"),
        ("La casse touche 9 % des gares. Le taux atteint 15 % ici.", "taux de gares"),
        ("On aide les élèves : 8 classes. Le coût est de 3 millions d'euros.", "coût"),
    ],
)
def test_subject(text: str, subject: str) -> None:
    assert [(figure.subject or "")[: len(subject)] for figure in extract(text)][-1] == subject
