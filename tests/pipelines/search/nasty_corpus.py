"""A corpus built to be nasty: small questions, each with something that a search engine gets wrong.

`DOCUMENTS` are the documents; `question(n)` is the id of the n-th. All texts are ours.
"""

from datetime import date
from typing import Any

from schemas.figure import Figure, FigureKind, Section
from schemas.search import SearchDocument

TODAY = date(2020, 6, 15)
"""The day on which the conformance queries are asked."""


def question(number: int) -> str:
    """The id of a document by its number."""
    return f"fr-an-15-QE-{number}"


def document(number: int, text: str | None, answer: str | None = None, **values: Any) -> SearchDocument:
    """A document with plain defaults; `values` replaces any of them."""
    answered = values.get("answered_date")
    published = values.get("published_date", date(2018, 10, 2))
    defaults: dict[str, Any] = {
        "id": question(number),
        "version": 1,
        "content_hash": f"hash-{number}",
        "parliament": "fr-an",
        "term": 15,
        "type": "QE",
        "number": number,
        "title": None,
        "heading": None,
        "rubric": None,
        "question": text,
        "answer": answer,
        "author": None,
        "group": None,
        "constituency": None,
        "ministry_asked": None,
        "ministry_asked_id": None,
        "ministry_assigned": None,
        "ministry_assigned_id": None,
        "ministry_answered": None,
        "ministry_answered_id": None,
        "portfolios": (),
        "status": "answered" if answered else "pending",
        "ever": ("answered", "published") if answered else ("published",),
        "published_date": published,
        "due_date": date(2018, 12, 2),
        "answered_date": None,
        "closed_date": None,
        "renewed_dates": (),
        "signalled_dates": (),
        "delay_days": (answered - published).days if answered and published else None,
        "renewals": 0,
        "figures": (),
        "tables": 0,
        "source_id": f"QANR5L15QE{number}",
    }
    return SearchDocument.model_validate({**defaults, **values})


def figure(value: float | None, unit: str | None, subject: str | None = None, **values: Any) -> Figure:
    """A figure of an answer."""
    kinds = {"EUR": FigureKind.MONEY, "%": FigureKind.PERCENTAGE, "x": FigureKind.RATIO, "d": FigureKind.DURATION}
    defaults: dict[str, Any] = {
        "start": 0,
        "end": 1,
        "text": "x",
        "kind": kinds.get(unit or "", FigureKind.COUNT),
        "value": value,
        "low": None,
        "high": None,
        "unit": unit,
        "subject": subject,
        "section": Section.ANSWER,
    }
    return Figure.model_validate({**defaults, **values})


_WORDS = [
    # forms of one word, and words that only look like it
    document(1, "La fermeture de l'hôpital de Guéret inquiète les habitants."),
    document(2, "Les hôpitaux publics manquent de lits."),
    document(3, "FERMETURE DE L'HOPITAL DE GUERET"),
    document(4, "Une loi hospitalière sur les hospices."),
    document(5, "Le montant de la retraite des agriculteurs."),
    document(6, "La réforme des retraites a été adoptée."),
    document(7, "Un retraité de la fonction publique."),
    document(8, "Les retraités et les retraitées de l'agriculture."),
    document(9, "Le retrait du permis de conduire."),
    document(10, "Les retraits d'espèces aux guichets."),
    document(11, "LES RETRAITES AGRICOLES SONT TROP BASSES"),
    document(12, "Le taux de la taxe d'habitation."),
    document(13, "Les taxes locales et leurs taux."),
    document(14, "Un salarié intérimaire et des salariés détachés."),
    document(15, "Des travaux sur le réseau ; le travail de nuit."),
    document(16, "L'œuvre de l'orphelinat, un vœu du conseil, le cœur de ville."),
    document(17, "La mise en oeuvre des voeux et le coeur du sujet."),
    document(18, "Un événement climatique, des évènements répétés."),
    document(19, "L'été dernier fut sec."),
    document(20, "M. Mélenchon et Mme MELENCHON, à Nîmes comme à NIMES."),
]

_SHAPES = [
    # apostrophes, elisions, hyphens
    document(21, "Le droit à l'eau potable doit être garanti."),
    document(22, "Le droit à l’eau potable est un bien commun."),
    document(23, "Le droit et la qualité de l'eau."),
    document(24, "La garde à vue du suspect a duré deux jours."),
    document(25, "La garde-à-vue d'un mineur."),
    document(26, "Il garde la vue sur le port, à Sète."),
    document(27, "Aujourd'hui, le conseil de prud'hommes est saisi."),
    document(28, "Le conseil des prudhommes, jusqu’à demain, lorsqu'il siège."),
    document(29, "Les sous-préfectures de l'arrière-pays, en Seine-Saint-Denis."),
    document(30, "Sous la préfecture de la Seine, à Saint-Denis."),
    document(31, "Le porte-à-porte, c'est-à-dire le démarchage."),
    # ligatures, symbols, signs
    document(32, "L'hépatite C et le virus du Covid-19."),
    document(33, "Hépatite virale : le vaccin de type C."),
    document(34, "La R&D des PME/PMI représente 50% du budget (cf. art. L.123-4)."),
    document(35, "km² m³ n° 5 1er 2e ½ ﬁn"),
    document(36, "Straße, Łódź, São Tomé, Ñandú, Ελλάδα, Москва"),
    document(37, "snake_case et under_score : deux mots."),
    document(38, "Il a dit : « la République, une et indivisible ». Et « ou » ? Ou « et » !"),
    document(39, "e\u0301cole d\u00e9compose\u0301e et ecole sans accent"),
]

_NUMBERS = [
    document(40, "Une aide de 18 000 euros par an."),
    document(41, "Une aide de 18000 euros par an."),
    document(42, "Une aide de 18\u00a0000 euros par an."),
    document(43, "Une aide de 18\u202f000 euros par an."),
    document(44, "Une aide de 18.000 euros par an."),
    document(45, "Les 18 communes et les 000 oubliées, soit 1 234 567 habitants."),
    document(46, "Les 1234567 habitants en 2018, taux de 3,5 %."),
]

_ACRONYMS = [
    document(47, "Le centre d'appels de l'ANTS."),
    document(48, "L'Agence nationale des titres sécurisés ne répond pas."),
    document(49, "Une agence des titres, nationale, sécurisés ou non."),
    document(50, "Un EHPAD de Bretagne."),
    document(51, "Les établissements d'hébergement pour personnes âgées dépendantes."),
]

_NEARNESS = [
    document(52, "hôpital un deux trois quatre cinq fermeture"),
    document(53, "hôpital un deux trois quatre cinq six fermeture"),
    document(54, "fermeture immédiate du grand hôpital"),
    document(55, "fermeture", "hôpital", title="Question sur deux textes", answered_date=date(2019, 1, 8)),
    document(56, "Le maire de la ville maire."),
]

_FIELDS = [
    document(
        57,
        "Première question sur le logement social.",
        "La réponse parle d'eau et de logements.",
        title="Logement social des étudiants",
        heading="logement",
        rubric="logement : aides et prêts",
        author="Émilie Cariou",
        group="La République en Marche",
        constituency="Meuse",
        ministry_asked="Cohésion des territoires",
        ministry_assigned="Ville et logement",
        ministry_answered="Ville et logement",
        published_date=date(2018, 1, 2),
        answered_date=date(2018, 2, 27),
        due_date=date(2018, 3, 2),
    ),
    document(
        58,
        "Deuxième question, sur l'impôt.",
        "Réponse tardive.",
        title="Fiscalité : l'impôt à la source",
        rubric="impôts et taxes",
        author="Éric Coquerel",
        group="La France insoumise",
        constituency="Seine-Saint-Denis",
        ministry_asked="Action et comptes publics",
        ministry_assigned="Économie et finances",
        ministry_answered="Économie et finances",
        published_date=date(2018, 10, 2),
        answered_date=date(2020, 3, 10),
        renewed_dates=(date(2019, 1, 15), date(2019, 10, 1)),
        renewals=2,
        ever=("answered", "published", "reassigned", "renewed"),
    ),
    document(
        59,
        "Troisième question, signalée.",
        None,
        title="Sécurité intérieure",
        heading="police",
        rubric="police",
        author="Jean-Luc Mélenchon",
        group="La France insoumise",
        constituency="Bouches-du-Rhône",
        ministry_asked="Intérieur",
        ministry_assigned="Intérieur",
        published_date=date(2020, 3, 3),
        due_date=date(2020, 5, 3),
        signalled_dates=(date(2020, 5, 12),),
        ever=("published", "signalled"),
    ),
    document(
        60,
        "Quatrième question, pas encore due.",
        title="Outre-mer",
        author="Marie-George Buffet",
        group="Gauche démocrate et républicaine",
        constituency="Seine-Saint-Denis",
        ministry_asked="Outre-mer",
        ministry_assigned="Intérieur et outre-mer",
        published_date=date(2020, 6, 2),
        due_date=date(2020, 8, 2),
    ),
    document(
        61,
        "Cinquième question, retirée.",
        title="Agriculture",
        author="Martine Wonner",
        group="Non inscrit",
        ministry_asked="Agriculture et alimentation",
        ministry_assigned="Agriculture et alimentation",
        status="withdrawn",
        ever=("published", "withdrawn"),
        published_date=date(2019, 4, 30),
        closed_date=date(2019, 6, 4),
    ),
    document(
        62,
        "Sixième question, caduque.",
        title="Armées",
        author="Jean Martin",
        ministry_asked="Armées",
        status="lapsed",
        ever=("lapsed", "published"),
        published_date=date(2017, 6, 20),
        closed_date=date(2017, 12, 31),
        term=14,
        id="fr-an-14-QE-62",
    ),
    document(
        63,
        "Question au Gouvernement sur la sécurité.",
        "M. le Premier ministre. La sécurité est la première des libertés.",
        type="QG",
        id="fr-an-15-QG-63",
        author="Éric Ciotti",
        group="Les Républicains",
        ministry_asked="Premier ministre",
        answered_date=date(2018, 10, 3),
        due_date=None,
    ),
    document(64, None, None, published_date=None, due_date=None, ever=()),
    document(65, "Question dont le titre manque, sur l'école.", "Une réponse.", answered_date=date(2018, 12, 2)),
    document(66, "Question en retard d'un jour.", due_date=date(2020, 6, 14)),
    document(67, "Question due aujourd'hui même.", due_date=date(2020, 6, 15)),
]

_FIGURES = [
    document(
        68,
        "Combien coûtent les hôpitaux ?",
        "2 milliards d'euros pour les écoles et 5 millions d'euros pour les hôpitaux.",
        figures=(figure(2e9, "EUR", "écoles"), figure(5e6, "EUR", "hôpitaux")),
        answered_date=date(2019, 5, 7),
    ),
    document(
        69,
        "Combien de lits ?",
        "3 milliards d'euros pour l'hôpital public, soit une hausse de 50 %.",
        figures=(figure(3e9, "EUR", "hôpital public"), figure(50, "%", "hausse")),
        answered_date=date(2019, 5, 14),
    ),
    document(
        70,
        "De combien les demandes ont-elles augmenté ?",
        "Elles ont été multipliées par 8 ; le délai est de 3 à 5 jours.",
        figures=(figure(8, "x", "demandes"), figure(None, "d", "délai", low=3, high=5)),
        answered_date=date(2019, 5, 21),
    ),
    document(
        71,
        "Combien d'agents ?",
        "60 agents.",
        figures=(figure(60, None, "agents"),),
        answered_date=date(2019, 5, 28),
    ),
]

_FRENCH = [
    # words that are two, words in their own right, feminines, names, all capitals
    document(72, "L’association d’entr'aide de la presqu’île : quelqu'un sait s'il n'y a qu'une voie."),
    document(73, "LES PORTE-AVIONS DE TOULON ET L’INDUSTRIE NAVALE"),
    document(74, "Un porte\u2011avions français et ses équipages."),
    document(75, "Nous avions deux avions ; tu portes des portes ; il est venu de l'est."),
    document(76, "Ses fils tirent les fils du métier."),
    document(77, "Le fil est rompu."),
    document(78, "Les cours d'appel, la cour des comptes et un cours magistral."),
    document(79, "Les directrices de crèche et le directeur."),
    document(80, "Les infirmières libérales, l'infirmier de nuit."),
    document(81, "Le conseil départemental et les routes départementales."),
    document(82, "La \ufb01scalité et les \ufb01nances."),
    document(83, "Des tableaux.", portfolios=("interieur", "outre-mer"), tables=2, ministry_assigned="Outre-mer"),
    document(84, "Vaccination : des enfants vaccinés, vacciner, on vaccine.", portfolios=("sante",), tables=1),
    document(85, "Il a été dit que l'été sera chaud, que les étés seront longs."),
    document(86, "Le marché de la marche à pied, LES MARCHES DU PALAIS."),
    document(87, "Artificialisation : les sols artificialisés ; artificialiser coûte."),
    document(88, "Françoise et François, à Orléans ; Georges et Jacques."),
    document(89, "Pouvoir d'achat : il peut, ils peuvent, ils ont pu."),
    document(90, "Saint-Étienne, SAINT ETIENNE, L'Haÿ-les-Roses."),
    document(94, "Lʼabeille dʼAquitaine et lʼe\u0301levage des reines."),
]

_DECIMALS = [
    document(91, "Une subvention de 2 318 450,75 euros."),
    document(92, "Une subvention de 2318450,75 euros, ou de 2.318.450,75 euros."),
    document(93, "Le lot 450,75 coûte 2 318 euros."),
]

DOCUMENTS: tuple[SearchDocument, ...] = (
    *_WORDS,
    *_SHAPES,
    *_NUMBERS,
    *_ACRONYMS,
    *_NEARNESS,
    *_FIELDS,
    *_FIGURES,
    *_FRENCH,
    *_DECIMALS,
)
