"""What stands beside an index: the vocabulary and the inventory of the data version it was made from.

Each is one file named by the content of that version, so that it switches with the index that names the same content,
and goes when no index is left that does. One that is lost or of another format is made again from the dataset.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.dataset.changes import sequences
from pipelines.dataset.read import iter_questions, questions
from pipelines.dataset.store import Version
from pipelines.delays.deadlines import question_due
from pipelines.normalise.registry import bundled_registry
from pipelines.search.counts import Counts
from pipelines.search.from_question import document
from pipelines.search.inventory import Inventory
from pipelines.search.vocabulary import Vocabulary
from schemas.errors import SearchError
from schemas.question import Question
from schemas.search import SearchDocument
from schemas.settings import Settings

_COUNTED: Final = ("questions", "texts", "events", "attributions")  # the tables of what is counted


@dataclass(frozen=True)
class Companions:
    """The files of one content."""

    folder: Path
    content: str

    @classmethod
    def of(cls, settings: Settings, content: str) -> "Companions":
        """The companions of the data versions of that content."""
        return cls(settings.home / "vocabulary", content)

    @property
    def vocabulary_file(self) -> Path:
        """Where the vocabulary is."""
        return self.folder / f"{self.content}.vocabulary"

    @property
    def inventory_file(self) -> Path:
        """Where the inventory is."""
        return self.folder / f"{self.content}.inventory"

    def vocabulary(self, version: Version) -> Vocabulary:
        """The vocabulary, made again where it cannot be read."""
        if self.vocabulary_file.exists():
            with suppress(SearchError):
                return Vocabulary.load(self.vocabulary_file)
        made = Vocabulary.build(documents(version, iter_questions(version)))
        with suppress(OSError):  # who searches may have no right to write
            made.save(self.vocabulary_file)
        return made

    def inventory(self, version: Version, *, again: bool = False) -> Inventory:
        """The inventory; every question is read when it is not there, or is wanted `again`."""
        if not again and self.inventory_file.exists():
            with suppress(SearchError):
                return Inventory.load(self.inventory_file)
        made = Inventory()
        for each in documents(version, iter_questions(version)):
            made.add(each)
        with suppress(OSError):
            made.save(self.inventory_file)
        return made

    def counting(self, passing: Iterable[SearchDocument]) -> Iterator[SearchDocument]:
        """The same documents, counted on their way into an index; both files are there when the last one has passed."""
        counts, inventory = Counts(), Inventory()
        for each in passing:
            counts.add(each)
            inventory.add(each)
            yield each
        Vocabulary.of(counts).save(self.vocabulary_file)
        inventory.save(self.inventory_file)

    def follow(self, before: "Companions", removed: list[SearchDocument], added: list[SearchDocument]) -> None:
        """Make these files from those of an earlier version, whose documents `removed` became `added`."""
        with suppress(SearchError):
            Vocabulary.load(before.vocabulary_file).updated(removed, added).save(self.vocabulary_file)
        with suppress(SearchError):
            gone = [each.id for each in removed]
            Inventory.load(before.inventory_file).updated(added, gone).save(self.inventory_file)

    def drop_others(self, kept: Iterable[str]) -> None:
        """Remove the files that belong neither to this content nor to a kept one."""
        contents = {self.content, *kept}
        for path in self.folder.glob("*"):
            if path.stem not in contents:
                path.unlink(missing_ok=True)


def documents(version: Version, stored: Iterable[Question]) -> Iterator[SearchDocument]:
    """The documents that an index of this data version holds, of some of its questions."""
    return _documents(stored, sequences(version))


def documents_of(version: Version, ids: Sequence[str]) -> Iterator[SearchDocument]:
    """The same of the questions of a few ids; those that the version does not have are left out."""
    return _documents(questions(version, ids), sequences(version, ids))


def documents_counted(version: Version, ids: Sequence[str]) -> Iterator[SearchDocument]:
    """The same as far as the companions count them: without their figures and tables, and without a version."""
    return _documents(questions(version, ids, _COUNTED), {})


def _documents(stored: Iterable[Question], newest: Mapping[str, int]) -> Iterator[SearchDocument]:
    registry = bundled_registry()
    for question in stored:
        label = question.ministry_assigned
        yield document(
            question,
            version=newest.get(question.id, 0),
            due_date=question_due(question),
            portfolios=registry.portfolios(label) if label else (),
        )
