"""SQL over the current data version, read-only."""

from typing import Any

from pipelines.dataset.read import connect, query
from questarium.queries.opened import current_version
from schemas.settings import Settings


def run_sql(settings: Settings, text: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows; raises UsageError with the engine's message when the SQL is wrong."""
    with connect(current_version(settings)) as connection:
        return query(connection, text)
