"""Index and dataset compared by counts and hashes, and the index repaired where they differ.

The dataset's side is the inventory; the index counts its documents and adds up their checks block by block, so that
only the hashes of blocks that differ are read.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from pipelines.dataset.store import Dataset, Version
from pipelines.flow.companions import Companions, documents_of
from pipelines.flow.indexing import built_version, rebuild, refresh_index, settle, writing_index
from pipelines.flow.refusals import refused
from pipelines.search.backend import Rejected, SearchBackend
from pipelines.search.engines import open_backend
from pipelines.search.inventory import Inventory
from schemas.settings import Settings


@dataclass(frozen=True)
class Difference:
    """What the index lacks, has too much, has otherwise than the data version, or has twice, by id.

    `refused` are the questions that the engine would not take: they are in quarantine, and no difference.
    """

    data_version: str
    questions: int
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Index and dataset hold the same."""
        return not (self.missing or self.surplus or self.different or self.doubled)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {name: len(value) for name, value in vars(self).items() if isinstance(value, tuple)}


@dataclass(frozen=True)
class Reconciled:
    """What was found; `how` is same, repaired or rebuilt, and `left` what still differs then."""

    how: str
    found: Difference
    left: Difference
    rejected: tuple[Rejected, ...] = ()


def index_difference(settings: Settings, *, full: bool = False) -> Difference:
    """What differs between index and dataset.

    The inventory is checked against the number of questions; `full` makes it anew, by reading every question.
    Raises NoDatasetError, DatasetError, SearchError.
    """
    version = built_version(settings, Dataset.open(settings.dataset_dir))
    return _difference(version, _inventory(settings, version, full=full), open_backend(settings))


def reconcile(settings: Settings, *, now: datetime, full: bool = False) -> Reconciled:
    """Bring the index to the data version whatever it holds: by the change log, then document by document.

    Where that does not do, as with an index that remembers a higher version of a question, it is rebuilt.
    """
    found = index_difference(settings, full=full)
    report = refresh_index(settings, now=now)
    left, rejected = index_difference(settings), report.rejected
    if report.how == "rebuilt" or (left.same and not left.refused):
        how = "same" if found.same else "rebuilt" if report.how == "rebuilt" else "repaired"
        return Reconciled(how, found, left, tuple(rejected))
    for how, mend in (("repaired", _repair), ("rebuilt", _rebuild)):
        rejected = mend(settings, left, now)
        left = index_difference(settings)
        if left.same:
            return Reconciled("same" if found.same else how, found, left, tuple(rejected))
    return Reconciled("rebuilt", found, left, tuple(rejected))


def _difference(version: Version, inventory: Inventory, backend: SearchBackend) -> Difference:
    aside = refused(version)
    expected = inventory.without(aside)
    held = backend.digests() if backend.state() else {}
    wanted = expected.digests()
    blocks = {block for block in wanted.keys() | held.keys() if wanted.get(block) != held.get(block)}
    mine = expected.hashes(blocks)
    found = list(backend.hashes(sorted(blocks))) if held and blocks else []
    theirs = dict(found)
    times = Counter(each for each, _ in found)
    return Difference(
        data_version=version.name,
        questions=version.counts["questions"],
        missing=tuple(sorted(mine.keys() - theirs.keys())),
        surplus=tuple(sorted(theirs.keys() - mine.keys())),
        different=tuple(sorted(each for each in mine.keys() & theirs.keys() if mine[each] != theirs[each])),
        doubled=tuple(sorted(each for each, count in times.items() if count > 1)),
        refused=tuple(sorted(aside)),
    )


def _inventory(settings: Settings, version: Version, *, full: bool) -> Inventory:
    companions = Companions.of(settings, version.content)
    inventory = companions.inventory(version, again=full)
    if len(inventory.entries) != version.counts["questions"]:
        inventory = companions.inventory(version, again=True)
    return inventory


def _repair(settings: Settings, left: Difference, now: datetime) -> list[Rejected]:
    """Write what is missing or different, and once more what was refused; take out the rest.

    Nothing where another process has moved the index on since it was compared.
    """
    dataset = Dataset.open(settings.dataset_dir)
    wanted = sorted({*left.missing, *left.different, *left.doubled, *left.refused})
    with writing_index(settings):
        backend = open_backend(settings)
        version, state = dataset.version(left.data_version), backend.state()
        if version is None or state is None or state.content != version.content:
            return []
        if gone := sorted({*left.surplus, *left.doubled}):
            backend.update([], gone, version.name, version.content)
        rejected = backend.update(documents_of(version, wanted), [], version.name, version.content)
        settle(dataset, backend, rejected, wanted, now=now)
    return rejected


def _rebuild(settings: Settings, left: Difference, now: datetime) -> list[Rejected]:
    dataset = Dataset.open(settings.dataset_dir)
    with writing_index(settings):
        version, backend = built_version(settings, dataset), open_backend(settings)
        report, tried = rebuild(settings, backend, version, sum(left.counts.values()))
        settle(dataset, backend, report.rejected, tried, now=now)
    return report.rejected
