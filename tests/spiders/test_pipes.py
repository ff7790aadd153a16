"""The crawl as Dagster starts it: a subprocess that reports through Pipes."""

from pathlib import Path

import dagster as dg

from questarium.replica.faults import Fault, Faults
from questarium.replica.server import Replica, serve
from tests.spiders.crawling import command


def materialize(replica: Replica, archive: Path) -> dict[str, object]:
    @dg.asset
    def captures(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient) -> dg.MaterializeResult[None]:
        return pipes.run(command=command(replica, archive), context=context).get_materialize_result()

    result = dg.materialize([captures], resources={"pipes": dg.PipesSubprocessClient()})
    assert result.success
    metadata = result.asset_materializations_for_node("captures")[0].metadata
    return {name: entry.value for name, entry in metadata.items()}


def test_report_is_the_metadata_of_the_asset(tmp_path: Path) -> None:
    with serve(20) as replica:
        metadata = materialize(replica, tmp_path)
    assert {name: metadata[name] for name in ("finish", "new", "pending", "ledger_archived")} == {
        "finish": "finished",
        "new": 20,
        "pending": 0,
        "ledger_archived": 20,
    }


def test_something_left_is_no_failure_of_the_run(tmp_path: Path) -> None:
    with serve(20, faults=Faults(numbers={5: Fault.CUT}, times=None)) as replica:
        metadata = materialize(replica, tmp_path)
    assert (metadata["pending"], metadata["ledger_pending"]) == (1, 1)
