"""The code location: `dagster dev -m dagster_project.definitions`; built once from the settings."""

import dagster as dg

from dagster_project.assets import captures, questions, search_index
from dagster_project.resources import Place
from dagster_project.schedules import after_the_jo, refresh
from schemas.settings import Settings


def definitions_for(settings: Settings) -> dg.Definitions:
    """The definitions over one data folder."""
    return dg.Definitions(
        assets=[captures, questions, search_index],
        jobs=[refresh],
        schedules=[after_the_jo],
        resources={"place": Place.of(settings), "pipes": dg.PipesSubprocessClient()},
    )


defs = definitions_for(Settings())
