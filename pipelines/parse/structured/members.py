"""The Assemblée's files of members, mandates and organs (AMO), as JSON and as XML.

One file a member (`acteur`, its mandates inside), a mandate (`mandat`) or an organ (`organe`), or one file of all in
wrappers (`export`). Source: https://data.assemblee-nationale.fr, AMO10 (in office) and AMO30 (since term 11). An object
is told by its uid: PA a person, PM a mandate, PO an organ. Addresses, professions, birth and staff are left out, since
they say nothing of questions.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from pipelines.parse.draft import Draft, Problem
from pipelines.parse.structured.common import report_unread
from pipelines.parse.structured.issue import read_day, read_number
from pipelines.parse.structured.tree import Branch, Node
from pipelines.parse.text import one_spaced
from schemas.people import Mandate, Member, Organ, People

_DEEPEST_WRAPPER = 4
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_PREFIXES: Final = ("PA", "PM", "PO")
_PERSONAL: Final = ("profession", "uri_hatvp", "adresses")
_OF_A_MANDATE: Final = (
    "datePublication",
    "preseance",
    "nominPrincipale",
    "suppleants",
    "chambre",
    "mandature",
    "collaborateurs",
    "libelle",
    "missionSuivanteRef",
    "missionPrecedenteRef",
)
_OF_AN_ORGAN: Final = (
    "libelleEdition",
    "organeParent",
    "organePrecedentRef",
    "chambre",
    "regime",
    "regimeJuridique",
    "siteInternet",
    "nombreReunionsAnnuelles",
    "secretariat",
    "preseance",
    "positionPolitique",
    "couleurAssociee",
    "listePays",
    "numero",
    "lieu",
)


def holds_people(node: Node) -> bool:
    """Whether a tree holds members, mandates or organs."""
    return next(_objects(node), None) is not None


def parse(node: Node) -> tuple[People, list[Problem]]:
    """Read every object of a file, and tell what could not be read of it."""
    draft = Draft()
    members: list[Member] = []
    mandates: list[Mandate] = []
    organs: list[Organ] = []
    for prefix, found in _objects(node):
        branch = Branch(found)
        if prefix == "PA":
            _member(branch, draft, members, mandates)
        elif prefix == "PM":
            mandates += _mandate(branch, draft)
        else:
            _put(organs, _organ(branch, draft), branch, draft)
        report_unread(draft, branch)
    return People(members=tuple(members), mandates=tuple(mandates), organs=tuple(organs)), draft.problems


def _objects(node: Node, depth: int = 0) -> Iterator[tuple[str, dict[str, Node]]]:
    """The objects with the uid of a person, a mandate or an organ, wherever the wrappers put them."""
    if isinstance(node, dict) and "uid" in node:
        uid = Branch({"uid": node["uid"]}).text("uid") or ""
        if uid[:2] in _PREFIXES and uid[2:].isdecimal():
            yield uid[:2], node
    elif depth < _DEEPEST_WRAPPER and isinstance(node, dict | list):
        for inner in node if isinstance(node, list) else node.values():
            yield from _objects(inner, depth + 1)


def _member(branch: Branch, draft: Draft, members: list[Member], mandates: list[Mandate]) -> None:
    branch.ignore(*_PERSONAL)
    id_, state = branch.text("uid"), branch.branch("etatCivil")
    state.ignore("infoNaissance", "dateDeces")
    identity = state.branch("ident")
    identity.ignore("alpha", "trigramme")
    civility, first_name, last_name = identity.text("civ"), identity.text("prenom"), identity.text("nom")
    if id_ and last_name:
        members.append(
            Member(
                id=id_,
                civility=civility,
                first_name=first_name,
                last_name=one_spaced(last_name),
            )
        )
    else:
        draft.report("missing_name", branch.path or "acteur", f"the person {id_} has no name")
    for each in branch.branch("mandats").branches("mandat"):
        mandates += _mandate(each, draft)


def _mandate(branch: Branch, draft: Draft) -> list[Mandate]:
    """One line for each organ of a mandate, which is one, or two ministries."""
    branch.ignore(*_OF_A_MANDATE)
    id_, member, kind = branch.text("uid"), branch.text("acteurRef"), branch.text("typeOrgane")
    quality = branch.branch("infosQualite")
    quality.ignore("codeQualite", "libQualiteSex")
    election = branch.branch("election")
    election.ignore("causeMandat", "refCirconscription")
    place = election.branch("lieu")
    place.ignore("region", "regionType", "numDepartement")
    organs = branch.branch("organes").texts("organeRef")
    term = _number(branch, "legislature", draft)
    days = [_day(branch.text(name), branch.path, draft) for name in ("dateDebut", "dateFin")]
    departement, seat = place.text("departement"), _number(place, "numCirco", draft)
    called = quality.text("libQualite")
    if not (id_ and member and kind and organs):
        draft.report("missing_reference", branch.path or "mandat", f"the mandate {id_} names no person or no organ")
        return []
    return [
        Mandate(
            id=id_,
            member=member,
            organ=organ,
            kind=kind,
            term=term,
            quality=called,
            first_day=days[0],
            last_day=days[1],
            departement=departement,
            constituency=seat,
        )
        for organ in organs
    ]


def _organ(branch: Branch, draft: Draft) -> Organ | None:
    branch.ignore(*_OF_AN_ORGAN)
    life = branch.branch("viMoDe")
    life.ignore("dateAgrement")
    id_, kind, label = branch.text("uid"), branch.text("codeType"), branch.text("libelle")
    short, abbreviation = branch.text("libelleAbrege"), branch.text("libelleAbrev")
    term = _number(branch, "legislature", draft)
    days = [_day(life.text(name), life.path, draft) for name in ("dateDebut", "dateFin")]
    if not (id_ and kind and label):
        return None
    return Organ(
        id=id_,
        kind=kind,
        label=one_spaced(label),
        short_label=one_spaced(short) if short else None,
        abbreviation=abbreviation,
        term=term,
        first_day=days[0],
        last_day=days[1],
    )


def _put(organs: list[Organ], organ: Organ | None, branch: Branch, draft: Draft) -> None:
    if organ is not None:
        organs.append(organ)
    else:
        draft.report("missing_label", branch.path or "organe", "an organ without a type or a label")


def _day(text: str | None, part: str, draft: Draft) -> date | None:
    """A day, of any century: some organs are older than the Republic that the questions are of."""
    iso = _ISO.match(text or "")
    with suppress(ValueError):
        return date.fromisoformat(iso[0]) if iso else read_day(text, part, draft)
    return read_day(text, part, draft)


def _number(branch: Branch, name: str, draft: Draft) -> int | None:
    return read_number(branch.text(name), name, draft)
