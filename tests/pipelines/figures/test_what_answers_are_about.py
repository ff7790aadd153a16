"""Subjects in answers: the thing measured, and not who says it, a participle, a period or the sentence before."""

import pytest

from pipelines.figures.extract import extract


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        # who says or decides is no subject where a thing is named
        ("Le conseil municipal adopte son plan de pêche dans les trois mois.", "plan de pêche"),
        ("La cour des marchés retient pour sa part une durée d'environ deux ans.", "durée"),
        (
            "La France a décidé de financer à hauteur de 3 millions d'euros les plans de relance.",
            "plans de relance",
        ),
        ("Il demande si le calendrier des marées sera revu pour les trois prochaines années.", "calendrier des marées"),
        # a participle is no head
        ("La progression des départs s'est nettement stabilisée en 2023 (+ 2 %).", "départs"),
        ("L'enclos est beau. Large et bordant près de 90 hectares, il est classé.", "enclos"),
        ("Le prix du pain, notamment celui vendu par le four, qui est passé de 3 à 4 euros.", "pain"),
        # what is told past a comma, a bracket, a period
        ("Le stock de morues a connu, en 2025, une chute brutale de 12 %.", "stock de morues"),
        ("Ils ont permis de réduire les frais, notamment de garde, de plus de 12 %.", "frais"),
        ("Ce sont des bacs légers, loués pour une durée inférieure à six mois.", "bacs légers"),
        ("Le quai souffre d'une erreur de tracé, jamais corrigée depuis près de dix ans.", "erreur de tracé"),
        (
            "Les crédits ouverts en mai (inférieurs à ceux de juin), dont 60 % ont été gelés, manquent.",
            "crédits ouverts en mai",
        ),
        ("La ville a eu un plan de pêche 2008-2010, qui a coûté plus de 3 millions d'euros.", "plan de pêche"),
        ("Cela fait une hausse de 3 millions d'euros par an des achats de filets.", "achats de filets"),
        ("La région y affecte, sur un total de 9 millions d'euros pour l'ensemble des quais, peu.", "quais"),
        ("Il obtient une indemnité équivalente à six mois de salaire.", "indemnité de salaire"),
        ("Les aides sont parmi les plus basses d'Europe (3 euros).", "aides"),
        ("La loi impose de garder pendant six mois le mousse à bord.", "mousse"),
        ("Il profite à la fois de la remise légale de 7 %.", "remise légale"),
        ("Cela suppose que la distance entre le port et le lieu de pêche soit supérieure à 9 kilomètres.", "distance"),
        ("Plus de 30 millions d'euros seront mobilisés sur six ans afin de soutenir les criées.", "criées"),
        ("La création de clubs diminue de 0,3 par an pour 10 000 habitants.", "création de clubs"),
        (
            "Les besoins du plan de lutte contre la gale initialement estimés à 9 millions d'euros.",
            "besoins du plan de lutte contre la gale",
        ),
        ("Une chute brutale des ventes vers les ports de 17 % inquiète.", "ventes"),
        ("En baisse de 10 % l'an dernier par rapport à 2022, le marché ne reprend pas.", "marché"),
        ("Quelque 30 millions d'euros ont été promis en faveur de la criée.", "criée"),
        ("Ce sont les délits contre la propriété qui ont grimpé de 12 %.", "délits contre la propriété"),
        ("On compense les achats des clubs (dont le montant s'élevait à 3 millions d'euros).", "achats des clubs"),
        ("On vote 400 millions d'euros destinés à faciliter la pêche côtière.", "pêche côtière"),
        ("Le taux de casse est l'un des plus élevés avec 8 % en mai.", "taux de casse"),
        ("Chaque année scolaire apporte son lot de renvois : 80 en mai.", "lot de renvois"),
        ("M. Roy appelle l'attention sur le fait que le nombre de prêts augmente. Il était de 80 en mai.", "prêts"),
        ("On note que les lettres auxquelles il n'est pas répondu manquent. Elles étaient 80 en mai.", "lettres"),
        ("Le stage est gratuit, et donné pour une durée de 30 heures.", "durée de stage"),
    ],
)
def test_subject(text: str, subject: str) -> None:
    assert extract(text)[0].subject == subject


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Une part des mousses est proche du départ : 12 % ont 60 ans.", ["part des mousses", "part des mousses"]),
        ("Les ateliers sont ouverts surtout près des ports : 30 dans les criées.", ["ateliers"]),
        (
            "La ville a noté 90 cas de gale en 2025, dont 12 importés, soit une hausse de 8 %.",
            ["cas de gale", "cas importés", "cas de gale"],
        ),
        (
            "On loge 350 agents sans abri et 190 renvois ont été prononcés par la ville (+ 30 % en dix ans).",
            ["agents", "renvois", "renvois", "renvois"],
        ),
        (
            "Environ 35 % des mousses sont en mer (contre une moyenne de 25 % en Europe).",
            ["mousses", "mousses"],
        ),
        (
            "On a loué 900 bacs, soit 300 de moins qu'au cours des douze mois précédents (- 25 %).",
            ["bacs", "bacs", "période", "bacs"],
        ),
        (
            "Les achats sont de 3 milliards d'euros. Cela correspond à une hausse de 4 %.",
            ["achats", "achats"],
        ),
        (
            "On paie surtout l'aide aux ports (AP) (21 %), puis l'aide aux gares (3 %).",
            ["aide aux ports", "aide aux gares"],
        ),
        ("On a ouvert 30 lits, loin des 40 espérés.", ["lits", "lits espérés"]),
        (
            "On a reçu 900 mousses, soit 60 de plus que l'année précédente (7 %).",
            ["mousses", "mousses", "mousses"],
        ),
        (
            "La ville aura 600 lits de plus, et 300 créations de postes prévues d'ici 5 ans.",
            ["lits", "créations de postes prévues", "créations de postes"],
        ),
        (
            "Le délai est de 42 jours chez un barbier (29 en 2011) et de 36 jours chez un oculiste.",
            ["délai", "délai", "délai"],
        ),
        (
            "Près de 50 % des pêcheurs seront partis à la retraite d'ici dix ans.",
            ["pêcheurs", "pêcheurs"],
        ),
        (
            "La durée de garde est de 200 heures au cours des trois derniers mois, soit 15 heures par semaine.",
            ["durée de garde", "période", "durée de garde"],
        ),
        (
            "Ce feu a détruit 40 granges, parcouru 9 000 hectares et brûlé 300 hectares de lande.",
            ["granges", "feu", "lande"],
        ),
    ],
)
def test_subjects(text: str, subjects: list[str]) -> None:
    assert [figure.subject for figure in extract(text)] == subjects
