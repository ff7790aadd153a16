"""Where two sources of one question differ, and how often they agree, field by field."""

from typing import Any, Final

from pipelines.dataset.read import connect
from questarium.queries.opened import current_version
from schemas.comparison import Disagreement
from schemas.identity import TermKey
from schemas.record import Record
from schemas.settings import Settings


class DisagreementFilter(Record):
    """What is asked for; None takes all."""

    term: TermKey | None = None
    field: str | None = None
    source: str | None = None


class FieldCount(Record):
    """How often two sources agree on a field, and how often not."""

    field: str
    source: str
    other_source: str
    agreed: int
    disagreed: int


class QuestionDisagreement(Record):
    """One disagreement, and the question it is about."""

    question: str
    disagreement: Disagreement


class DisagreementReport(Record):
    """The counts by field and pair of sources, and the first of the disagreements, of which there are `total`."""

    data_version: str
    total: int
    questions_compared: int
    fields: tuple[FieldCount, ...]
    disagreements: tuple[QuestionDisagreement, ...]


_WHERE: Final = """
    ($partition IS NULL OR partition = $partition) AND ($field IS NULL OR field = $field)
    AND ($source IS NULL OR $source IN (source, other_source))
"""
_AGREED: Final = "SELECT id, partition, source, other_source, unnest(agreed) AS field FROM comparisons"
_COUNTS: Final = f"""
    SELECT field, source, other_source, sum(agreed), sum(disagreed) FROM (
        SELECT field, source, other_source, 1 AS agreed, 0 AS disagreed FROM ({_AGREED}) WHERE {_WHERE}
        UNION ALL SELECT field, source, other_source, 0, 1 FROM disagreements WHERE {_WHERE}
    ) GROUP BY ALL ORDER BY source, other_source, field
"""  # noqa: S608 - our own words; values are bound
_COMPARED: Final = """
    SELECT count(DISTINCT id) FROM comparisons
    WHERE ($partition IS NULL OR partition = $partition) AND ($source IS NULL OR $source IN (source, other_source))
"""
_FOUND: Final = f"""
    SELECT id, {", ".join(Disagreement.model_fields)} FROM disagreements WHERE {_WHERE}
    ORDER BY partition, id, ordinal LIMIT $limit
"""  # noqa: S608 - our own words; values are bound


def disagreements(settings: Settings, wanted: DisagreementFilter, *, limit: int) -> DisagreementReport:
    """Count and list; raises NoDatasetError before the first build."""
    version = current_version(settings)
    values: dict[str, Any] = {
        "partition": str(wanted.term) if wanted.term else None,
        "field": wanted.field,
        "source": wanted.source,
    }
    with connect(version) as connection:
        counts = connection.execute(_COUNTS, values).fetchall()
        compared = connection.execute(_COMPARED, {n: v for n, v in values.items() if n != "field"}).fetchone()
        found = connection.execute(_FOUND, values | {"limit": limit}).fetchall()
    fields = tuple(FieldCount.model_validate(dict(zip(FieldCount.model_fields, row, strict=True))) for row in counts)
    return DisagreementReport(
        data_version=version.name,
        total=sum(each.disagreed for each in fields),
        questions_compared=compared[0] if compared else 0,
        fields=fields,
        disagreements=tuple(_listed(row) for row in found),
    )


def _listed(row: tuple[Any, ...]) -> QuestionDisagreement:
    told = dict(zip(Disagreement.model_fields, row[1:], strict=True))
    return QuestionDisagreement(question=row[0], disagreement=Disagreement.model_validate(told))
