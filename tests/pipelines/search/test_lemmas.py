import pytest

from pipelines.search.lemmas import is_conjugated, is_known, lemmas, readings


def finds(typed: str, form: str) -> bool:
    """Whether the typed word finds a text that has only that form."""
    return bool(set(readings(typed)) & set(lemmas(form)))


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("hôpital", "hôpital hôpitaux hopital hopitaux hopîtal"),
        ("hopital", "hôpital hôpitaux hopital"),
        ("retraite", "retraite retraites"),
        ("retraité", "retraité retraités retraitée retraitées"),
        ("retrait", "retrait retraits"),
        ("taxes", "taxe taxes"),
        ("salariées", "salarié salariés salariée salariées"),
        ("employé", "employé employés employée employées"),
        ("œuvre", "œuvre œuvres oeuvre oeuvres"),
        ("vœu", "vœu voeux vœux"),
        ("événement", "événements évènement évènements evenement"),
        ("règlementation", "réglementation règlementations"),
        ("mélenchon", "mélenchon melenchon"),
        ("téléconseiller", "téléconseiller téléconseillers"),
        ("œil", "œil yeux"),
        ("travail", "travail travaux"),
        ("bail", "bail baux"),
        ("bijou", "bijou bijoux"),
        ("cheval", "cheval chevaux"),
        ("national", "national nationale nationaux nationales"),
        ("départemental", "départemental départementale départementales départementaux"),
        ("directeur", "directeur directrice directeurs directrices"),
        ("agricultrice", "agriculteur agricultrices"),
        ("chercheur", "chercheuse chercheuses chercheurs"),
        ("infirmière", "infirmier infirmiers infirmières"),
        ("député", "député députée députés députées"),
        ("auteur", "auteure autrice auteurs"),
        ("public", "public publique publics publiques"),
        ("actif", "actif active actifs actives"),
        ("fermer", "fermer ferme ferment fermé fermée fermés fermées fermait fermera fermant"),
        ("mettre", "mettre met mettent mis mise mises mettra mettant"),
        ("appeler", "appelle appelé appelons"),
        ("acheter", "achète achetés achetait"),
        ("céder", "cède cédé cédera"),
        ("manger", "mangeons mangé mangeait"),
        ("financer", "finançant finance financée"),
        ("employer", "emploie employé employait"),
        ("finir", "fini finie finis finissent finit"),
        ("ouvrir", "ouvre ouvrent ouvert ouvertes ouvrant"),
        ("prendre", "prend pris prise prises prenant"),
        ("engagé", "engagée engagés engager"),
        ("impacter", "impacte impacté impactées impactent impactera"),
        ("artificialiser", "artificialise artificialisé artificialisées"),
        ("accompagnants", "accompagnant accompagnante accompagnants"),
        ("avion", "avion avions"),
        ("porte", "porte portes"),
        ("est", "est"),
        ("été", "été étés"),
        ("fils", "fils"),
        ("fil", "fil fils"),
        ("cour", "cour cours"),
        ("pouvoir", "pouvoir pouvoirs"),
        ("paris", "paris"),
        ("parti", "parti partis"),
        ("naître", "né née nés naît naissent"),
        ("aixois", "aixois aixoise aixoises"),
        ("cité", "cité cités"),
        ("musée", "musée musées"),
        ("patient", "patient patients patiente patientes"),
        ("permanent", "permanente permanentes"),
        ("île", "île îles ile iles"),
        ("beau", "beau bel belle belles beaux"),
        ("notre", "notre nos"),
        ("antérieure", "antérieur antérieurs antérieures"),
        ("accroître", "accroît accru accrue accrues"),
        ("vivre", "vit vivent vécu"),
        ("sait", "saurait"),
        ("sociétal", "sociétale sociétaux"),
        ("intrafamilial", "intrafamiliale intrafamiliales intrafamiliaux"),
        ("périurbain", "périurbaine périurbaines"),
        ("boucher", "bouchers bouchère"),
        ("précis", "précise précises precis"),
        ("précieux", "précieuse précieuses"),
        ("gris", "gris grise grises"),
        ("décès", "décès deces"),
        ("refus", "refus"),
        ("fréquent", "fréquente fréquentes fréquents"),
        ("creuser", "creuse creusé"),
        ("creux", "creuse creuses"),
        ("senior", "seniors sénior séniors"),
        ("chef", "cheffe chefs cheffes"),
        ("docteur", "docteure docteurs docteures"),
        ("maître", "maîtresse maîtres"),
        ("veuf", "veuve veufs veuves"),
        ("veuve", "veuf veuves"),
        ("mûr", "mûre mûrs mûres"),
        ("usager", "usagers usagère"),
        ("usagé", "usagée usagés"),
    ],
)
def test_a_word_finds_its_forms(typed: str, forms: str) -> None:
    assert [form for form in forms.split() if not finds(typed, form)] == []


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("retraite", "retraité retraités retraitée retrait retraits retraiter"),
        ("cité", "citer citons citant"),
        ("poids", "poid"),
        ("époux", "épouser"),
        ("refus", "refuser"),
        ("musée", "muser"),
        ("violer", "violons"),
        ("priser", "prisons"),
        ("boucher", "bouche bouches bouchons"),
        ("notre", "votre son mes leur"),
        ("sons", "notre votre"),
        ("mépris", "méprendre"),
        ("trait", "traire traite"),
        ("traite", "trait"),
        ("lui", "luire luisant"),
        ("retraité", "retraite retraites retrait"),
        ("retrait", "retraite retraité"),
        ("retraiter", "retraite retraites"),
        ("marche", "marché marchés"),
        ("marché", "marche marches marcher"),
        ("fils", "fil"),
        ("cours", "cour court courir"),
        ("ministre", "ministère"),
        ("maire", "mairie"),
        ("médecin", "médecine"),
        ("commun", "commune communes"),
        ("ants", "ant"),
        ("est", "être sont était"),
        ("été", "être est sera"),
        ("avions", "avoir avait ont"),
        ("portes", "porter portent porté"),
        ("ferme", "fermer fermé fermeture"),
        ("fermer", "fermeture fermier fermeté"),
        ("pouvoir", "peut peuvent pourrait"),
        ("entrer", "entre"),
        ("paris", "pari parier"),
        ("près", "pré prés"),
        ("mètre", "m"),
        ("salariat", "salarié salariés"),
        ("artificialisation", "artificialiser artificialisé"),
        ("mutualiser", "mutualisation"),
        ("françoise", "françois"),
        ("vers", "ver"),
        ("mission", "mettre mis"),
        ("droit", "droite"),
        ("usager", "usage usages usagé usagée"),
        ("usagé", "usager usagers usage"),
        ("procès", "process"),
        ("process", "procès"),
        ("parti", "partie parties partir"),
        ("moi", "mois"),
        ("avoir", "avant"),
        ("plaire", "plus"),
        ("présider", "président présidents"),
        ("différer", "différent différents"),
        ("importer", "important importants"),
        ("bergé", "berge berges"),
        ("meuse", "meur"),
        ("partie", "parti partis"),
    ],
)
def test_a_word_does_not_find_others(typed: str, others: str) -> None:
    assert [form for form in others.split() if finds(typed, form)] == []


def test_an_unaccented_form_takes_every_word_it_may_be() -> None:
    assert set(lemmas("eleve")) >= {"élève", "élevé"}
    assert set(readings("eleve")) >= {"élève", "élevé"}


@pytest.mark.parametrize("form", ["2018", "b2b", "x", "", "ελλάδα", "covid"])
def test_anything_has_a_lemma(form: str) -> None:
    assert lemmas(form)
    assert set(readings(form)) <= set(lemmas(form))


def test_a_guess_is_never_taken_for_a_word() -> None:
    assert not is_known("ehpad")
    assert is_known("étés")
    assert lemmas("ehpad") == ("~ehpad",)
    assert lemmas("ants") == ("~ants",)


@pytest.mark.parametrize("part", ["peut", "rendez", "faire", "vient", "laissez"])
def test_a_conjugated_verb_never_changes_within_a_compound(part: str) -> None:
    assert is_conjugated(part)


@pytest.mark.parametrize("part", ["garde", "rendu", "né", "sage", "conseillers", "être", "xyz"])
def test_nouns_adjectives_and_participles_change_within_a_compound(part: str) -> None:
    assert not is_conjugated(part)
