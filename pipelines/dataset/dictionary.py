"""What the columns mean, for people (Markdown) and for tools (Frictionless Data Package); made from the schemas alone.

https://datapackage.org/standard/data-package/ , version 2.
"""

from typing import Any, Final

import pyarrow as pa

from pipelines.dataset.manifest import Version
from pipelines.dataset.parquet import SCHEMAS

_ABOUT: Final = {
    "questions": "one row per question: who asked whom what about, where it stands",
    "texts": "one row per question: the texts, apart so that the rest stays quick to read",
    "events": "one row per event of a question's history",
    "attributions": "one row per ministry in charge of a question, in order",
    "tables": "one row per table that stands in a text",
    "figures": "one row per quantity stated in a text",
    "comparisons": "one row per pair of sources of a question, with the fields on which they agree",
    "disagreements": "one row per field on which two sources of a question differ, with both readings and what stands",
    "captures": "one row per fetched response and question that it shows",
    "quarantine": "one row per thing that could not be read, with its reason",
    "members": "one row per person of the parliament's files of members",
    "mandates": "one row per stay of a person in an organ: a group, a seat, a ministry",
    "organs": "one row per organ: a group, a ministry, a government",
    "changes": "the change log: one row per field of a question that changed from one data version to the next",
}

_KEYS: Final = {
    "questions": ["id"],
    "texts": ["id"],
    "events": ["id", "ordinal"],
    "attributions": ["id", "ordinal"],
    "tables": ["id", "ordinal"],
    "figures": ["id", "ordinal"],
    "comparisons": ["id", "ordinal"],
    "disagreements": ["id", "ordinal"],
    "changes": ["sequence"],
}

_TYPES: Final = {
    pa.string(): ("text", "string"),
    pa.date32(): ("date", "date"),
    pa.timestamp("us", tz="UTC"): ("time, UTC", "datetime"),
    pa.int32(): ("integer", "integer"),
    pa.int64(): ("integer", "integer"),
    pa.float64(): ("number", "number"),
    pa.list_(pa.string()): ("list of text", "list"),
    pa.list_(pa.list_(pa.string())): ("list of lists of text", "array"),
}
"""Arrow type → the word in the dictionary, the type in the Data Package."""


def dictionary() -> str:
    """The data dictionary: one section per table, one line per column."""
    return "\n".join(["# Data dictionary", "", *(line for name in SCHEMAS for line in _section(name))])


def datapackage(version: Version) -> dict[str, Any]:
    """The Frictionless descriptor of a data version; paths are relative to the dataset folder."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "questarium",
        "version": version.name,
        "created": version.manifest.created.isoformat(),
        "licenses": [
            {
                "name": "etalab-2.0",
                "title": "Licence Ouverte / Open Licence 2.0",
                "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            }
        ],
        "sources": [{"title": "Assemblée nationale", "path": "https://questions.assemblee-nationale.fr/"}],
        "resources": [_resource(version, name) for name in SCHEMAS if version.files(name)],
    }


def _section(name: str) -> list[str]:
    rows = [f"| `{field.name}` | {_TYPES[field.type][0]} | {_description(field)} |" for field in SCHEMAS[name]]
    about = f"{_ABOUT[name][0].upper()}{_ABOUT[name][1:]}."
    return [f"## `{name}`", "", about, "", "| column | type | meaning |", "|---|---|---|", *rows, ""]


def _resource(version: Version, name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(field) for field in SCHEMAS[name]]}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    return {
        "name": name,
        "description": _ABOUT[name],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "path": [f"files/{file.path}" for file in version.files(name)],
        "schema": schema,
    }


def _field(field: "pa.Field[Any]") -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": _TYPES[field.type][1],
        "description": _description(field),
    }
    return described | ({"itemType": "string"} if described["type"] == "list" else {})


def _description(field: "pa.Field[Any]") -> str:
    text: bytes = (field.metadata or {}).get(b"description", b"")
    return text.decode()
