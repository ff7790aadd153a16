"""Checks: what must hold after each asset; one per asset, each proven able to fail by a test.

They read the ledger, the dataset and the index themselves, so that they would notice a stage that lies.
"""

import dagster as dg

from dagster_project.assets import captures, questions, search_index
from dagster_project.partitions import terms
from dagster_project.resources import Place
from pipelines.flow.indexing import index_difference
from pipelines.flow.watching import missing_from_dataset, number_states
from schemas.identity import TermKey
from schemas.tables import UNPLACED


@dg.asset_check(asset=captures, partitions_def=terms, description="Every number of the term has a final state.")
def every_number_accounted_for(context: dg.AssetCheckExecutionContext, place: Place) -> dg.AssetCheckResult:
    """Pending and failed numbers are counted; none may be left at the end of a full run."""
    counts = number_states(place.settings, TermKey.parse(context.partition_key))
    return dg.AssetCheckResult(passed=not (counts.pending or counts.failed), metadata=counts.model_dump())


@dg.asset_check(asset=questions, partitions_def=terms, description="Every archived number is a question or set aside.")
def archive_is_in_dataset(context: dg.AssetCheckExecutionContext, place: Place) -> dg.AssetCheckResult:
    """The difference of the two sets, which must be empty."""
    if context.partition_key == UNPLACED:
        return dg.AssetCheckResult(passed=True)
    missing = missing_from_dataset(place.settings, TermKey.parse(context.partition_key))
    return dg.AssetCheckResult(passed=not missing, metadata={"missing": len(missing), "first": missing[:20]})


@dg.asset_check(asset=search_index, description="The index holds exactly the questions of the data version.")
def index_is_dataset(place: Place) -> dg.AssetCheckResult:
    """Compared by id and content hash."""
    difference = index_difference(place.settings)
    counts = {name: len(ids) for name, ids in difference.items()}
    return dg.AssetCheckResult(passed=not any(counts.values()), metadata=counts)


checks = [every_number_accounted_for, archive_is_in_dataset, index_is_dataset]
