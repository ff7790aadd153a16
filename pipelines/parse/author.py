"""The asker as printed: civilité, name, and between brackets the group and the constituency."""

import re

from pipelines.parse.text import one_spaced
from schemas.question import PrintedAuthor

# "de M. Ugo X (Groupe - Nord )", "M.Abelin Jean-Pierre", "Mme X"
_AUTHOR = re.compile(
    r"(?P<de>de ?(?= |M))?"
    r"(?: ?(?P<civility>M\.|M|Mme|Mlle|Mmes|MM\.)(?=[ .A-ZÀ-Ý]|d(?:e|es|u|')[ A-ZÀ-Ý])\.?(?P<gap> ?))?"
    r"(?P<name>[^():>|]{2,80}?) ?(?:\( ?(?P<brackets>.{0,200})\) ?)?"
)
_DASH = re.compile(r" [-–—] ")  # reprints set the dash in their own way
_CIVILITIES = {"M": "M."}


def read_author(line: str, *, group_first: bool = True, surname_first: bool = False) -> PrintedAuthor | None:
    """Read an author line; None when it is none (neither `de`, nor a civilité).

    Args:
        line: the line, or the value of an author label.
        group_first: the brackets hold group - constituency (Assemblée), else constituency - group (Sénat).
        surname_first: how this source prints names; `M.Abelin Jean-Pierre`, without a blank, is so everywhere.
    """
    found = _AUTHOR.fullmatch(one_spaced(line))
    if found is None or not (found["de"] or found["civility"]):
        return None
    group, constituency = _brackets(found["brackets"] or "", group_first=group_first)
    civility = found["civility"]
    return PrintedAuthor(
        name=found["name"].strip(),
        civility=_CIVILITIES.get(civility, civility) if civility else None,
        group=group,
        constituency=constituency,
        surname_first=surname_first or found["gap"] == "",
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
