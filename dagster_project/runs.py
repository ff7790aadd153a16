"""Runs started from the command line: the assets of the schedules, in this process, recorded in the same place."""

import os
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import dagster as dg

from dagster_project.assets import CollectConfig, captures, questions, search_index
from dagster_project.partitions import terms
from dagster_project.resources import Place
from schemas.errors import RefreshError
from schemas.settings import Settings

_PROCESS = "questarium/process"
_RUNNING = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

# No pools: a killed run would keep its slot, and the next would wait for ever. Archive, dataset and index have locks of
# their own, which the system frees.
INSTANCE = """\
# Made once by Questarium; yours to change.
telemetry:
  enabled: false
run_monitoring:  # a killed run is found and marked failed, then run again
  enabled: true
  max_runtime_seconds: 86400
run_retries:
  enabled: true
  max_retries: 2
"""


def instance_at(folder: Path) -> dg.DagsterInstance:
    """The run history kept in that folder; made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), (folder / "dagster.yaml").open("x", encoding="utf-8") as file:
        file.write(INSTANCE)
    return dg.DagsterInstance.from_config(str(folder))


def collect(settings: Settings, term: str, config: CollectConfig) -> dg.ExecuteInProcessResult:
    """Fetch one term into the archive; errors of our own tree come through as they are."""
    return _run(settings, [captures], term, {"captures": {"config": config.model_dump()}})


def build(settings: Settings, partitions: Sequence[str], *, on_progress: Callable[[str], None]) -> None:
    """Bring these partitions into a data version, one run each, then the index to it."""
    for partition in partitions:
        _run(settings, [questions], partition)
        on_progress(partition)
    _run(settings, [search_index], None)
    on_progress("index")


def reported(result: dg.ExecuteInProcessResult) -> dict[str, Any]:
    """What the assets of a run reported, as plain values."""
    found: dict[str, Any] = {}
    for event in result.get_asset_materialization_events():
        for name, value in event.materialization.metadata.items():
            found[name] = value.value
    return found


def end_killed_runs(instance: dg.DagsterInstance) -> None:
    """Mark as failed the runs of the command line whose process is gone; Dagster would show them running for ever."""
    for run in instance.get_runs(filters=dg.RunsFilter(statuses=_RUNNING)):
        process = run.tags.get(_PROCESS)
        if process is not None and not _is_alive(int(process)):
            instance.report_run_failed(run, f"process {process} was killed; run the same command again")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _run(
    settings: Settings, assets: list[dg.AssetsDefinition], partition: str | None, ops: dict[str, object] | None = None
) -> dg.ExecuteInProcessResult:
    with instance_at(settings.dagster_dir) as instance, warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.PreviewWarning)  # Dagster's own use of its previews is no news to a user
        end_killed_runs(instance)
        if partition is not None:
            instance.add_dynamic_partitions(str(terms.name), [partition])
        result = dg.materialize(
            assets,
            partition_key=partition,
            instance=instance,
            resources={"place": Place.of(settings), "pipes": dg.PipesSubprocessClient()},
            run_config={**_QUIET, "ops": ops or {}},
            tags={_PROCESS: str(os.getpid()), "dagster/max_retries": "0"},  # run again by whoever started it
        )
    if not result.success:
        raise RefreshError(f"run {result.run_id} failed; `dagster dev -m dagster_project.definitions` shows its log")
    return result
