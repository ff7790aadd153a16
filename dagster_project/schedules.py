"""Schedules: a refresh after each issue of the JO."""

from collections.abc import Iterator

import dagster as dg

from dagster_project.assets import captures, questions, search_index
from dagster_project.partitions import terms
from dagster_project.resources import Place
from schemas.settings import Settings

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.assets(captures, questions, search_index),
    description="Collect a term, build its questions, bring the index up.",
)


@dg.schedule(
    job=refresh,
    cron_schedule="30 9 * * 2",  # the Assemblée's questions are published on Tuesdays since its 12th term
    execution_timezone="Europe/Paris",
    default_status=dg.DefaultScheduleStatus.STOPPED,
)
def after_the_jo(context: dg.ScheduleEvaluationContext, place: Place) -> Iterator[dg.RunRequest]:
    """One run for each open term of the settings (`QUESTARIUM_TERMS`)."""
    settings: Settings = place.settings
    for term in settings.terms:
        context.instance.add_dynamic_partitions(str(terms.name), [term])
        yield dg.RunRequest(run_key=f"{term}-{context.scheduled_execution_time:%Y-%m-%d}", partition_key=term)
