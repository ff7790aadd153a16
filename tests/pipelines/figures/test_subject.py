import pytest

from pipelines.figures.extract import extract
from tests.pipelines.figures.reading import one


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Près de 250 téléconseillers répondent.", ["téléconseillers"]),
        ("On compte 7 millions de télé-déclarants.", ["télé-déclarants"]),
        ("La région compte 5 300 nouveaux logements.", ["logements"]),
        ("Une part de 30 % des jeunes diplômés est partie.", ["jeunes diplômés"]),
        ("Une hausse de 19 % du nombre de vols est notée.", ["vols"]),
        ("Le plan vise à réduire de 21 % les déchets à base de plomb.", ["déchets"]),
        ("Le taux de retour de ces livres est passé de 70 % à 50 %.", ["taux de retour de ces livres"] * 2),
        ("L'agent touche une prime de froid fixée à 9 euros.", ["prime de froid"]),
        ("Chaque site paie une taxe d'un montant de 300 euros.", ["taxe"]),
        (
            "On a relevé douze accidents graves, dont 3 touchaient des enfants.",
            ["accidents graves", "accidents graves"],
        ),
        ("On compte 4 agents contre une dizaine en 2011.", ["agents", "agents"]),
        ("Près d'un Français sur cinq vit ici.", ["Français"]),
        ("La densité est de 2,3 médecins pour 1 000 habitants.", ["médecins"]),
        ("Le financement est assuré à hauteur de 80 % par l'État.", ["financement"]),
        ("Les crédits s'établissent à 2,4 Md€ en 2018.", ["crédits"]),
        ("Cette situation dure depuis 3 ans.", ["situation"]),
        ("En 2018, les effectifs ont crû de 15 %.", ["effectifs"]),
        ("Le réseau a 46 postes. Ce nombre sera porté à 50.", ["postes", "postes"]),
    ],
)
def test_subject(text: str, subjects: list[str]) -> None:
    found = [figure.subject for figure in extract(text)]
    assert [(subject or "")[: len(start)] for subject, start in zip(found, subjects, strict=True)] == subjects


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "Mme Durand alerte M. le ministre sur la fermeture de la maternité, prévue dans 6 mois.",
            "fermeture de la maternité",
        ),
        ("La région compte vingt-deux gares, dont vingt situées en zone rurale.", "gares"),
        ("Il s'agit de redevances qui représentaient 4,8 millions d'euros.", "redevances"),
        ("Le village est à 23 kilomètres de Bourges.", "distance de Bourges"),
        ("Ces retraités, âgés en moyenne de 80 ans, renoncent aux soins.", "retraités"),
        ("Après trois ans de travaux, le taux d'occupation a doublé.", "taux d'occupation"),
        ("L'agent y consacre 20 % ou 25 % de ses nuits.", "nuits"),
        ("Une quinzaine remplit les conditions.", "conditions"),
    ],
)
def test_the_subject_is_what_the_figure_is_about(text: str, subject: str) -> None:
    assert extract(text)[-1].subject == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Le décret du 4 juin 2015 fixe à 900 euros le plafond des frais.", "plafond des frais"),
        ("La loi porte à 2 euros par mois la participation du locataire.", "participation du locataire"),
        ("L'arrêté interdit la chasse pendant 3 mois.", "chasse"),
        ("Le maire prévient le préfet dix jours avant la clôture.", "clôture"),
        ("On a vu les inscriptions décroître de 4 %.", "inscriptions"),
    ],
)
def test_a_law_and_an_infinitive_are_no_subject(text: str, subject: str) -> None:
    assert extract(text)[-1].subject == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Le Gouvernement a réservé 12 millions d'euros pour les abattoirs de proximité.", "abattoirs"),
        ("L'État verse chaque année 80 millions d'euros aux parcs naturels.", "parcs naturels"),
        ("Le ministère a engagé 3 millions d'euros en 2017.", "ministère"),
        ("La part du vélo dans les déplacements de la métropole atteint 9 %.", "part du vélo"),
        ("Le fichier non consolidé, long de 400 pages, est public.", "pages"),
        ("Une rivière non navigable, longue de 30 km, borde la ville.", "rivière non navigable"),
        ("L'élu encourt une peine pouvant atteindre dix ans.", "peine"),
        ("Il encourt une peine de dix ans.", "peine"),
        ("La bourse, d'un montant forfaitaire de 900 euros, est versée.", "bourse"),
        ("Le ministère disposera de 7 milliards d'euros, en hausse de 4 %.", "ministère"),
        ("Le fonds, doté de 20 millions d'euros, est ouvert.", "fonds"),
        ("Le pont, d'une valeur de 3 millions d'euros, est vendu.", "pont"),
        ("L'atelier est suivi pour une durée de 90 minutes.", "durée d'atelier"),
    ],
)
def test_the_subject_is_neither_who_pays_nor_a_noun_beside_the_verb(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Sur les quatre dernières années, les vols ont baissé.", "période"),
        ("Ces quatre dernières années, les vols ont baissé.", "vols"),
        ("Pour les véhicules, le plafond est porté à 7 000 euros.", "véhicules"),
        ("Le montant de la redevance s'élève à 40 euros.", "redevance"),
        ("La commune a légué 12 hectares d'immenses prairies.", "prairies"),
    ],
)
def test_a_carrier_leaves_the_subject_to_what_it_carries(text: str, subject: str) -> None:
    assert extract(text)[0].subject == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("La caisse rembourse 200 euros et le reste à charge des malades se monte à 90 euros.", "reste"),
        ("Le plan aide les crèches et les écoles qui reçoivent 3 millions d'euros.", "écoles"),
        ("Le nombre de mineurs poursuivis augmente (+ 2,5 %).", "mineurs poursuivis"),
        ("Une portion de la voie ferrée, soit neuf kilomètres, est fermée.", "portion de la voie"),
        ("Trente agents partent. Depuis plus de huit ans la rénovation du pont est promise.", "rénovation du pont"),
        ("La vache paît dans un pré huit heures d'affilée.", "vache"),
    ],
)
def test_the_subject_is_that_of_the_clause_of_the_number(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("La ligne offre 6 trains en semaine et 4 le samedi.", "trains"),
        ("Le dossier est ouvert dans les dix jours suivant la demande du riverain.", "dossier"),
        ("La digue - la ville y investit 40 millions d'euros - est neuve.", "ville"),
        ("Les travaux coûtent 6 millions d'euros contre 7 millions pour une école neuve.", "travaux pour école neuve"),
        ("Le seuil fixé par l'accord de Lima de 1,5 degré est dépassé.", "seuil"),
        ("Un budget de 3 millions d'euros, en hausse de 200 000 euros, est voté.", "budget"),
        ("Un budget de 3 millions d'euros (+ 4 %) est voté.", "budget"),
        ("La station est à plus de 30 mètres des maisons.", "distance de maisons"),
        ("Il en résulte un coût budgétaire important, de près de 2 millions d'euros.", "coût budgétaire"),
        ("D'un montant de 30 euros, la redevance est due.", "redevance"),
    ],
)
def test_the_subject_of_elliptic_phrases_and_asides(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("La redevance des ports est récente. Son montant annuel, de 420 euros, est modeste.", "redevance des ports"),
        ("Le stage d'accueil est obligatoire. D'une durée de 30 heures, il est gratuit.", "durée de stage d'accueil"),
        ("La taxe sur les digues rentre mal. Elle est utile. Elle s'élève à 90 000 euros.", "taxe"),
        ("M. Rey interroge M. le ministre sur la dette du port. Elle atteint 3 millions d'euros.", "dette du port"),
        ("On compte 30 agents. La caserne est neuve. Elle a coûté 4 millions d'euros.", "caserne"),
    ],
)
def test_a_pronoun_stands_for_the_subject_of_the_sentence_before(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("L'État et la région consacrent 15 millions d'euros à la sûreté des ports.", "sûreté des ports"),
        ("Quelque 5 millions d'euros sont affectés, chaque année, par la ville à des travaux.", "travaux"),
        ("La ville a investi 3 millions d'euros en 2017 dans les gares.", "gares"),
        ("L'indemnité de route n'a pas été revue, elle est à 2,50 euros le kilomètre.", "indemnité de route"),
        ("Le tarif de plaine est payé (3 euros) et en montagne (4 euros).", "tarif de plaine"),
        ("Une collision a eu lieu il y a à peine quinze jours.", "collision"),
    ],
)
def test_the_subject_of_what_is_given_and_of_what_goes_on(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


def test_a_figure_goes_on_from_the_last_of_its_kind() -> None:
    figures = extract("L'aide a baissé de 5 % dans 870 villages. Ensuite, la baisse est de 4 % dans 600 villages.")
    assert [figure.subject for figure in figures] == ["aide", "villages"] * 2


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("La suspension de six mois du chantier est actée.", "suspension de chantier"),
        ("Un taux de 15 % de bureaux vides est relevé.", "bureaux vides"),
        ("La loi impose une distance minimale d'éloignement de 500 mètres.", "distance minimale d'éloignement"),
        ("Tous les deux jours, un agent démissionne.", "agent"),
        ("Il juge que 51 % des apprentis vivent avec moins de 300 euros.", "apprentis"),
        ("On compte 3 élèves sur 4 vivant avec moins de 100 euros.", "élèves"),
        ("Le seuil est de 60 % du revenu médian, soit 997 euros.", "revenu médian"),
        ("Les distances des mâts, actuellement fixées à 500 mètres, sont courtes.", "distances"),
        ("Les reculs des mâts sont fixés à 500 mètres, il faut les porter à 900 mètres.", "reculs des mâts"),
        ("La hauteur est égale à dix fois la largeur du mur.", "largeur du mur"),
        ("La participation de 50 % de la commune foncière est due.", "participation de commune foncière"),
    ],
)
def test_the_noun_that_a_figure_measures_leads(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("La chambre estime à 6 000 le nombre de gîtes vides.", "gîtes vides"),
        ("La ville garde le reste du capital, à savoir 40 %.", "reste du capital"),
        ("Les deux bourgs sont en effet distants de 85 km.", "bourgs"),
        ("L'aide versée par la région, qui atteint 3 millions d'euros, baisse.", "aide"),
        ("Cela met fin aux pénalités supportées par la ville depuis trois ans.", "pénalités supportées"),
        ("Le quota monte, soit + 9 tonnes pour l'ouest et + 4 tonnes pour l'est.", "quota"),
        ("Un phénomène qui touche à 75 % les petits ports.", "ports"),
        ("L'âge de départ à 64 ans est contesté.", "âge de départ"),
        (
            "La dotation du centre a fondu. Dans le Nord par exemple, cette baisse atteindrait 50 %.",
            "dotation du centre",
        ),
        ("La veuve doit montrer qu'elle est âgée de plus de 74 ans.", "veuve"),
        ("Le contournement du bourg est prêt. Quelque 240 millions d'euros seraient promis.", "contournement"),
    ],
)
def test_asides_antecedents_and_objects_that_come_late(text: str, subject: str) -> None:
    assert (extract(text)[-1].subject or "")[: len(subject)] == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("On ouvre 31 places, mais 25 d'entre elles sont à Rennes.", "places"),
        ("Certes, la loi fixe à soixante ans le seuil de la rente.", "seuil de la rente"),
        ("L'agent doit, pour avoir la rente, avoir cotisé au moins 30 ans, règle sévère.", "agent"),
        ("Il dit qu'en 20 ans la production de miel a fondu.", "production de miel"),
        ("On note une récolte vraisemblablement inférieure à 10 tonnes.", "récolte"),
        ("Avec une récolte nationale divisée par quatre, le secteur souffre.", "récolte nationale"),
        ("Avec 33 000 tonnes cueillies, la récolte baisse.", "récolte"),
    ],
)
def test_the_subject_around_adverbs_openings_and_parts(text: str, subject: str | None) -> None:
    assert extract(text)[-1].subject == subject


def test_an_item_without_its_verb_names_what_the_first_is_of() -> None:
    figures = extract(
        "Les délits ont augmenté de 12 %, les refus de 8 %, ceux dus au vent de 3 % et à la brume de 21 %."
    )
    assert [figure.subject for figure in figures] == ["délits", "refus", "délits dus au vent", "délits dus au vent"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Le droit de quai dû par chaque patron allant de 30 à 900 euros est contesté.", "droit de quai"),
        ("La hausse des aides s'élève à 3 millions d'euros cette année.", "aides"),
        ("Les taxes, représentant pour la ville 3 millions d'euros, baissent.", "taxes"),
        ("Les pêcheurs verront ainsi leur prime augmenter pour atteindre 30 euros.", "prime"),
        ("Les ports voient 30 bateaux par jour.", "bateaux"),
        ("Les personnes vivant avec 900 euros par mois sont aidées.", "personnes"),
        ("Le quai est à sec, correspondant à une hausse de 10 centimes d'euros.", "quai"),
    ],
)
def test_who_pays_a_year_and_a_participle_are_no_subject(text: str, subject: str) -> None:
    assert one(text).subject == subject


def test_a_sum_may_be_what_is_spoken_of() -> None:
    figures = extract("Le quai coûte 30 euros. Pour un mousse, la somme de 40 euros pèse ; elle atteint 3 % du gain.")
    assert [figure.subject for figure in figures] == ["quai", "somme", "gain"]


def test_what_changes_too_is_what_the_figure_before_is_of() -> None:
    figures = extract("Le tarif est relevé de 3 euros pour les voiliers et réduit de 20 % pour les barques.")
    assert [figure.subject for figure in figures] == ["tarif", "tarif"]


def test_places_between_two_shares_are_no_subject() -> None:
    figures = extract("En France 72 % et en Europe 84 % des terres arables sont sèches.")
    assert [figure.subject for figure in figures] == ["terres arables"] * 2


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("La compagnie demande une compensation en hausse de plus de 60 %.", "compensation"),
        ("Le coût du piégeage est en constante augmentation, atteignant 80 000 euros.", "coût du piégeage"),
        ("La hausse du nombre de lynx sur le massif, passé en dix ans de 1 300 à 2 500, inquiète.", "lynx"),
        ("Certains imposent un seuil pouvant aller de quinze à vingt euros.", "seuil"),
        ("Les casernes de la ville, basées à plus de 30 km, viennent.", "casernes de la ville"),
        ("Il faut compter 21 euros pour un forfait.", "forfait"),
        ("L'arrêté étendrait à six mois la fermeture de la chasse.", "fermeture de la chasse"),
        ("Actuellement payant, le stage est long. D'une durée de 30 heures, il plaît.", "durée de stage"),
    ],
)
def test_the_subject_of_what_changes_and_of_what_is_new(text: str, subject: str) -> None:
    assert extract(text)[-1].subject == subject


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "Les écarts sont très importants : + 28 % pour le pain ; + 12 % pour le lait.",
            ["écarts", "écarts"],
        ),
        ("Le chantier prévoit l'arrachage de 40 hectares sur les 90 que compte le site.", ["arrachage", "arrachage"]),
        ("Ce sont des bouteilles de gaz et pétrole de 13 kg.", ["bouteilles de gaz et pétrole"]),
        ("Le délai minimum est de 24 mois après la demande.", ["délai"]),
        ("Les travaux à faire en priorité de 45 millions d'euros attendent.", ["travaux"]),
    ],
)
def test_lists_wholes_and_pairs_of_nouns(text: str, subjects: list[str]) -> None:
    found = [figure.subject or "" for figure in extract(text)]
    assert [subject[: len(start)] for subject, start in zip(found, subjects, strict=True)] == subjects


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("L'aide est de 24 euros ; vous versez une majoration de 3 euros.", ["aide", "majoration"]),
        ("La règle qui étendrait à 6 mois consécutifs la fermeture de la piste gêne.", ["fermeture"]),
        ("La qualité des bus baisse : 27 % d'augmentation moyenne des billets.", ["billets"]),
        ("Vous ne pouvez pas lancer avec bruit un projet et n'y consacrer que 3 millions d'euros.", ["projet"]),
        ("Sa part est en réalité de 3 %.", ["part"]),
        ("Elle a le plus grand nombre de canards jamais vu dans ses bassins : 836.", ["canards"]),
        ("L'atelier pèse 60 millions d'euros de chiffre d'affaires annuel.", ["chiffre d'affaires"]),
    ],
)
def test_supplements_sales_and_what_is_extended(text: str, subjects: list[str]) -> None:
    found = [figure.subject or "" for figure in extract(text)]
    assert [subject[: len(start)] for subject, start in zip(found, subjects, strict=True)] == subjects


def test_a_participle_that_opens_a_text_is_of_nothing_before_it() -> None:
    assert one("Représentant pour l'État près de 34 millions d'euros par an.").subject is None
