"""SQL over a data version, read-only."""

from typing import Any

from pipelines.dataset.read import connect, query
from questarium.queries.opened import Known, opened
from schemas.settings import Settings


def run_sql(settings: Settings, text: str, *, known: Known | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows; raises UsageError with the engine's message when the SQL is wrong."""
    with connect(opened(settings, known)) as connection:
        return query(connection, text)
