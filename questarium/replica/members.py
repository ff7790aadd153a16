"""The Assemblée's files of members (AMO), rendered from the askers of synthetic questions: JSON, in the real shapes.

One file a member, its mandates inside (a seat, a group), and one file an organ. AMO30 holds everybody since the 11th
term, AMO10 those in office: of one synthetic term they are the same people.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import orjson

from questarium.replica.corpus import SyntheticQuestion
from questarium.replica.source_ids import mandate_id, organ_id
from schemas.identity import TermKey
from schemas.question import PrintedAuthor
from schemas.terms import term as known_term

_NIL = {"@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@xsi:nil": "true"}
_FOLDER = "/static/openData/repository/{term}/amo"
_KINDS = (
    "tous_acteurs_mandats_organes_xi_legislature/AMO30_tous_acteurs_tous_mandats_tous_organes_historique.json.zip",
    "deputes_actifs_mandats_actifs_organes/AMO10_deputes_actifs_mandats_actifs_organes.json.zip",
)
_FIRST_FOLDER = 15  # older terms are in its history
_SEATS = 9  # constituencies of a département, at most


def members_paths(term: int) -> list[str]:
    """Where the site has the files of a term: everybody, and those in office."""
    return [f"{_FOLDER.format(term=max(term, _FIRST_FOLDER))}/{kind}" for kind in _KINDS]


def members_zip(questions: Iterable[SyntheticQuestion], *, made: datetime) -> bytes:
    """The zip of the members who ask these questions, and of their organs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, document in sorted(members_files(questions).items()):
            archive.writestr(zipfile.ZipInfo(name, made.timetuple()[:6]), orjson.dumps(document))
    return out.getvalue()


def members_files(questions: Iterable[SyntheticQuestion]) -> dict[str, dict[str, Any]]:
    """The documents by their paths in the zip."""
    files: dict[str, dict[str, Any]] = {}
    for question in questions:
        author, key = question.author, question.key.term_key
        if author.source_id is None or f"json/acteur/{author.source_id}.json" in files:
            continue
        files[f"json/acteur/{author.source_id}.json"] = {"acteur": _member(author, key)}
        for organ in (_assembly(key), _group(author, key)):
            files[f"json/organe/{organ['uid']}.json"] = {"organe": organ}
    return files


def _member(author: PrintedAuthor, term: TermKey) -> dict[str, Any]:
    first, _, last = (author.name or "").partition(" ")
    return {
        "uid": {"@xsi:type": "IdActeur_type", "#text": author.source_id},
        "etatCivil": {
            "ident": {"civ": author.civility, "prenom": first, "nom": last, "alpha": last, "trigramme": None},
            "infoNaissance": {"dateNais": None, "villeNais": None},
            "dateDeces": _NIL,
        },
        "profession": {"libelleCourant": None},
        "adresses": None,
        "mandats": {
            "mandat": [
                _mandate(author, term, "ASSEMBLEE", _assembly(term)["uid"]) | {"election": _election(author)},
                _mandate(author, term, "GP", author.group_id),
            ]
        },
    }


def _mandate(author: PrintedAuthor, term: TermKey, kind: str, organ: str | None) -> dict[str, Any]:
    return {
        "uid": author.mandate_id if kind == "ASSEMBLEE" else mandate_id(f"{kind}:{author.source_id}"),
        "acteurRef": author.source_id,
        "legislature": str(term.term),
        "typeOrgane": kind,
        **_days(term),
        "preseance": "20",
        "nominPrincipale": "1",
        "infosQualite": {"codeQualite": "Membre", "libQualite": "Membre", "libQualiteSex": "Membre"},
        "organes": {"organeRef": organ},
    }


def _election(author: PrintedAuthor) -> dict[str, Any]:
    seat = 1 + zlib.crc32(f"{author.source_id}".encode()) % _SEATS
    return {"lieu": {"departement": author.constituency, "numCirco": str(seat)}, "causeMandat": "élections générales"}


def _assembly(term: TermKey) -> dict[str, Any]:
    label = f"Assemblée nationale de la {term.term}ème législature"
    return _organ(organ_id(label), "ASSEMBLEE", label, "AN", term)


def _group(author: PrintedAuthor, term: TermKey) -> dict[str, Any]:
    return _organ(author.group_id, "GP", author.group, author.group_abbreviation, term)


def _organ(uid: str | None, kind: str, label: str | None, short: str | None, term: TermKey) -> dict[str, Any]:
    return {
        "uid": uid,
        "codeType": kind,
        "libelle": label,
        "libelleEdition": label,
        "libelleAbrege": short,
        "libelleAbrev": short,
        "viMoDe": {**_days(term), "dateAgrement": None},
        "organeParent": None,
        "legislature": str(term.term),
    }


def _days(term: TermKey) -> Mapping[str, str | None]:
    known = known_term(term)
    opened, closed = (known.opened, known.closed) if known else (None, None)
    return {"dateDebut": _written(opened), "dateFin": _written(closed)}


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None
