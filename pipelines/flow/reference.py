"""The reference that a build normalises by: the bundled registries with the members that the dataset knows.

It is named by where it comes from, a small value that goes to worker processes, which load it once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipelines.dataset.people import stored_people
from pipelines.dataset.store import Dataset
from pipelines.normalise.people import KINDS, Members
from pipelines.normalise.reference import Reference, bundled_reference
from schemas.correction import Correction


@dataclass(frozen=True)
class ReferenceAt:
    """Where a reference comes from: the members of a data version, none where no version is named; the corrections."""

    dataset_dir: Path | None = None
    data_version: str | None = None
    corrections: tuple[Correction, ...] = ()

    @classmethod
    def current(cls, dataset_dir: Path, corrections: Iterable[Correction] = ()) -> "ReferenceAt":
        """That of the current data version."""
        version = Dataset.open(dataset_dir).current
        return cls(dataset_dir, version.name if version else None, tuple(corrections))


@lru_cache(maxsize=2)
def load_reference(at: ReferenceAt) -> Reference:
    """Load it; raises DatasetError."""
    reference = replace(bundled_reference(), corrections=at.corrections)
    if at.dataset_dir is None or at.data_version is None:
        return reference
    version = Dataset.open(at.dataset_dir).version(at.data_version)
    return replace(reference, members=Members(stored_people(version, KINDS)))
