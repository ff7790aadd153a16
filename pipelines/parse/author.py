"""The asker as printed: civilité, name, and between brackets the group and the constituency."""

import re

from pipelines.parse.text import one_spaced
from schemas.question import PrintedAuthor

# "de M. Ugo X (Groupe - Nord )", "M.Abelin Jean-Pierre", "Mme X"
_AUTHOR = re.compile(
    r"(?P<de>de ?(?= |M))?"
    r"(?: ?(?P<civility>MM\.|Mmes|Mme|Mlle|M\.|M(?![A-ZÀ-Ý]{2}))(?=[ .A-ZÀ-Ý]|d(?:e|es|u|')[ A-ZÀ-Ý])\.?(?P<gap> ?))?"
    r"(?P<name>[^():>|]{2,80}?) ?(?:\( ?(?P<brackets>.{0,200})\) ?)?"
)
# Val Ada (Mme): how indexes print the civilité
_CIVILITY_BEHIND = re.compile(r"(?P<name>[^():>|]{2,80}) \((?P<civility>M\.?|Mme|Mlle)\)(?P<rest>.{0,200})")
# MASSON Jean Louis
_CAPITALS_FIRST = re.compile(
    r"(?:[A-ZÀ-Ý'-]{3,40}|[A-ZÀ-Ý'-]{2} [A-ZÀ-Ý'-]{2,40}) (?:.{0,60} )?[A-ZÀ-Ý][a-zà-ÿ].{0,40}"
)
_DASH = re.compile(r" [-–—] ")  # reprints set the dash in their own way
_CIVILITIES = {"M": "M."}


def read_author(line: str, *, group_first: bool = True, surname_first: bool = False) -> PrintedAuthor | None:
    """Read an author line; None when it is none (neither `de`, nor a civilité).

    Args:
        line: the line, or the value of an author label.
        group_first: the brackets hold group - constituency (Assemblée), else constituency - group (Sénat).
        surname_first: how this source prints names; `M.Abelin Jean-Pierre`, without a blank, and `ABELIN Jean-Pierre`
            are so everywhere.
    """
    line = one_spaced(line)
    behind = _CIVILITY_BEHIND.fullmatch(line)
    found = _AUTHOR.fullmatch(f"{behind['civility']} {behind['name']}{behind['rest']}" if behind else line)
    if found is None or not (found["de"] or found["civility"]):
        return None
    group, constituency = _brackets(found["brackets"] or "", group_first=group_first)
    civility, name = found["civility"], found["name"].strip()
    return PrintedAuthor(
        name=name,
        civility=_CIVILITIES.get(civility, civility) if civility else None,
        group=group,
        constituency=constituency,
        surname_first=surname_first or found["gap"] == "" or _CAPITALS_FIRST.fullmatch(name) is not None,
    )


def _brackets(text: str, *, group_first: bool) -> tuple[str | None, str | None]:
    """Group and constituency; group names may hold a spaced dash themselves, constituencies never do."""
    padded = f" {text.strip()} "
    dashes = list(_DASH.finditer(padded))
    if not dashes:
        group, constituency = (padded, "") if group_first else ("", padded)
    elif group_first:
        group, constituency = padded[: dashes[-1].start()], padded[dashes[-1].end() :]
    else:
        constituency, group = padded[: dashes[0].start()], padded[dashes[0].end() :]
    return group.strip() or None, constituency.strip() or None
