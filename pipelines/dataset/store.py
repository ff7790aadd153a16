"""The dataset on disk: one writer commits data versions, any number of readers open them.

A commit writes data files, then the manifest, then the pointer, then what describes them; killed at any point it leaves
the old version or the new one, and what it left behind unnamed is removed by the next commit. What is in the tables is
the business of `merge` and `compare`.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Final

import pyarrow as pa
from filelock import FileLock, Timeout

from pipelines.dataset.description import write_description
from pipelines.dataset.disk import TEMPORARY, file_digest, make_folder, write_atomically
from pipelines.dataset.manifest import (
    DataFile,
    Manifest,
    Pointer,
    Version,
    encode,
    files_folder,
    manifest_path,
    pointer_path,
    read_pointer,
    read_version,
    stored_numbers,
    version_name,
    version_number,
    versions_folder,
)
from pipelines.dataset.merge import Merged, PartitionUpdate, Tally, merge
from pipelines.dataset.parquet import SCHEMAS, data_file, read_files, read_table
from pipelines.dataset.parquet import encode as encode_table
from pipelines.dataset.redaction import redacted_manifest
from pipelines.dataset.rows import Row
from schemas.errors import DatasetError
from schemas.identity import TermKey
from schemas.tables import UNPLACED

__all__ = ["Commit", "Dataset", "PartitionUpdate", "Tally", "Version"]

_LOCK_WAIT_S: Final = 60.0


@dataclass(frozen=True)
class Commit:
    """What a commit did; `version` is the old one when `is_new` is false."""

    version: Version
    is_new: bool
    questions: Mapping[str, Tally]  # by partition; changed = has lines in the change log
    rows: Mapping[str, Mapping[str, Tally]]  # by partition and table

    def counts(self, partition: str) -> dict[str, int]:
        """Flat: questions added, changed, unchanged, removed; then the rows the partition now has, by table."""
        return vars(self.questions[partition]) | self.version.partition_counts(partition)


@dataclass(frozen=True)
class Dataset:
    """The data versions below one folder; every call reads the disk, nothing is remembered."""

    root: Path

    @classmethod
    def open(cls, root: Path) -> "Dataset":
        """The dataset of that folder, which is made by the first commit only."""
        return cls(root)

    @property
    def current(self) -> Version | None:
        """The newest version, None before the first commit; raises DatasetError."""
        pointer = read_pointer(self.root)
        while pointer is not None:
            version = read_version(self.root, pointer.number)
            if version is not None:
                return version
            named, pointer = pointer, read_pointer(self.root)
            if pointer is None or pointer.number == named.number:
                raise DatasetError(
                    f"the manifest of data version {version_name(named.number)} is missing in {self.root}: restore "
                    "the dataset folder from a copy, or remove it and build again from the archive"
                )
        return None

    def version(self, name: str) -> Version | None:
        """The version of that name (`v000003`), None when there is none or it was pruned; raises DatasetError."""
        number = version_number(name)
        pointer = read_pointer(self.root)
        return read_version(self.root, number) if number and pointer and number <= pointer.number else None

    def versions(self) -> list[Version]:
        """All versions that can still be read, oldest first; raises DatasetError."""
        pointer = read_pointer(self.root)
        newest = pointer.number if pointer else 0
        found = (read_version(self.root, number) for number in stored_numbers(self.root) if number <= newest)
        return [version for version in found if version is not None]

    def inputs(self, partition: str) -> dict[str, str]:
        """What the partition was last brought up to, as given to `commit`; empty before its first."""
        pointer = read_pointer(self.root)
        return dict(pointer.inputs.get(partition, {})) if pointer else {}

    def quarantine(self, partition: str) -> list[Row]:
        """What is set aside in the partition, as rows; raises DatasetError."""
        version = self.current
        return read_table(version, "quarantine", partition).to_pylist() if version else []

    def commit(self, partitions: Mapping[str, PartitionUpdate], *, now: datetime) -> Commit:
        """Bring partitions up to date together, in one new version, or in none when no content differs.

        The first commit makes a version even when it is empty. `now` is kept as the version's time and nowhere else.
        Raises DatasetError; the old version then stands.
        """
        with self._writing():
            current = self.current
            self._sweep()
            merged: dict[str, Merged] = {}
            files: list[DataFile] = []
            for name in sorted(partitions):
                merged[name], written = self._update(current, name, partitions[name])
                files += written
            version = self._new_version(current, merged, files, partitions, now)
            moved = self._inputs() | _inputs(partitions)
            if version is not current or moved != self._inputs():
                write_atomically(pointer_path(self.root), encode(Pointer(number=version.number, inputs=moved)))
            _describe(version)
        return Commit(
            version=version,
            is_new=version is not current,
            questions={name: each.questions for name, each in merged.items()},
            rows={name: each.rows for name, each in merged.items()},
        )

    def prune(self, keep: int) -> list[str]:
        """Drop all but the newest versions (the current one always stays) and their files; gives the names dropped.

        A reader that still works on a dropped version gets a DatasetError. Raises DatasetError.
        """
        with self._writing():
            dropped = self.versions()[: -max(1, keep)]
            for version in dropped:
                manifest_path(self.root, version.number).unlink()
            self._sweep()
        return [version.name for version in dropped]

    def redact(self, ids: Collection[str]) -> list[str]:
        """Take the texts of these questions out of every version; gives the names of the versions that had any.

        Each version is replaced in one step. Killed in between, it is to be called again. Readers that still work on a
        version as it was get a DatasetError. Raises DatasetError.
        """
        with self._writing():
            done: dict[str, DataFile] = {}
            touched = []
            for version in self.versions():
                manifest = redacted_manifest(version, ids, self._write, done)
                if manifest != version.manifest:
                    write_atomically(manifest_path(self.root, version.number), encode(manifest))
                    touched.append(version)
            self._sweep()
            if current := self.current:
                _describe(current)
        return [version.name for version in touched]

    def verify(self) -> list[str]:
        """One line for each file of any version that is missing or not what its manifest says; reads every byte."""
        files = {file.path: (version, file) for version in self.versions() for file in version.all_files}
        problems: list[str] = []
        for path, (version, file) in sorted(files.items()):
            if not version.path(file).is_file():
                problems.append(f"{path} of {version.name} is missing")
            elif file_digest(version.path(file)) != file.sha256:
                problems.append(f"{path} of {version.name} is damaged")
        return problems

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The one writer's lock, freed by the system when its process ends; errors of the disk become ours."""
        try:
            make_folder(self.root)
            with FileLock(self.root / "LOCK", timeout=_LOCK_WAIT_S):
                yield
        except Timeout as error:
            raise DatasetError(f"another process writes to {self.root}: wait until it ends, then try again") from error
        except OSError as error:
            raise DatasetError(
                f"cannot write to {self.root}: {error.strerror or error}; the data version before stands"
            ) from error

    def _update(self, current: Version | None, name: str, update: PartitionUpdate) -> tuple[Merged, list[DataFile]]:
        if name != UNPLACED:
            TermKey.parse(name)

        def old(table: str) -> pa.Table:
            return read_table(current, table, name) if current else SCHEMAS[table].empty_table()

        merged = merge(old, update, name)
        written = [self._write(table, name, name, rows) for table, rows in merged.tables.items()]
        return replace(merged, tables={}), written  # written tables need no memory any more

    def _new_version(
        self,
        current: Version | None,
        merged: Mapping[str, Merged],
        written: list[DataFile],
        partitions: Mapping[str, PartitionUpdate],
        now: datetime,
    ) -> Version:
        if current is not None and not written:
            return current
        number = current.number + 1 if current else 1
        log = pa.concat_tables([SCHEMAS["changes"].empty_table(), *(each.log for each in merged.values())])
        sequence = current.sequence if current else 0
        replaced = {(file.table, file.partition) for file in written}
        kept = (
            [file for file in current.manifest.files if (file.table, file.partition) not in replaced] if current else []
        )
        manifest = Manifest(
            number=number,
            created=now,
            sequence=sequence + log.num_rows,
            files=tuple(sorted((*kept, *(file for file in written if file.rows)), key=lambda file: file.path)),
            changes=self._append(current, _numbered(log, sequence, version_name(number))),
            inputs=self._inputs() | _inputs(partitions),
        )
        write_atomically(manifest_path(self.root, number), encode(manifest))
        return Version(self.root, manifest)

    def _append(self, current: Version | None, lines: pa.Table) -> tuple[DataFile, ...]:
        """The files of the log with these lines; small last files are joined, so that their number grows like log n."""
        files = list(current.manifest.changes) if current else []
        if not lines.num_rows:
            return tuple(files)
        while current and files and files[-1].rows <= lines.num_rows:
            lines = pa.concat_tables([read_files(current, [files.pop()], "changes"), lines])
        first, last = lines["sequence"][0].as_py(), lines["sequence"][-1].as_py()
        return (*files, self._write("changes", None, f"{first:09d}-{last:09d}", lines))

    def _write(self, table: str, partition: str | None, stem: str, rows: pa.Table) -> DataFile:
        """The file of a table that is in canonical order."""
        content = encode_table(table, rows)
        file = data_file(table, partition, stem, content, rows.num_rows)
        path = files_folder(self.root) / file.path
        if rows.num_rows and not (path.exists() and file_digest(path) == file.sha256):
            write_atomically(path, content)
        return file

    def _inputs(self) -> dict[str, dict[str, str]]:
        pointer = read_pointer(self.root)
        return dict(pointer.inputs) if pointer else {}

    def _sweep(self) -> None:
        """Remove what no version names: the rest of a killed commit, files of pruned versions.

        A killed commit leaves one manifest too many; more of them mean that the pointer was lost, and all stays.
        """
        pointer = read_pointer(self.root)
        newest = pointer.number if pointer else 0
        if any(number > newest + 1 for number in stored_numbers(self.root)):
            raise DatasetError(
                f"{pointer_path(self.root)} names no version or an old one although newer ones are there: restore it "
                "from a copy, or remove the dataset folder and build again from the archive"
            )
        versions = self.versions()
        named = {version.path(file) for version in versions for file in version.all_files}
        named |= {manifest_path(self.root, version.number) for version in versions}
        places = (
            files_folder(self.root).rglob("*"),
            versions_folder(self.root).glob("*"),
            self.root.glob(f"*{TEMPORARY}"),
        )
        for path in chain.from_iterable(places):
            if path.is_file() and path not in named:
                path.unlink()


def _describe(version: Version) -> None:
    try:
        write_description(version)
    except OSError as error:
        raise DatasetError(
            f"data version {version.name} stands in {version.root}, but its description cannot be written: "
            f"{error.strerror or error}; the next build writes it"
        ) from error


def _inputs(partitions: Mapping[str, PartitionUpdate]) -> dict[str, dict[str, str]]:
    return {name: dict(update.inputs) for name, update in partitions.items()}


def _numbered(log: pa.Table, after: int, version: str) -> pa.Table:
    """The lines with their sequence, the first one after that number, and their version."""
    sequence = pa.array(range(after + 1, after + 1 + log.num_rows), pa.int64())
    names = pa.array([version] * log.num_rows, pa.string())
    rest = [log[field.name] for field in SCHEMAS["changes"] if field.name not in ("sequence", "version")]
    return pa.table([sequence, names, *rest], schema=SCHEMAS["changes"])
