"""What a data version is made of: its files, its place in the change log, and the pointer that names the current one.

    files/<table>/<partition>-<digest>.parquet     immutable, named by content
    files/changes/<first>-<last>-<digest>.parquet  the change log, lines first to last
    versions/000003.json                           one manifest per version, immutable
    CURRENT                                        the pointer: the only file that is ever replaced

Writing them is the store's work, reading the Parquet files that of `pipelines.dataset.parquet`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError

from pipelines.dataset.rows import QUESTION_TABLES
from schemas.errors import DatasetError
from schemas.record import Record
from schemas.tables import TABLES

FORMAT: Final = 1
"""Shape of manifests and pointer; a reader refuses a newer one."""


_Kept = TypeVar("_Kept", "Manifest", "Pointer")


class DataFile(Record):
    """One immutable Parquet file; `path` is below `files/`, `partition` is None for the change log."""

    table: str
    partition: str | None
    path: str
    sha256: str
    bytes: int
    rows: int


class Manifest(Record):
    """One data version on disk; `sequence` is that of the newest line of the change log, 0 before the first."""

    format: int = FORMAT
    number: int
    created: datetime
    sequence: int
    files: tuple[DataFile, ...]
    changes: tuple[DataFile, ...]  # oldest lines first
    inputs: dict[str, dict[str, str]]  # by partition, as when the version was made


class Pointer(Record):
    """The current version, and what each partition was last brought up to, which moves without a new version too."""

    format: int = FORMAT
    number: int
    inputs: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Version:
    """One data version, whole and unchanging until it is pruned."""

    root: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """How people and the index call it: `v000003`."""
        return version_name(self.manifest.number)

    @property
    def number(self) -> int:
        """1 for the first version."""
        return self.manifest.number

    @property
    def sequence(self) -> int:
        """Newest line of the change log in this version."""
        return self.manifest.sequence

    @property
    def partitions(self) -> tuple[str, ...]:
        """Partitions that hold rows, in order."""
        return tuple(sorted({file.partition for file in self.manifest.files if file.partition is not None}))

    @property
    def inputs(self) -> Mapping[str, Mapping[str, str]]:
        """What each partition was made from, in the caller's words."""
        return self.manifest.inputs

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table, of all partitions."""
        return {table: sum(file.rows for file in self.files(table)) for table in TABLES}

    def partition_counts(self, partition: str) -> dict[str, int]:
        """Rows by table, of one partition."""
        return {table: sum(file.rows for file in self.files(table, partition)) for table in TABLES}

    def files(self, table: str, partition: str | None = None) -> tuple[DataFile, ...]:
        """Files of a table, of one partition or of all; `changes` is the log."""
        if table == "changes":
            return self.manifest.changes
        return tuple(
            file for file in self.manifest.files if file.table == table and partition in (None, file.partition)
        )

    @property
    def all_files(self) -> tuple[DataFile, ...]:
        """Every file of the version, the change log's included."""
        return (*self.manifest.files, *self.manifest.changes)

    @property
    def content(self) -> str:
        """Digest of the questions it holds and of their change log, 16 hexadecimal digits.

        A name says only how many versions there were before: a dataset that was removed and built again gives the same
        names to other contents. What is set aside and which captures were seen do not count.
        """
        counted = (*QUESTION_TABLES, "changes")
        paths = sorted(file.path for file in self.all_files if file.table in counted)
        return hashlib.sha256("\n".join(paths).encode()).hexdigest()[:16]

    def path(self, file: DataFile) -> Path:
        """Where a file lies."""
        return files_folder(self.root) / file.path


def version_name(number: int) -> str:
    """`v000003` for 3."""
    return f"v{number:06d}"


def version_number(name: str) -> int | None:
    """3 for `v000003`, None for what names no version."""
    digits = name.removeprefix("v")
    return int(digits) if digits.isdecimal() and name == version_name(int(digits)) else None


def files_folder(root: Path) -> Path:
    """Folder of the data files."""
    return root / "files"


def versions_folder(root: Path) -> Path:
    """Folder of the manifests."""
    return root / "versions"


def manifest_path(root: Path, number: int) -> Path:
    """Where a version's manifest lies."""
    return versions_folder(root) / f"{number:06d}.json"


def pointer_path(root: Path) -> Path:
    """Where the pointer lies."""
    return root / "CURRENT"


def read_pointer(root: Path) -> Pointer | None:
    """The pointer, None before the first commit; raises DatasetError when it cannot be read."""
    return _read(pointer_path(root), Pointer)


def read_version(root: Path, number: int) -> Version | None:
    """A version, None when there is none of that number; raises DatasetError when it cannot be read."""
    manifest = _read(manifest_path(root, number), Manifest)
    return Version(root, manifest) if manifest else None


def stored_numbers(root: Path) -> list[int]:
    """Numbers of the manifests on disk, oldest first; one above the pointer's is left from a killed commit."""
    return sorted(int(path.stem) for path in versions_folder(root).glob("*.json") if path.stem.isdigit())


def encode(record: Manifest | Pointer) -> bytes:
    """The record as it is written."""
    return (record.model_dump_json(indent=1) + "\n").encode()


def _read(path: Path, kind: type[_Kept]) -> _Kept | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DatasetError(f"cannot read {path}: {error.strerror}") from error
    try:
        record = kind.model_validate_json(content)
    except ValidationError as error:
        raise DatasetError(
            f"{path} is damaged or made by another Questarium: restore the dataset folder from a copy, or remove it "
            "and build again from the archive"
        ) from error
    if record.format > FORMAT:
        raise DatasetError(f"{path} is of format {record.format}, newer than this Questarium reads ({FORMAT}): upgrade")
    return record
