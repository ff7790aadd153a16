"""Files of members, mandates and organs, in every shape they come in."""

import json
from datetime import date
from typing import Any

import pytest

from pipelines.parse.read import ParseResult, read
from schemas.people import Mandate, Member, Organ, People
from tests.pipelines.parse.captures import a_capture

NIL = {"@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@xsi:nil": "true"}
MANDATE: dict[str, Any] = {
    "@xsi:type": "MandatParlementaire_type",
    "uid": "PM842621",
    "acteurRef": "PA1008",
    "legislature": "17",
    "typeOrgane": "ASSEMBLEE",
    "dateDebut": "2024-07-07",
    "datePublication": None,
    "dateFin": None,
    "preseance": "50",
    "nominPrincipale": "1",
    "infosQualite": {"codeQualite": "membre", "libQualite": "membre", "libQualiteSex": "membre"},
    "organes": {"organeRef": "PO838901"},
    "suppleants": {"suppleant": {"dateDebut": "2024-07-07", "dateFin": None, "suppleantRef": "PA793960"}},
    "chambre": None,
    "election": {
        "lieu": {
            "region": "Nouvelle-Aquitaine",
            "regionType": "Métropolitain",
            "departement": "Gironde",
            "numDepartement": "33",
            "numCirco": "4",
        },
        "causeMandat": "élections générales",
        "refCirconscription": "PO839429",
    },
    "mandature": {"datePriseFonction": "2024-07-08", "causeFin": None},
    "collaborateurs": {"collaborateur": [{"qualite": "Mme", "nom": "Lac"}]},
}
OFFICE = MANDATE | {
    "uid": "PM9",
    "legislature": None,
    "typeOrgane": "MINISTERE",
    "dateDebut": "2025-10-21+01:00",
    "dateFin": "21/04/2026",
    "infosQualite": {"codeQualite": "Ministre", "libQualite": "Ministre"},
    "organes": {"organeRef": ["PO873640", "PO873718"]},
    "election": None,
}
MEMBER = {
    "@xmlns": "http://schemas.assemblee-nationale.fr/referentiel",
    "uid": {"@xsi:type": "IdActeur_type", "#text": "PA1008"},
    "etatCivil": {
        "ident": {"civ": "M.", "prenom": "Alain", "nom": "David", "alpha": "DavidA", "trigramme": "ADA"},
        "infoNaissance": {"dateNais": "1949-06-02", "villeNais": "Libourne"},
        "dateDeces": NIL,
    },
    "profession": {"libelleCourant": "Ingénieur"},
    "uri_hatvp": "https://hatvp.example/david",
    "adresses": {"adresse": [{"uid": "AD719586", "type": "0"}]},
}
ORGAN = {
    "uid": "PO845401",
    "codeType": "GP",
    "libelle": "Rassemblement National",
    "libelleEdition": "du groupe",
    "libelleAbrege": "RN",
    "libelleAbrev": "RN",
    "viMoDe": {"dateDebut": "2024-07-18", "dateAgrement": None, "dateFin": None},
    "organeParent": None,
    "chambre": None,
    "regime": "5ème République",
    "legislature": "17",
    "secretariat": {"secretaire01": None},
    "positionPolitique": "Opposition",
    "couleurAssociee": "#35495E",
}
DAVID = Member(id="PA1008", civility="M.", first_name="Alain", last_name="David")
SEAT = Mandate(
    id="PM842621", member="PA1008", organ="PO838901", kind="ASSEMBLEE", term=17, quality="membre",
    first_day=date(2024, 7, 7), last_day=None, departement="Gironde", constituency=4,
)  # fmt: skip
GROUP = Organ(
    id="PO845401", kind="GP", label="Rassemblement National", short_label="RN", abbreviation="RN", term=17,
    first_day=date(2024, 7, 18), last_day=None,
)  # fmt: skip


def read_json(document: object) -> ParseResult:
    return read(a_capture(json.dumps(document), media_type="application/json"))


@pytest.mark.parametrize("mandates", [{"mandat": MANDATE}, {"mandat": [MANDATE]}])
def test_a_member_with_a_mandate(mandates: object) -> None:
    result = read_json({"acteur": MEMBER | {"mandats": mandates}})
    assert (result.people, result.questions, result.quarantined) == (
        People(members=(DAVID,), mandates=(SEAT,)),
        (),
        (),
    )


def test_a_member_without_mandates_and_a_mandate_of_its_own() -> None:
    assert read_json({"acteur": MEMBER}).people == People(members=(DAVID,))
    assert read_json({"mandat": MANDATE}).people == People(mandates=(SEAT,))


def test_an_organ() -> None:
    result = read_json({"organe": ORGAN})
    assert (result.people, result.quarantined) == (People(organs=(GROUP,)), ())


def test_a_mandate_in_two_organs_and_dates_in_other_forms() -> None:
    found = read_json({"mandat": OFFICE}).people.mandates
    assert [each.organ for each in found] == ["PO873640", "PO873718"]
    assert {(each.first_day, each.last_day, each.quality) for each in found} == {
        (date(2025, 10, 21), date(2026, 4, 21), "Ministre")
    }


def test_days_before_the_republic() -> None:
    old = ORGAN | {"viMoDe": {"dateDebut": "1899-12-31", "dateFin": "1946-11-28"}}
    (organ,) = read_json({"organe": old}).people.organs
    assert (organ.first_day, organ.last_day) == (date(1899, 12, 31), date(1946, 11, 28))


def test_one_file_of_all() -> None:
    export = {"export": {"acteurs": {"acteur": [MEMBER]}, "organes": {"organe": [ORGAN, ORGAN | {"uid": "PO2"}]}}}
    people = read_json(export).people
    assert (people.members, [organ.id for organ in people.organs]) == ((DAVID,), ["PO845401", "PO2"])


def test_xml() -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><organe xmlns="http://schemas.assemblee-nationale.fr/referentiel">'
        "<uid>PO845401</uid><codeType>GP</codeType><libelle>Rassemblement National</libelle>"
        "<libelleAbrege>RN</libelleAbrege><libelleAbrev>RN</libelleAbrev>"
        "<viMoDe><dateDebut>18/07/2024</dateDebut><dateFin/></viMoDe><legislature>17</legislature></organe>"
    )
    assert read(a_capture(text, media_type="text/xml")).people == People(organs=(GROUP,))


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (
            {"organe": ORGAN | {"couleur": "bleu"}},
            ("unknown_key", "couleur", "the key 'couleur' is not known, and what it says is not read"),
        ),
        ({"organe": ORGAN | {"viMoDe": {"dateDebut": "le lac"}}}, ("bad_date", "viMoDe", "'le lac' is no date")),
        ({"organe": ORGAN | {"legislature": "dix"}}, ("bad_number", "legislature", "'dix' is no number")),
        ({"organe": ORGAN | {"libelle": None}}, ("missing_label", "organe", "an organ without a type or a label")),
        *(
            (
                {"mandat": MANDATE | {lacking: None}},
                ("missing_reference", "mandat", f"the mandate {MANDATE['uid']} names no person or no organ"),
            )
            for lacking in ("organes", "acteurRef", "typeOrgane")
        ),
        (
            {"acteur": MEMBER | {"etatCivil": {"ident": {"prenom": "Ada"}}}},
            ("missing_name", "acteur", f"the person {DAVID.id} has no name"),
        ),
    ],
)
def test_what_cannot_be_read_is_set_aside_as_a_part(document: object, told: tuple[str, str, str]) -> None:
    result = read_json(document)
    assert [(each.reason, each.part, each.detail) for each in result.quarantined] == [told]
