"""The current data version, opened; every question asked starts here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.dataset.store import Dataset, Version
from schemas.errors import NoDatasetError
from schemas.settings import Settings


@dataclass(frozen=True)
class Known:
    """What was known at the end of a day, as a data version."""

    day: date
    version: Version


def known_at(
    settings: Settings, day: date, terms: Sequence[str] | None = None, *, on_progress: Callable[[str], None]
) -> Known:
    """What was known at the end of that day of these terms, or of all; raises NoDatasetError where nothing was."""
    from pipelines.flow.knowing import version_known  # all that reads a capture: half a second to load

    version = version_known(settings, day, terms, on_progress=on_progress)
    if version is None:
        raise NoDatasetError(f"nothing had been captured by {day}: ask for a later day, or import captures of then")
    return Known(day, version)


def opened(settings: Settings, known: Known | None) -> Version:
    """The data version of what was known, or the current one; raises NoDatasetError before the first build."""
    return known.version if known else current_version(settings)


def current_version(settings: Settings) -> Version:
    """The current data version; raises NoDatasetError before the first build."""
    version = Dataset.open(settings.dataset_dir).current
    if version is None:
        raise NoDatasetError(
            f"nothing has been built in {settings.home}: run `questarium import PATH` or `questarium collect TERM`, "
            "then `questarium build`"
        )
    return version
