"""Which question a person means: its id, or any way to write its number that the search box takes."""

from typing import Final

import pyarrow.compute as pc

from pipelines.dataset.parquet import read_table
from pipelines.dataset.store import Version
from pipelines.search.language.jumps import Name, read_name
from schemas.errors import UnknownQuestionError
from schemas.identity import QuestionKey

_TOLD: Final = 8  # questions of one number


def question_key(version: Version, text: str) -> QuestionKey:
    """The question that the text names; raises UnknownQuestionError where it names none of the version, or several.

    An id is taken as it is, whether the version has it or not.
    """
    name = read_name(text, certainly=True)
    if name is None:
        raise UnknownQuestionError(
            f"'{text}' names no question: write its id or its number, such as fr-an-15-QE-12526, 15-12526 or 'n° 12526'"
        )
    if name.id is not None:
        return QuestionKey.parse(name.id)
    columns = ["id", "published_date"]
    found = read_table(version, "questions", columns=columns, where=_where(name)).sort_by("id").to_pylist()
    if not found:
        raise UnknownQuestionError(
            f"'{text}' names no question of data version {version.name}; `questarium status` says what is there"
        )
    if len(found) > 1:
        told = ", ".join(f"{row['id']} (of {row['published_date'] or 'no known day'})" for row in found[:_TOLD])
        more = " …" if len(found) > _TOLD else ""
        raise UnknownQuestionError(f"'{text}' names {len(found)} questions: write which one: {told}{more}")
    return QuestionKey.parse(found[0]["id"])


def _where(name: Name) -> pc.Expression:
    if name.source_id is not None:
        return pc.field("source_id") == name.source_id
    where = pc.field("number") == name.number
    if name.term is not None:
        where &= pc.field("term") == name.term
    return where & pc.field("type").isin(name.types) if name.types else where
