"""Data version → index: rebuilt when there is none, brought up by the change log afterwards, never lagging unseen."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from filelock import FileLock, Timeout

from pipelines.dataset.changes import changed_since
from pipelines.dataset.read import iter_questions
from pipelines.dataset.store import Dataset, Version
from pipelines.flow.companions import Companions, documents, documents_counted, documents_of
from pipelines.flow.garbage import seldom_collecting
from pipelines.flow.refusals import set_aside
from pipelines.search.backend import IndexState, Rejected, SearchBackend
from pipelines.search.engines import open_backend
from schemas.errors import NoDatasetError, SearchError, SearchUnavailableError
from schemas.search import SearchDocument
from schemas.settings import Settings

_REBUILD_SHARE: Final = 0.3  # of all questions changed: from there a fresh index is cheaper and cleaner
_LOCK_S: Final = 30.0


@dataclass
class IndexReport:
    """What a refresh of the index did; `how` is rebuilt, updated or unchanged."""

    how: str
    data_version: str
    documents: int
    changed: int
    rejected: list[Rejected]

    def metadata(self) -> dict[str, str | int]:
        """Flat values, one per line of the run's page."""
        return {
            "how": self.how,
            "data_version": self.data_version,
            "documents": self.documents,
            "changed": self.changed,
            "rejected": len(self.rejected),
        }


def refresh_index(settings: Settings, *, now: datetime) -> IndexReport:
    """Bring the index and its companions to the current data version.

    What the engine refuses is set aside in the quarantine. Raises NoDatasetError, SearchError; while the engine cannot
    be reached the data version waits, and the next refresh catches up.
    """
    dataset = Dataset.open(settings.dataset_dir)
    version = built_version(settings, dataset)
    try:
        with writing_index(settings), seldom_collecting():
            version = built_version(settings, dataset)  # another process may have gone on while this one waited
            return _refresh(settings, dataset, version, now)
    except SearchUnavailableError as error:
        raise SearchUnavailableError(
            f"{error}. Data version {version.name} is built; the index follows with the next `questarium build`"
        ) from error


def built_version(settings: Settings, dataset: Dataset) -> Version:
    """The current data version; raises NoDatasetError before the first build."""
    version = dataset.current
    if version is None:
        raise NoDatasetError(f"nothing has been built in {settings.home}: there is nothing to index")
    return version


def indexed_version(settings: Settings, state: IndexState) -> Version:
    """The data version that an index was made from; raises NoDatasetError when it is gone.

    Its name is not enough: a dataset that was removed and built again gives the names anew.
    """
    version = Dataset.open(settings.dataset_dir).version(state.data_version)
    if version is None or version.content != state.content:
        raise NoDatasetError(
            f"the index was made from data version {state.data_version} ({state.content}), which is gone: "
            "run `questarium build`"
        )
    return version


def live_state(settings: Settings, backend: SearchBackend) -> IndexState:
    """What the live index holds; raises NoDatasetError where there is none of the shape that is read today."""
    state = backend.state()
    if state is None:
        raise NoDatasetError(f"no index in {settings.home} that this version reads: run `questarium build`")
    return state


@contextmanager
def writing_index(settings: Settings) -> Iterator[None]:
    """Hold this data folder's right to write its index; raises SearchError when another process keeps it.

    Errors of the disk become ours.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.home / "index.lock", timeout=_LOCK_S):
            yield
    except Timeout as error:
        raise SearchError(f"another process is writing the index of {settings.home}; wait for it to end") from error
    except OSError as error:
        raise SearchError(
            f"cannot write the index of {settings.home}: {error.strerror or error}; mend that, then run "
            "`questarium build` again"
        ) from error


def _refresh(settings: Settings, dataset: Dataset, version: Version, now: datetime) -> IndexReport:
    backend = open_backend(settings)
    state = backend.state()
    if state is not None and state.content == version.content:
        Companions.of(settings, version.content).vocabulary(version)
        if state.data_version != version.name:
            backend.update([], [], version.name, version.content)
        return IndexReport("unchanged", version.name, state.documents, 0, [])
    known = _known(dataset, state)
    report, tried = _update(settings, backend, known, version) if known else rebuild(settings, backend, version, 0)
    _drop_what_is_left(settings, dataset, backend, version)
    settled = settle(dataset, backend, report.rejected, tried, now=now)
    if settled.content == version.content:
        report.data_version = settled.name
    return report


def settle(
    dataset: Dataset,
    backend: SearchBackend,
    rejected: Iterable[Rejected],
    tried: Iterable[str] | None,
    *,
    now: datetime,
) -> Version:
    """Set aside what the engine refused of what was offered (None: of all), and tell the index the version of that.

    Gives the newest version, which the index is not told when its content is another: another process has built it
    meanwhile, and the next refresh follows.
    """
    version = set_aside(dataset, rejected, tried, now=now)
    state = backend.state()
    if state is not None and state.content == version.content and state.data_version != version.name:
        backend.update([], [], version.name, version.content)
    return version


def _known(dataset: Dataset, state: IndexState | None) -> Version | None:
    """The data version the index has, when the change log can be followed from there."""
    version = dataset.version(state.data_version) if state else None
    return version if version and state and version.content == state.content else None


Done = tuple[IndexReport, set[str] | None]
"""What was done, and which questions were offered to the engine: None for all."""


def _update(settings: Settings, backend: SearchBackend, known: Version, version: Version) -> Done:
    changed, removed = changed_since(version, known)
    if len(changed) + len(removed) > _REBUILD_SHARE * max(1, version.counts["questions"]):
        return rebuild(settings, backend, version, len(changed) + len(removed))
    with ThreadPoolExecutor() as threads:  # reading leaves Python's lock
        before = threads.submit(lambda: list(documents_counted(known, sorted(changed | removed))))
        after = list(documents_of(version, sorted(changed)))
    following = _following(settings, (known, before.result()), (version, after))
    rejected = backend.update(following, sorted(removed), version.name, version.content)
    total = version.counts["questions"]
    return IndexReport("updated", version.name, total, len(changed) + len(removed), rejected), changed | removed


def _following(
    settings: Settings, before: tuple[Version, list[SearchDocument]], after: tuple[Version, list[SearchDocument]]
) -> Iterator[SearchDocument]:
    """The documents as they are now; once they are sent, and while the engine works, the companions are made."""
    yield from after[1]
    Companions.of(settings, after[0].content).follow(Companions.of(settings, before[0].content), before[1], after[1])


def rebuild(settings: Settings, backend: SearchBackend, version: Version, changed: int) -> Done:
    """Build the index and its companions from every question; `changed` is told in the report."""
    companions = Companions.of(settings, version.content)
    passing = companions.counting(documents(version, iter_questions(version)))
    rejected = backend.rebuild(passing, version.name, version.content)
    return IndexReport("rebuilt", version.name, version.counts["questions"], changed, rejected), None


def _drop_what_is_left(settings: Settings, dataset: Dataset, backend: SearchBackend, version: Version) -> None:
    """Remove versions of the index whose data version is gone (pruned, or without the texts that it had then).

    The companions of those and of older ones go with them.
    """
    held = {each.content for each in dataset.versions()}
    kept: list[str] = []
    for each in backend.life.versions():
        if each.live or each.content in held:
            kept.append(each.content)
        else:
            backend.life.drop(each.index)
    Companions.of(settings, version.content).drop_others(kept)
