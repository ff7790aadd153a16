"""Assets: what is kept, in the order of the flow; each body hands over to a spider or to `pipelines.flow`."""

import os
import sys
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg

from dagster_project import checks
from dagster_project.partitions import terms
from dagster_project.resources import Place
from pipelines.flow.building import refresh_after_members
from pipelines.flow.indexing import refresh_index
from schemas.errors import ArchiveError, RefreshError
from schemas.identity import TermKey
from spiders.sites import Source, sources_of

PARIS = ZoneInfo("Europe/Paris")
"""Where the JO is published."""

_INCOMPLETE = 3  # exit code of a spider that left something pending


class CollectConfig(dg.Config):
    """How to collect; by default from all sources of the term, the real ones, politely."""

    sources: list[str] | None = None
    base_url: str | None = None
    delay_s: float | None = None
    refetch: bool = False


# With a check, Dagster takes the bare annotation only: hence no MaterializeResult[…] below.
@dg.asset(partitions_def=terms, kinds={"scrapy"}, group_name="collect", check_specs=[checks.NUMBERS])
def captures(
    context: dg.AssetExecutionContext,
    config: CollectConfig,
    place: Place,
    pipes: dg.PipesSubprocessClient,
) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """One term, fetched into the archive; the spiders are a process of their own, which reports what they did."""
    command = collect_command(TermKey.parse(context.partition_key), config, place)
    collected = pipes.run(command=command, context=context).get_materialize_result(implicit_materialization=False)
    report = {name: getattr(value, "value", value) for name, value in (collected.metadata or {}).items()}
    _raise_failure(report)
    finished = report["finish"] == "finished"
    held = checks.every_number_accounted_for(place.settings, context.partition_key, finished=finished)
    return dg.MaterializeResult(metadata=report, check_results=[held])


@dg.asset(
    partitions_def=terms,
    deps=[captures],
    kinds={"parquet"},
    group_name="build",
    pool="dataset",
    check_specs=checks.QUESTION_CHECKS,
)
def questions(context: dg.AssetExecutionContext, place: Place) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Questions of one term with their events, texts and figures: the rows of a data version."""
    report = refresh_after_members(place.settings, context.partition_key, now=datetime.now(UTC))
    held = checks.questions_hold(place.settings, context.partition_key, today=datetime.now(PARIS).date())
    return dg.MaterializeResult(metadata=report.metadata(), check_results=held)


@dg.asset(deps=[questions], kinds={"elasticsearch"}, group_name="build", check_specs=[checks.INDEX])
def search_index(place: Place) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """The search index with its vocabulary, brought to the current data version."""
    report = refresh_index(place.settings, now=datetime.now(UTC))
    held = checks.index_is_dataset(place.settings)
    return dg.MaterializeResult(metadata=report.metadata(), check_results=[held])


def _raise_failure(report: dict[str, Any]) -> None:
    """A crawl that could not be run is a failed run; one that left something pending is not: its check fails."""
    told = f"collecting {report['term']}: {report.get('error', report['finish'])}"
    if report["exit_code"] == ArchiveError.exit_code:
        raise ArchiveError(told)
    if report["exit_code"] not in (0, _INCOMPLETE):
        raise RefreshError(told)


def collect_command(term: TermKey, config: CollectConfig, place: Place) -> list[str]:
    """The command line of the spiders; raises UnknownTermError where none collects that parliament."""
    settings, sources = place.settings, sources_of(term)
    spiders = [Source(name).spider for name in config.sources or sources]
    delay = settings.download_delay_s if config.delay_s is None else config.delay_s
    command = [sys.executable, "-P", "-m", "spiders.run", *spiders, "--term", str(term), "--parent", str(os.getpid())]
    command += ["--archive", str(settings.archive_dir), "--delay", str(delay), "--contact", settings.contact]
    if config.base_url:
        command += ["--base-url", config.base_url]
    if not config.sources:
        command += ["--tolerate-missing"]
    return command + (["--refetch"] if config.refetch else [])
