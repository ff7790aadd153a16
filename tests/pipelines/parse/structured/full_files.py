"""Full files: one of each structured source, with every key that its files and its published schemas know."""

import json
from collections.abc import Callable
from html import escape
from typing import Any, TypeAlias

from tests.pipelines.parse.captures import a_capture, outcome

Tree: TypeAlias = "dict[str, Any]"
Reader: TypeAlias = "Callable[[Tree], dict[str, Any]]"


def _as_json(tree: Tree) -> dict[str, Any]:
    return outcome(a_capture(json.dumps(tree), "file:depot/fichier.json", "application/json"))


def _as_xml(root: str) -> Reader:
    def read(tree: Tree) -> dict[str, Any]:
        return outcome(a_capture(f"<?xml version='1.0'?>{_element(root, tree)}", "file:depot/f.xml", "application/xml"))

    return read


def _element(name: str, node: Any) -> str:
    if isinstance(node, list):
        return "".join(_element(name, each) for each in node)
    if not isinstance(node, dict):
        return f"<{name}>{escape(node or '')}</{name}>"
    attributes = "".join(f' {key[1:]}="{escape(value)}"' for key, value in node.items() if key.startswith("@"))
    inner = "".join(_element(key, value) for key, value in node.items() if not key.startswith("@"))
    return f"<{name}{attributes}>{inner}</{name}>"


def _info_jo(day: str, page: str, number: str) -> Tree:
    return {
        "typeJO": "JO_QUESTION",
        "dateJO": day,
        "pageJO": page,
        "numJO": number,
        "urlLegifrance": "https://jo.example/texte",
        "referenceNOR": "EAUX2500001D",
    }


def _ministry(label: str, id_: str) -> Tree:
    return {"organeRef": id_, "abrege": label, "developpe": f"Ministère {label}"}


def _text(text: str, place: Tree, erratum: Tree) -> Tree:
    return {"infoJO": place, "texte": text, "erratum": {"infoJO": erratum, "texte": f"Au lieu de : {text}"}}


OPEN_DATA: Tree = {
    "question": {
        "@xmlns": "https://schema.example",
        "@xsi:type": "QuestionEcrite_Type",
        "uid": "QANR5L17QE4321",
        "identifiant": {"numero": "4321", "regime": "5eme Republique", "legislature": "17"},
        "type": "QE",
        "indexationAN": {"rubrique": "eau", "teteAnalyse": "sources", "analyses": {"analyse": ["taries", "chaudes"]}},
        "auteur": {
            "identite": {"acteurRef": "PA1001", "mandatRef": "PM2002"},
            "groupe": {"organeRef": "PO3003", "abrege": "LAC", "developpe": "Groupe du Lac"},
        },
        "minInt": _ministry("Eaux", "PO4004"),
        "minAttribs": {
            "minAttrib": [
                {"infoJO": _info_jo("2025-04-29", "10", "17"), "denomination": _ministry("Eaux", "PO4004")},
                {"infoJO": _info_jo("2025-05-20", "11", "20"), "denomination": _ministry("Forêts", "PO5005")},
            ]
        },
        "textesQuestion": {
            "texteQuestion": _text(
                "Elle demande pourquoi.", _info_jo("2025-04-29", "10", "17"), _info_jo("2025-05-06", "12", "18")
            )
        },
        "textesReponse": {
            "texteReponse": _text(
                "La pluie manque.", _info_jo("2025-08-05", "99", "31"), _info_jo("2025-09-02", "112", "35")
            )
        },
        "cloture": {
            "codeCloture": "REP_PUB",
            "libelleCloture": "Réponse publiée",
            "dateCloture": "2025-08-05",
            "infoJO": _info_jo("2025-08-05", "90", "31"),
        },
        "signalement": {"dateDepotSignal": "2025-07-01", "infoJO": _info_jo("2025-07-08", "50", "27")},
        "renouvellements": {
            "renouvellement": [
                {"infoJO": _info_jo("2025-06-10", "51", "24")},
                {"infoJO": _info_jo("2025-06-24", "52", "26")},
            ]
        },
    }
}


def _issue(day: str, page: str, number: str) -> Tree:
    return {
        "DATE_JO": day,
        "PAGE_JO": page,
        "TYPE_JO": "JO_QUESTION",
        "NUMERO_JO": number,
        "REFERENCE_NOR": "EAUX1400001D",
    }


VIEW: Tree = {
    "@TYPE": "QE",
    "LEGISLATURE": "14",
    "DEPOT": [{"@NUMERO": "4321", **_issue("07/01/2014", "10", "1")}, {"TEXTE_DEPOT": "Elle demande pourquoi."}],
    "AUTEUR": {"@ID_MANDAT": "2002", "ID_ACTEUR": "1001", "CIVILITE": "Mme", "NOM": "Martin", "PRENOM": "Ada"},
    "GROUPE": {"@SIGLE": "LAC", "LIBELLE": "Groupe du Lac", "ID_GROUPE": "3003"},
    "CIRCONSCRIPTION": {
        "@NUMERO_CIRCONSCRIPTION": "2",
        "CODE_DEPARTEMENT": "73",
        "DEPARTEMENT": "Savoie",
        "CODE_REGION": "84",
        "REGION": "Alpes",
    },
    "INDEXATION_AN": {"@RUBRIQUE": "eau", "TETE_ANALYSE": "sources", "ANALYSE": {"ANA": ["taries", "chaudes"]}},
    "MINI": {"ABREGE": "Eaux", "DEVELOPPE": "Ministère des eaux", "ID_MINI": "4004"},
    "MINA": {
        "ORDRE": [
            {"@NUMERO": "1", "ABREGE": "Eaux", "DEVELOPPE": "M", "ID_MINA": "4004", **_issue("07/01/2014", "10", "1")},
            {"@NUMERO": "2", "ABREGE": "Forêts", "DEVELOPPE": "M", "ID_MINA": "55", **_issue("04/03/2014", "12", "9")},
        ]
    },
    "ERRATUM_QUESTION": {"TEXTE_ERRATUM": "Au lieu de : deux", **_issue("14/01/2014", "11", "2")},
    "SIGNALEMENT": {"DATE_DEPOT_SIGNAL": "01/04/2014", **_issue("08/04/2014", "13", "14")},
    "RENOUVELLEMENT": {
        "ORDRE": [
            {"@NUMERO": "1", "DATE_RENOUVELLEMENT": "15/04/2014", "NUMERO_JO": "15", "TYPE_JO": "JO_QUESTION"},
            {"@NUMERO": "2", "DATE_RENOUVELLEMENT": "29/04/2014", "NUMERO_JO": "17", "TYPE_JO": "JO_QUESTION"},
        ]
    },
    "CLOTURE": {"ABREGE": "REP_PUB", "LIBELLE": "Réponse publiée", **_issue("05/08/2014", "90", "31")},
    "REPONSE": {"TEXTE_REPONSE": "La pluie manque.", "DATE_JO_REPONSE": "05/08/2014", "PAGE_JO_REPONSE": "99"},
    "ERRATUM_REPONSE": {"TEXTE_ERRATUM": "Au lieu de : trois", **_issue("12/08/2014", "105", "32")},
}


def _of_the_week(number: str, type_: str, page: str) -> Tree:
    return {
        "idQuestion": {"numeroQuestion": number, "type": type_, "legislature": "17", "source": "AN"},
        "referencePublication": _place(page),
        "ministreJO": "Eaux et forêts",
        "parlementaire": "Mme Ada Martin",
        "Objet": "Sources taries",
        "texteQuestion": "Elle demande pourquoi.",
    }


def _place(page: str) -> Tree:
    return {"datePublication": "2026-03-10", "pageJO": page, "noPublication": "20260010"}


WEEKLY: Tree = {
    "@DateJO": "2026-03-10",
    "@NumJO": "20260010",
    "Section": [
        {"@part": "QE", "question": [_of_the_week("12100", "QE", "2100"), _of_the_week("12101", "QE", "2101")]},
        {
            "@part": "REP",
            "questionReponse": {
                "question": [_of_the_week("11001", "REP", "2200"), _of_the_week("11044", "REP", "2200")],
                "reponse": {"texteReponse": "La pluie manque.", "referencePublication": _place("2200")},
            },
        },
    ],
}

FULL: dict[str, tuple[Tree, Reader]] = {
    "open data": (OPEN_DATA, _as_json),
    "view": (VIEW, _as_xml("QUESTION")),
    "weekly": (WEEKLY, _as_xml("QuestionsReponses")),
}
