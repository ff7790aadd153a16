"""The metadata of every question of a data version, found by id: the columns are read once, texts are not."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dataset.parquet import read_table
from pipelines.dataset.store import Version

_PAGE: Final = 2_000  # ids looked up at a time


class Catalogue:
    """Some columns of the table of questions."""

    def __init__(self, version: Version, columns: Sequence[str]) -> None:
        """Read the columns of all terms; raises DatasetError."""
        wanted = ["id", *(column for column in columns if column != "id")]
        tables = [read_table(version, "questions", each, columns=wanted) for each in version.partitions]
        self._table: pa.Table = pa.concat_tables(tables) if tables else pa.table({name: [] for name in wanted})
        self._ids = self._table.column("id").combine_chunks()

    def column(self, name: str) -> list[Any]:
        """The values of one column for all questions."""
        values: list[Any] = self._table.column(name).to_pylist()
        return values

    def rows(self, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The rows of these ids in the order asked; an id that the version has not is left out."""
        remaining = iter(ids)
        while page := list(islice(remaining, _PAGE)):
            places = pc.drop_null(pc.index_in(pa.array(page, pa.string()), value_set=self._ids))
            yield from self._table.take(places).to_pylist()
