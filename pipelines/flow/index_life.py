"""The versions of the index as people handle them: list, go back, clean, copy, restore.

The engine switches; here it is made sure that what it switches to can be read: its data version and its vocabulary.
"""

from pathlib import Path

from pipelines.dataset.store import Dataset
from pipelines.flow.companions import Companions
from pipelines.flow.indexing import indexed_version, writing_index
from pipelines.search.backend import IndexState
from pipelines.search.engines import open_backend
from pipelines.search.life import IndexVersion, chosen_copy
from schemas.errors import NoDatasetError, UsageError
from schemas.settings import Settings


def index_versions(settings: Settings) -> list[IndexVersion]:
    """All versions of the index, oldest first; raises SearchError."""
    return open_backend(settings).life.versions()


def rollback(settings: Settings, index: str | None = None) -> IndexVersion:
    """Switch to another complete version, the newest besides the live one by default.

    Its vocabulary is there before the switch. The next build brings the live index to the current data version from
    there. Raises UsageError for an unknown one, NoDatasetError when there is none or its data is gone, SearchError.
    """
    with writing_index(settings):
        life = open_backend(settings).life
        target = _target(life.versions(), index)
        assert target.data_version is not None
        state = IndexState(target.index, target.data_version, target.documents, target.content)
        version = indexed_version(settings, state)
        Companions.of(settings, version.content).vocabulary(version)
        life.switch(target.index)
        return next(each for each in life.versions() if each.live)


def clean(settings: Settings) -> list[str]:
    """Remove what killed rebuilds left, and companions of no index; gives the names of the indices."""
    with writing_index(settings):
        life = open_backend(settings).life
        removed = life.clean()
        current = Dataset.open(settings.dataset_dir).current
        kept = [each.content for each in life.versions()]
        Companions.of(settings, current.content if current else "").drop_others(kept)
    return removed


def snapshot(settings: Settings, place: Path) -> str:
    """Copy the live index to a folder; gives the name of the copy."""
    with writing_index(settings):
        return open_backend(settings).life.snapshot(str(place))


def restore(settings: Settings, place: Path, name: str | None = None) -> IndexVersion:
    """Bring back a copy, the newest by default, as a new version of the index, and switch to it."""
    with writing_index(settings):
        life = open_backend(settings).life
        life.restore(str(place), chosen_copy(str(place), life.snapshots(str(place)), name))
        return next(each for each in life.versions() if each.live)


def _target(versions: list[IndexVersion], index: str | None) -> IndexVersion:
    ready = [each for each in versions if each.readable and not each.live]
    if not ready:
        raise NoDatasetError("there is no other complete version of the index to go back to")
    if index is None:
        return ready[-1]
    found = next((each for each in ready if each.index == index), None)
    if found is None:
        raise UsageError(f"'{index}' is no version to go back to; there are: {', '.join(each.index for each in ready)}")
    return found
