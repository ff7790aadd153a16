"""The current data version, opened; every question asked starts here."""

from pipelines.dataset.store import Dataset, Version
from schemas.errors import NoDatasetError
from schemas.settings import Settings


def current_version(settings: Settings) -> Version:
    """The current data version; raises NoDatasetError before the first build."""
    version = Dataset.open(settings.dataset_dir).current
    if version is None:
        raise NoDatasetError(
            f"nothing has been built in {settings.home}: run `questarium import PATH` or `questarium collect TERM`, "
            "then `questarium build`"
        )
    return version
