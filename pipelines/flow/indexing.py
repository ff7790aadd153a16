"""Data version → index: rebuilt when there is none, brought up by the change log afterwards, never lagging unseen."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipelines.dataset.changes import sequences
from pipelines.dataset.read import changed_since, iter_questions, questions
from pipelines.dataset.store import Dataset, Version
from pipelines.delays.deadlines import question_due
from pipelines.search.backend import Rejected, SearchBackend
from pipelines.search.engines import open_backend
from pipelines.search.from_question import document
from pipelines.search.vocabulary import Vocabulary
from schemas.errors import NoDatasetError, SearchError
from schemas.question import Question
from schemas.search import SearchDocument
from schemas.settings import Settings

_REBUILD_SHARE = 0.3  # of all questions changed: from there a fresh index is cheaper and cleaner


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


def refresh_index(settings: Settings) -> IndexReport:
    """Bring the index and its vocabulary to the current data version; raises NoDatasetError, SearchError."""
    dataset = Dataset.open(settings.dataset_dir)
    version = dataset.current
    if version is None:
        raise NoDatasetError(f"nothing has been built in {settings.home}: there is nothing to index")
    backend = open_backend(settings)
    state = backend.state()
    if state is not None and state.data_version == version.name:
        save_vocabulary(settings, version, None)
        return IndexReport("unchanged", version.name, state.documents, 0, [])
    known = dataset.version(state.data_version) if state else None
    return _update(settings, backend, known, version) if known else _rebuild(settings, backend, version, 0)


def vocabulary_of(settings: Settings, data_version: str) -> Vocabulary:
    """The vocabulary of the index of that data version; made again from the dataset where its file is gone."""
    version = Dataset.open(settings.dataset_dir).version(data_version)
    if version is None:
        raise NoDatasetError(f"the index was made from data version {data_version}, which is gone: `questarium build`")
    return save_vocabulary(settings, version, None)


def index_difference(settings: Settings) -> dict[str, list[str]]:
    """What the index lacks, has too much, or has otherwise than the data version, by id."""
    dataset = Dataset.open(settings.dataset_dir)
    version = dataset.current
    expected = {each.id: each.content_hash for each in _documents(version, iter_questions(version))} if version else {}
    backend = open_backend(settings)
    held = dict(backend.hashes()) if backend.state() else {}
    return {
        "missing": sorted(expected.keys() - held.keys()),
        "surplus": sorted(held.keys() - expected.keys()),
        "different": sorted(id_ for id_ in expected.keys() & held.keys() if expected[id_] != held[id_]),
    }


def _update(settings: Settings, backend: SearchBackend, known: Version, version: Version) -> IndexReport:
    changed, removed = changed_since(version, known)
    if len(changed) + len(removed) > _REBUILD_SHARE * max(1, version.counts["questions"]):
        return _rebuild(settings, backend, version, len(changed) + len(removed))
    before = list(_documents(known, questions(known, sorted(changed | removed))))
    after = list(_documents(version, questions(version, sorted(changed))))
    if _vocabulary_path(settings, known.name).exists():
        save_vocabulary(settings, version, vocabulary_of(settings, known.name).updated(before, after))
    rejected = backend.update(after, sorted(removed), version.name)
    _drop_old_vocabularies(settings, {known.name, version.name})
    return IndexReport("updated", version.name, version.counts["questions"], len(changed) + len(removed), rejected)


def _rebuild(settings: Settings, backend: SearchBackend, version: Version, changed: int) -> IndexReport:
    state = backend.state()
    save_vocabulary(settings, version, None)
    rejected = backend.rebuild(_documents(version, iter_questions(version)), version.name)
    _drop_old_vocabularies(settings, {version.name} | ({state.data_version} if state else set()))
    return IndexReport("rebuilt", version.name, version.counts["questions"], changed, rejected)


def save_vocabulary(settings: Settings, version: Version, ready: Vocabulary | None) -> Vocabulary:
    """The vocabulary of a data version, written beside the index before the index switches to it.

    One that is there is taken; one of another format or damaged is made again, since the dataset has all it needs.
    """
    path = _vocabulary_path(settings, version.name)
    if ready is None and path.exists():
        with suppress(SearchError):
            return Vocabulary.load(path)
    made = ready or Vocabulary.build(_documents(version, iter_questions(version)))
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)
    return made


def _vocabulary_path(settings: Settings, data_version: str) -> Path:
    return settings.home / "vocabulary" / f"{data_version}.vocabulary"


def _drop_old_vocabularies(settings: Settings, keep: set[str]) -> None:
    for path in (settings.home / "vocabulary").glob("*.vocabulary"):
        if path.stem not in keep:
            path.unlink(missing_ok=True)


def _documents(version: Version, stored: Iterable[Question]) -> Iterator[SearchDocument]:
    newest = sequences(version)
    for question in stored:
        yield document(question, version=newest.get(question.id, 0), due_date=question_due(question))
