"""The ids that the Assemblée's own files give to persons, mandates, groups and ministries; made from names alone."""

import zlib
from functools import lru_cache


def person_id(name: str) -> str:
    """`PA…`, of a person."""
    return f"PA{_number('person', name)}"


def mandate_id(name: str) -> str:
    """`PM…`, of a person's mandate in the term."""
    return f"PM{_number('mandate', name)}"


def organ_id(label: str) -> str:
    """`PO…`, of a group or a ministry."""
    return f"PO{_number('organ', label)}"


def short_label(group: str) -> str:
    """The abbreviation of a group: its capitals and first letters."""
    words = [word for word in group.replace("'", " ").replace(",", " ").split() if len(word) > 2]
    return "".join(word[0] for word in words).upper() or group[:3].upper()


@lru_cache(maxsize=8192)
def _number(kind: str, name: str) -> int:
    return 300_000 + zlib.crc32(f"{kind}:{name}".encode()) % 600_000
