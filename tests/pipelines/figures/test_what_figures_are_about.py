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


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Le prix du pain et du sel (3 euros) monte.", "prix du pain et du sel"),
        ("Le passage de la durée de garde et de repos à 160 trimestres inquiète.", "durée de garde"),
        ("Le recours à l'abandon des deux heures hebdomadaires supplémentaires de chant.", "chant"),
        ("L'ensemble des dons versés atteint le montant vertigineux de 40 milliards d'euros.", "dons versés"),
        ("Ce délai d'attente dépasse celui des autres métiers (51 jours en moyenne pour un guide).", "délai d'attente"),
        ("Neuf visiteuses viennent – la plupart ont entre 30 et 45 ans.", "visiteuses"),
        ("Ces revenus d'un montant infime - qui peuvent s'élever à 9 euros - comptent.", "revenus"),
        ("Deux mesures suivent. La première, de 155 millions d'euros, est belle.", "mesures"),
        ("Les fermes ayant conclu un accord de réduction du temps de garde à 35 heures.", "temps de garde"),
        ("Les fermes gagnent alors que, pour celles restées à 39 heures, rien ne change.", "fermes"),
        ("On ferme des gares, et surtout celles situées à 3 km.", "gares"),
        ("Ce retrait touche 3 % des lits, soit, pour la région de l'Est, 28 lits.", "lits"),
        (
            "La prime moyenne d'un guide est de 740 euros par mois – 550 euros pour un stagiaire.",
            "prime pour stagiaire",
        ),
        ("8 guides sur 10 refusent de nouveaux groupes, et pour les 20 % restants, c'est long.", "guides"),
        ("On veut réduire les dépenses, et on nous reproche de les réduire de 11 milliards d'euros.", "dépenses"),
        ("Depuis dix ans – bien avant votre arrivée – , les suppressions pleuvent.", "suppressions"),
    ],
)
def test_subject_beyond_the_nearest_noun(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


def test_how_long_a_count_took_is_of_what_is_counted() -> None:
    text = "Dans le premier degré, on a perdu en vingt ans 200 000 bancs."
    assert [figure.subject for figure in extract(text)] == ["bancs", "bancs"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Les gîtes bénéficient du taux normal de 20 %.", "taux normal"),
        ("Le foyer paie 80 euros de gaz. Il subit une perte de 650 euros.", "perte"),
        ("Surtout quand les prix ont crû de 9 % en ville alors qu'ils baissaient de 7 % au port.", "prix"),
        ("Ce plan comprend 2 millions d'euros pour le quai, ainsi que 3 millions d'euros pour les digues.", "digues"),
        ("On veut compter la moitié seulement de la cotisation.", "cotisation"),
        (
            "Les guides, après 9 ans d'études, sont payés à bac + 2, soit deux fois le salaire minimum.",
            "salaire",
        ),
        ("La teneur est de 3 grammes par litre, soit deux fois la limite.", "teneur"),
        ("On ne peut remédier en quatre mois à la casse.", "casse"),
        (
            "Des gains faits depuis 2016 par la réforme du tri et du quai versée aux ports (3 millions d'euros).",
            "gains",
        ),
        ("Les bancs sont pour les « jeunes » de 15-25 ans.", "jeunes"),
        ("Les achats de quais et de toiles - pontons se sont élevés à 38 euros.", "achats de quais"),
        ("On note : - les achats de bancs, de tables et le lustrage du parquet pour 300 euros.", "achats de bancs"),
        ("Le budget avait crû, atteignant un sommet en 2023 avec plus de 9 millions d'euros.", "budget"),
        ("La remise est de 6 600 euros. Le maire rit. Ce chiffre de 6 600 euros plaît aux ports.", "remise"),
    ],
)
def test_subject_of_carriers_items_and_restatements(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Le vote a lieu. Il faut parfois attendre deux ans pour voir aboutir cette requête.", "requête"),
        ("Le passage du délai de douze à quatorze semaines de garde est bon.", "délai"),
        ("La loi allonge le délai légal d'arrêt de douze à quatorze semaines de garde.", "délai légal d'arrêt"),
        ("Le prix du lait gagne 3 %. La Ligue plaide pour cette hausse de 2 % à 3 %.", "prix du lait"),
        ("Le concours tient et, depuis deux ans, un autre prix spécial concerne la mer.", "prix spécial"),
        ("900 guides suivent un cours, à raison de huit jours par guide.", "guides"),
        ("Nombreux sont les enfants lésés : on estime leur nombre à 800 000.", "enfants lésés"),
        ("Le suicide de Léa, partie le 5 octobre à l'âge de 14 ans, émeut.", "suicide de Léa"),
        ("Vous parlez de l'ajout de deux semaines au délai légal.", "délai légal"),
        ("Le bruit est pris en considération depuis dix ans.", "bruit"),
        ("Les avis décrivent un tour massif, voire complet : 5,8 % pour la Ligue.", "avis"),
        ("La garde dure six mois. Le maire est-il sûr ? Enfin, ces six mois plaisent-ils ?", "garde"),
    ],
)
def test_subject_of_times_and_changes_said_again(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("On y voit 6 fois plus de loups dans le Jura en 2011 (90).", "loups"),
        ("L'essai dénonce leur coût - 1,75 milliard d'euros par an - devant Jean-Cyril.", "coût"),
        ("La garde gère le fret. Suite à la crue du quai, en Haute-Saône, il y a cinq ans, elle veut agir.", "crue"),
        ("Neuf ans passent. 25 ans après, la loi de 1999 n'est pas appliquée sur le sol.", "loi"),
        ("Le guide a parlé à un élève de 18 ans.", "élève"),
        ("Rare chez les jeunes, c'est autour de 70 ans que les chutes se voient.", "chutes"),
        ("Il cite le décret qui abaisse l'âge minimal du permis de conduire à 17 ans.", "âge minimal du permis"),
        ("La région a mobilisé 188 millions d'euros (M€) d'aide au port.", "aide"),
        ("La ville a mobilisé 2 millions d'euros pour permettre une réponse d'urgence.", "réponse d'urgence"),
        ("L'âge de départ pour les agents ayant débuté leur carrière avant 20 ans est bas.", "agents"),
        ("Ils doivent attendre deux ans avant de toucher les fruits de la réforme.", "fruits de la réforme"),
        ("De façon générale le décret fixait à 88 euros hors taxes le montant de la rente.", "rente"),
        ("La rente est de 150 euros. On se demande si l'État verse bien les 150 euros prévus.", "rente"),
        ("La fraude monte à 85 millions d'euros, soit 0,4 % des 19 milliards d'euros d'aides versées.", "aides"),
        (
            "Le projet modifie le calcul de la dose de sel. Actuellement de 170 kg par champ, elle baissera.",
            "dose de sel",
        ),
        (
            "Les crédits voués à la pêche, la chasse et le tir, tels que lus au livre, atteignent 5 millions d'euros.",
            "crédits",
        ),
        ("Cela révèle une pollution 130 fois supérieure à la limite.", "pollution"),
    ],
)
def test_subject_of_asides_openings_and_purposes(text: str, subject: str) -> None:
    assert subject in [(figure.subject or "")[: len(subject)] for figure in extract(text)]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Le tabac a un coût social, estimé à 156 millions d'euros.", ["coût social"]),
        ("Il pèse sur les recettes du bac, d'environ 13 millions d'euros.", ["recettes du bac"]),
        ("Cet accord porte le seuil annuel de 19 euros à 38 euros.", ["seuil", "seuil"]),
        ("Le texte permet de ramener le délai de garde de 3 mois à 45 jours.", ["délai de garde"] * 2),
        ("Le coeur du plan est de repousser à 64 ans l'âge de départ.", ["âge de départ"]),
        ("On peut franchir le seuil 2 années de suite.", ["seuil"]),
        ("Les clients achètent des paquets deux fois moins chers.", ["paquets"]),
        ("Cela donne des salaires d'environ 800 euros.", ["salaires"]),
        ("On paie les remises dues, versées 11 mois après la fin de la saison.", ["remises dues"]),
        ("La ville aide surtout les plus de 65 ans.", ["personnes de plus de 65 ans"]),
        ("La population des plus de 85 ans va tripler.", ["population des plus de 85 ans", "population"]),
        ("Le taux de casse des bacs (40 % en moyenne) et des quais (30 % en moyenne) croît.", ["taux de casse"]),
        ("La fréquentation des bacs a crû et dépasse de 35 % son niveau de 2019.", ["fréquentation"]),
        ("Un plan global en 2 phases, estimé à 74 millions d'euros, a été voté.", ["phases", "plan global"]),
        ("Le port veut des quais avec des besoins estimés par la Ligue à 3 millions d'euros.", ["besoins"]),
        ("Le transport de betteraves par camions de 48 tonnes croît.", ["camions"]),
        ("Cinq projets ont 24 millions d'euros (M€) de crédits sur cinq ans.", ["projets", "crédits", "crédits"]),
        ("Le projet Alba (programme de tri), financé à hauteur de 4 millions d'euros, est bon.", ["projet Alba"]),
        ("La loi rend obligatoire la visite médicale à six ans.", ["visite médicale"]),
        ("Il craint les taxes sur le sel, que le Gouvernement prévoit d'augmenter de 30 euros.", ["taxes sur le sel"]),
        ("Cette étude estime la perte de gains, d'ici 2028, à 4 millions d'euros.", ["perte de gains"]),
        ("Le don subit une baisse de 25 euros sur un montant de 125 euros.", ["don", "don"]),
        ("Trois ans après sa mise en place, force est d'agir.", ["mise en place"]),
        ("Les agents protestent. Ils étaient chaque fois 10 000 à défiler.", ["agents"]),
        ("Ces crédits ne sont vus de personne, alors que leur montant a doublé.", ["crédits"]),
        ("On aide les guides libres, plus de 4 millions fin 2022, et leurs fils.", ["guides libres"]),
        ("Il veut faire partie des quinze plus grosses fermes.", ["fermes"]),
        ("Cet avis des élus vise à plafonner l'abattement de 1,75 % sur la base.", ["abattement"]),
        ("Le jeu croît en particulier du fait de la forte hausse des paris en ligne (+16 %).", ["paris en ligne"]),
        ("Les taux appliqués aux bacs sont les suivants : - 27 % à Brest ; - 29 % à Sète.", ["taux", "taux"]),
        ("Ces deux dernières années, la mise en œuvre de ce plan a été rude.", ["mise en œuvre de ce plan"]),
        ("Les taxes réduisent d'environ 22 % nos salaires bruts.", ["salaires"]),
        ("La marge s'annonce négative (- 2,4 %).", ["marge"]),
        ("On veut réduire de 25 % (de 6000 à 4500 euros) l'aide unique.", ["aide unique"] * 3),
        ("Le don est de 50 euros et ses besoins ne seront donc connus qu'à 63 %.", ["don", "besoins"]),
        ("Selon l'avis le plus optimiste, la charge de la dette croît de 6 %.", ["charge de la dette"]),
        ("Un vote a eu lieu. Une semaine plus tôt, la vente des bacs montait.", ["vente des bacs"]),
        ("On fixe les temps de parole comme suit : 30 minutes chacun.", ["temps de parole"]),
        ("On voit que 48 millions d'euros constitueront des avances.", ["avances"]),
        ("Pourquoi le montant de cette aide est-il deux fois moins élevé ?", ["aide"]),
        ("Les 150 millions d'euros sont donc insuffisants pour couvrir les frais.", ["frais"]),
        ("Cela serait une baisse pour les recettes de la caisse de 500 000 euros.", ["baisse pour les recettes"]),
        ("Les guides ont le plus de rendez-vous non tenus (6,2 %).", ["rendez-vous non tenus"]),
        ("De 2018 à 2023 l'essence a augmenté de 34 %.", ["essence"]),
        ("Cet avis, qui se fera tôt, tombe alors que la visite sera portée à 30 euros.", ["visite"]),
        ("On taxe le jeu, qui est porté par la motion du maire à 11,9 %.", ["jeu"]),
        ("Les cures ont un coût rude pour le port, s'élevant à 200 millions d'euros.", ["coût rude pour le port"]),
        ("En diminuant la taxe de service (TXS) sur les baux à 7 %, on aide.", ["taxe de service"]),
        ("C'est la masse des gains : 78,7 des 89,7 milliards d'euros de pertes.", ["pertes", "pertes"]),
        ("Le groupe Alba a voté un don et son dividende, celui-ci étant à 3,76 euros.", ["dividende"]),
        ("Le four était autorisé pour une capacité de 160 000 tonnes de bois.", ["capacité de bois"]),
    ],
)
def test_subjects(text: str, subjects: list[str]) -> None:
    found = [figure.subject or "" for figure in extract(text)]
    assert [subject[: len(start)] for subject, start in zip(found, subjects, strict=False)] == subjects
