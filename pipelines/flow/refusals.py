"""Documents that the search engine refuses: set aside in the quarantine of their term, like pages that cannot be read.

What is set aside does not count for the content of a data version, so the index stays the index of the new version.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Final

from pipelines.dataset.parquet import read_table
from pipelines.dataset.read import questions
from pipelines.dataset.rows import Row, quarantine_row
from pipelines.dataset.store import Dataset, PartitionUpdate, Version
from pipelines.search.backend import Rejected
from schemas.identity import QuestionKey
from schemas.quarantine import Quarantined

REASON: Final = "index_refused"


def refused(version: Version) -> set[str]:
    """Ids of the questions whose documents the engine refused, as the data version has them set aside."""
    rows = read_table(version, "quarantine", columns=["question", "reason"]).to_pylist()
    return {row["question"] for row in rows if row["reason"] == REASON}


def set_aside(dataset: Dataset, rejected: Iterable[Rejected], tried: Iterable[str] | None, *, now: datetime) -> Version:
    """Bring the quarantine to what the engine refused, and give the data version that then holds.

    Args:
        dataset: the dataset.
        rejected: what was refused.
        tried: ids that were offered to the engine; None when all were. Others keep what was said of them.
        now: the time of the new data version, if there is one.
    """
    version = dataset.current
    assert version is not None
    reasons = {each.id: each.reason for each in rejected}
    offered = None if tried is None else {*tried, *reasons}
    before = refused(version)
    gone = before if offered is None else before & offered
    by_partition = groupby(sorted(gone | reasons.keys(), key=_partition), key=_partition)
    updates = {partition: _update(dataset, version, partition, set(ids), reasons) for partition, ids in by_partition}
    return dataset.commit(updates, now=now).version if updates else version


def _update(
    dataset: Dataset, version: Version, partition: str, ids: set[str], reasons: dict[str, str]
) -> PartitionUpdate:
    """The partition as it is, but for what is said of these questions."""
    kept = [row for row in dataset.quarantine(partition) if not (row["question"] in ids and row["reason"] == REASON)]
    return PartitionUpdate(
        changed=[],
        captures=read_table(version, "captures", partition).to_pylist(),
        quarantine=kept + _rows(version, partition, [each for each in sorted(ids) if each in reasons], reasons),
        inputs=dataset.inputs(partition),
    )


def _rows(version: Version, partition: str, ids: list[str], reasons: dict[str, str]) -> list[Row]:
    return [
        quarantine_row(
            Quarantined(
                capture_id=question.captures[0],
                url=question.source_url,
                question=question.key,
                part=None,
                reason=REASON,
                detail=reasons[question.id],
            ),
            partition,
        )
        for question in questions(version, ids)
    ]


def _partition(question: str) -> str:
    return str(QuestionKey.parse(question).term_key)
