"""Checks: what must hold after each asset; one per asset, each proven able to fail by a test.

They read the ledger, the dataset and the index themselves, so that they would notice a stage that lies. Each asset
yields its own check, since a check apart from a partitioned asset cannot know the partition.
"""

from typing import Final

import dagster as dg

from pipelines.flow.reconciling import index_difference
from pipelines.flow.watching import missing_from_dataset, number_states
from schemas.identity import TermKey
from schemas.settings import Settings
from schemas.tables import UNPLACED

NUMBERS: Final = dg.AssetCheckSpec(
    "every_number_accounted_for", asset="captures", description="Every number of the term has a final state."
)
QUESTIONS: Final = dg.AssetCheckSpec(
    "archive_is_in_dataset", asset="questions", description="Every archived question is a row or in quarantine."
)
INDEX: Final = dg.AssetCheckSpec(
    "index_is_dataset", asset="search_index", description="The index holds exactly the questions of the data version."
)


def every_number_accounted_for(settings: Settings, partition: str, *, finished: bool) -> dg.AssetCheckResult:
    """Pending and failed numbers are counted; none may be left, and the run must have come to its own end."""
    counts = number_states(settings, TermKey.parse(partition))
    passed = finished and not (counts.pending or counts.failed)
    return dg.AssetCheckResult(passed=passed, check_name=NUMBERS.name, metadata=counts.model_dump())


def archive_is_in_dataset(settings: Settings, partition: str) -> dg.AssetCheckResult:
    """The difference of the two sets, which must be empty; captures of no term have no questions."""
    missing = [] if partition == UNPLACED else missing_from_dataset(settings, TermKey.parse(partition))
    first = ", ".join(missing[:20])
    return dg.AssetCheckResult(
        passed=not missing, check_name=QUESTIONS.name, metadata={"missing": len(missing), "first": first}
    )


def index_is_dataset(settings: Settings) -> dg.AssetCheckResult:
    """Compared by counts and content hashes, block by block; what the engine refused is in quarantine, and shown."""
    found = index_difference(settings)
    return dg.AssetCheckResult(passed=found.same, check_name=INDEX.name, metadata=found.counts)
