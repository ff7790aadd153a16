"""Approximation, direction and denominator in the constructions of official prose, one class a line."""

import pytest

from pipelines.figures.extract import extract


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        # the levels of a change
        ("L'aide, qui s'élevait à 400 euros en 2012, atteint désormais 460 euros.", ["from", "to"]),
        ("Le coût du pont, estimé initialement à 12 millions d'euros, est désormais évalué à 19 millions d'euros.",
         ["from", "to"]),
        ("Le coût du pont, fixé jusqu'ici à 12 millions d'euros, serait porté à 19 millions d'euros.", ["from", "to"]),
        ("L'aide, initialement dotée de 30 millions d'euros par an, a été réduite à 20 millions d'euros.",
         ["from", "to"]),
        ("Le délai d'instruction, de deux mois, est porté à quatre mois.", ["from", "to"]),
        ("On recensait 45 lavoirs en 1980 contre 12 aujourd'hui.", ["from", "to"]),
        ("Partie de 2 % en 2008, la part des voiles a atteint 5 % en 2022.", ["from", "to"]),
        ("La prime a fondu : de 80 000 euros en 2015, elle est tombée à 35 000 euros.", ["from", "to"]),
        ("Le solde est passé de 3 millions d'euros à un déficit de 7 millions d'euros.", ["from", "to"]),
        ("Le quai compte 120 barques, au lieu de 200 il y a dix ans.", [None, "from", None]),
        ("Ce taux est en recul par rapport à 2017 (20 %) et à la campagne 2016-2017 (21 %).", ["from", "from"]),
        ("La dette a grimpé pour dépasser 100 millions d'euros.", ["to"]),
        ("La prime est augmentée à 3 euros.", ["to"]),
        ("Le budget augmente de 50 millions d'euros pour s'élever à 310 millions d'euros.", ["up", "to"]),
        ("La hausse du seuil d'accès de 300 euros à 400 euros est actée.", ["from", "to"]),
        ("La hausse du tarif maximum de 20 euros à 30 euros est actée.", ["from", "to"]),
        ("L'augmentation des moyens du port, soit de 5 millions d'euros en 2009 à 27 millions prévus, inquiète.",
         ["from", "to"]),
        ("Les recettes ont bondi, atteignant 3 millions d'euros en 2023.", ["to"]),
        ("Les recettes ont baissé et s'établissent à 3 millions d'euros.", ["to"]),
        ("L'accord sur la réduction du temps de garde à 35 heures est signé.", ["to"]),
        ("Le report de l'âge de départ à 64 ans est acté.", ["to"]),
        ("La part des voiles recule (60 % en 2010, 40 % en 2020).", ["from", "to"]),
        ("L'abri passa de 550 barques et 130 voiliers à 200 barques et 85 voiliers.", ["from", "from", "to", "to"]),
        ("Le nombre de quais était de 7,7 il y a dix ans, contre 6,4 en 2023.", ["from", None, "to"]),
        ("Il faut amener le montant de cette aide à 977 euros.", ["to"]),
        ("On comptait 40 vols en 2018 et 60 en 2019.", ["from", "to"]),
        ("On comptait 40 vols en 2018, on en compte 60 en 2019.", ["from", "to"]),
        ("Le tarif pourrait descendre à 3 euros, voire 2 euros.", ["to", "to"]),
        ("Le tarif s'est effondré à 2 euros.", ["to"]),
        # in two sentences
        ("Ce montant était de 6 000 euros. Il est aujourd'hui de 5 000 euros.", ["from", "to"]),
        ("Le décret fixait à 88 euros le montant de la prime. Toutefois, ce montant a été porté à 150 euros.",
         ["from", "to"]),
        ("Le four était initialement autorisé pour 160 tonnes. Il a désormais une capacité ramenée à 120 tonnes.",
         ["from", "to"]),
        ("Le four brûlait 160 tonnes. Il a désormais une capacité ramenée à 120 tonnes.", [None, "to"]),
        ("La part était de 6 %. Il est aujourd'hui demandé 5 000 euros.", [None, None]),
        ("La prime ramène, par exemple dans le cas de Brest, ce coût mensuel à environ 200 euros.", ["to"]),
        ("Le tarif passe, au 1er mai, à 3 euros.", ["to"]),
        ("Il y avait 300 quais en 2010 ; il y en a 200 aujourd'hui.", ["from", "to"]),
        ("La voile ne représente plus que 20 % du budget contre 30 % en 2010.", ["to", "from"]),
        ("La voile ne représente plus que 20 % du budget.", [None]),
        ("Le quai ne compte plus que 5 000 marins, alors qu'ils étaient 9 000 avant la crise.", ["to", "from"]),
        # an amount that a bound or a verb of measure ties to its noun
        ("La hausse a été limitée à 3 %.", ["up"]),
        ("La hausse des loyers ne pourra excéder 3 %.", ["up"]),
        ("La croissance de leurs achats est plafonnée à 3 %.", ["up"]),
        ("Les fermetures de poste devraient se limiter à deux.", ["down"]),
        ("La marche diminue les risques de noyade de 20 % à 30 %.", ["down"]),
        ("L'État veut limiter la hausse des loyers à 10 %.", ["up"]),
        ("Le bouclier limitera à 4 % la hausse des tarifs.", ["up"]),
        ("Il s'agit de maintenir la hausse des loyers sous 10 %.", ["up"]),
        ("Aucune baisse au-delà de 10 % ne sera admise.", ["down"]),
        ("Une hausse maximale de 5 % est attendue.", ["up"]),
        ("Une hausse comprise entre 3 et 5 % est attendue.", ["up"]),
        ("Une hausse allant de 3 à 5 % est attendue.", ["up"]),
        ("Une hausse pouvant aller jusqu'à 5 % est attendue.", ["up"]),
        ("Les stocks ont diminué jusqu'à 30 % par endroits.", ["down"]),
        ("La réduction des rejets est fixée à 30 %.", ["down"]),
        ("On note une hausse des visites, estimée à 30 %.", ["up"]),
        ("On note une hausse des visites évaluée à 30 %.", ["up"]),
        ("La baisse des dotations équivaut à 30 000 euros.", ["down"]),
        ("La baisse des dotations représente pour la ville 30 000 euros.", ["down"]),
        ("Ces fermetures, que l'on craignait depuis dix ans, avoisinent les 350 postes.", [None, "down"]),
        ("Une hausse, sur trois ans, de 5 % est attendue.", [None, "up"]),
        ("La taxe est majorée de 5 %, le tarif majoré de 3 %.", ["up", "up"]),
        ("L'écart s'est creusé de 3 points.", ["up"]),
        ("Les dons ouvrent droit à une réduction d'impôt de 60 %.", ["down"]),
        ("Le décret relève l'âge d'entrée à l'école navale à raison de trois mois par an.", ["up"]),
        ("On y voit deux fois plus de barques, deux fois plus longues.", ["up", None]),
        ("Il gagne 3 fois le salaire minimum de croissance.", [None]),
        ("Il suit un traitement de fond délivré par boîte de trente comprimés.", [None]),
        ("Ce qui porte la hausse totale à 3 %.", ["up"]),
        ("Cela porte à plus de 20 % l'augmentation des loyers.", ["up"]),
        ("La réduction des crédits, d'un montant total de 58 millions d'euros, est votée.", ["down"]),
        ("Une baisse de la dépense, à hauteur de 50 milliards d'euros, est engagée.", ["down"]),
        ("La baisse, qui atteint 4 %, est forte.", ["down"]),
        ("Une évolution négative de 4 % est prévue.", ["down"]),
        ("La vie diminue à raison de trois mois par an.", ["down"]),
        ("La création de 30 postes et de 12 emplois est votée.", ["up", "up"]),
        ("Les dons ont connu une forte progression : 30 %.", ["up"]),
        ("Les dons ne progresseraient que de 3 %.", ["up"]),
        ("Ils s'attendent à une réduction limitée à 5 %.", ["down"]),
        ("Le port estime la perte de revenus à 4 millions d'euros.", ["down"]),
        ("Il faut revenir sur cette décision de supprimer le repas à un euro.", [None]),
        # how far one level is from another
        ("Leur solde est inférieur de 3 % à la moyenne.", ["down"]),
        ("Les prix y sont supérieurs de près de 20 % à ceux du continent.", ["up"]),
        ("Le loyer y est plus élevé de 30 euros.", ["up"]),
        ("La pêche a augmenté de 8 % et dépasse de 35 % son niveau de 2019.", ["up", "up"]),
        # what ended
        ("Cela s'ajoute aux 69 000 places déjà supprimées ailleurs.", ["down"]),
        ("La mer a perdu en vingt ans 200 000 oiseaux.", [None, "down"]),
        ("Un quart des lits a été supprimé.", ["down"]),
        ("Ici 900 marins sont morts ou ont disparu.", [None]),
        ("La crise : 7 500 emplois de la voile perdus en dix ans.", ["down", None]),
        # a benefit has an amount
        ("Il touche la majoration pour tierce personne, la majoration d'un montant de 104 euros.", [None]),
        # a size is no amount of the change
        ("La hausse des tarifs pénalise les foyers de 5 personnes.", [None]),
        ("La fermeture de classes dans les communes de moins de 5 000 habitants choque.", [None]),
        ("La fermeture d'une unité de douze lits est actée.", [None]),
        ("La suppression du seuil de 5 000 euros est actée.", [None]),
    ],
)  # fmt: skip
def test_direction(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in extract(text)] == directions


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("La prime est réservée aux moins de 50 ans.", "max"),
        ("La prime est versée jusqu'à l'âge de 50 ans.", "max"),
        ("La prime est versée à compter de l'âge de 50 ans.", "min"),
        ("L'aide sera limitée à au mieux un tiers du coût.", "max"),
        ("Le maire veut limiter la hausse à 10 %.", "max"),
        ("Le port est accessible en plus de 200 langues.", "min"),
        ("Les colis (> 30 kg) sont refusés.", "min"),
        ("Les colis (≤ 30 kg) sont admis.", "max"),
        ("Il devra revoir le médecin avant trois mois.", "max"),
        ("Les rentes ne dépassent souvent pas 800 euros.", "max"),
        ("Il impose une limitation de la dose à 28 kilos.", "max"),
        ("Le maire veut abaisser la limitation de vitesse à 30 km/h.", None),
        ("Les gardes ne peuvent dépasser, la nuit, 108 heures.", "max"),
        ("Le taux n'atteint même pas 80 %.", "max"),
        ("Le prix peut atteindre 18 euros.", "max"),
        ("Le prix ne dépasse guère 18 euros.", "max"),
        ("Le prix ne doit en aucun cas dépasser 18 euros.", "max"),
        ("Le prix ne peut en aucun cas être inférieur à 18 euros.", "min"),
        ("Les frais sont pris en charge dans la limite annuelle de 300 euros.", "max"),
        ("Les frais dépassent le seuil des 300 euros.", "min"),
        ("Le prix se situe actuellement autour de 300 euros.", "about"),
        ("Le prix se rapproche des 300 euros.", "about"),
    ],
)
def test_approximation(text: str, approx: str | None) -> None:
    assert [figure.approx for figure in extract(text)] == [approx]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("La prime est passée de 30 euros par mois à 35 euros.", ["mo", None]),
        # beside
        ("La moule est payée 30 centimes du kilo.", ["kg"]),
        ("Le quai coûtait 850 euros au mois de mai.", [None]),
        ("Le port compte 12 allers-retours quotidiens.", ["d"]),
        ("On compte 280 nouveaux marins annuels.", ["a"]),
        ("Une aide de 100 euros est versée mensuellement.", ["mo"]),
        ("Ils traitent 200 dossiers par enquêteur.", ["enquêteur"]),
        # before
        ("La dette est évaluée à 3 millions d'euros, par inférence statistique.", [None]),
        ("La houle cause 60 000 séjours hospitaliers annuellement.", ["a"]),
        ("Les jeunes de 12 à 17 ans naviguent quotidiennement.", [None]),
        ("Tous les ans, 30 pêcheurs se noient.", ["a"]),
        ("Chaque année en France, 30 pêcheurs se noient.", ["a"]),
        ("La ville verse chaque année au club 7 000 euros.", ["a"]),
        ("Il travaille chaque mois une dizaine d'heures.", ["mo"]),
        ("La part des voiles recule chaque année de 2 %.", ["a"]),
        ("Une hausse annuelle moyenne de 2 % est prévue.", ["a"]),
        ("Les frais sont pris en charge dans la limite annuelle de 300 euros.", ["a"]),
        ("Les dépenses s'élèveront, en moyenne annuelle, sur le plan, à 3 millions d'euros.", ["a"]),
        # of the subject of a verb
        ("La durée hebdomadaire du travail est de 35 heures.", ["wk"]),
        ("La production annuelle est de 300 tonnes.", ["a"]),
        ("La dette par habitant atteint 2 000 euros.", ["habitant"]),
        ("Le surcoût par logement oscille entre 600 et 700 euros.", ["logement"]),
        ("Le coût moyen par élève s'élève à 7 000 euros.", ["élève"]),
        # of the next amount
        ("Un couple qui avait un revenu net de 7 000 francs remboursait chaque mois 900 francs.", [None, "mo"]),
    ],
)
def test_denominator(text: str, per: list[str | None]) -> None:
    assert [figure.per for figure in extract(text)] == per


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("La différence entre 75 euros et 38 euros est de 37 euros.", [75, 38, 37]),
        ("Le budget était de 5,6 millions d'euros, puis 27 millions prévus.", [5_600_000, 27_000_000]),
        ("La taxe passe de 10 000 francs suisses à 8 260 FS.", [10_000, 8_260]),
        ("La pension baisse, suite à la hausse de 1,7 point de CSG.", [1.7]),
        ("Certains attendent un an, voire une année entière.", [1, 1]),
    ],
)
def test_value(text: str, values: list[float]) -> None:
    figures = extract(text)
    assert [figure.value for figure in figures] == values
    assert all(figure.unit for figure in figures)


@pytest.mark.parametrize(
    "text",
    [
        "Le train Aix-Pau de 8h56 est supprimé.",
        "La messe de 10 heures est annulée.",
        "Le bureau ouvre de 5 heures à minuit.",
        "Le gardien est rémunéré à l'indice brut 1015.",
        "Le club joue en ligue 2 cette saison.",
        "Le calcul vaut pour l'année N - 2 du barème.",
        "Voir l'article 67 F du code.",
        "Marine (dépenses des ports) 122005. - 15 novembre 2011. - M. Roy s'inquiète.",
        "Le texte est passé par 49.3 hier.",
        "Voici les points suivants : 1°) la mer ; 2°) le port.",
        "Voici les mesures : 1) la mer ; 2) le port ; 3) la houle.",
        "Voici les mesures : (1) la mer ; (2) le port.",
        "Voici les mesures : 1 - la mer ; 2 - le port.",
        "1. La mer.",
        "On étudie la trisomie 21 et l'oméga 3 sur la voie 12.",
        "Le sans-plomb 95 est cher.",
        "On a créé le fonds « 1 000 haies ».",
    ],
)
def test_no_figure(text: str) -> None:
    assert extract(text) == ()


def test_a_journey_by_train_lasts() -> None:
    assert [figure.value for figure in extract("Le bourg est à un trajet en train de 5 heures.")] == [5]


def test_an_age_takes_no_part_in_a_contrast() -> None:
    figures = extract("Le bourg a 3 millions d'habitants de plus de 60 ans contre 2 millions en plaine.")
    assert [figure.unit for figure in figures] == [None, "a", None]


def test_two_numbers_in_a_row_are_a_range() -> None:
    figures = extract("Il flotte depuis six, sept ans.")
    assert [(figure.low, figure.high) for figure in figures] == [(6, 7)]


def test_a_unit_is_shared_past_and_of() -> None:
    figures = extract("On refait des lignes de 63 et de 225 kilovolts.")
    assert [(figure.value, figure.unit) for figure in figures] == [(63, "kV"), (225, "kV")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Le calcul porte sur les 24 meilleures années.", 24, "a"),
        ("On compte une infirmière pour 2 500 élèves.", 1, "/2500"),
        ("L'offre y est quatre fois moindre.", 4, "x"),
        ("Les deux autres tiers sont des taxes.", 2 / 3, "1"),
    ],
)
def test_unit(text: str, value: float, unit: str) -> None:
    figures = extract(text)
    assert [figure.value for figure in figures] == pytest.approx([value])
    assert [figure.unit for figure in figures] == [unit]
