"""A copy of the dataset: the data versions of one moment, checked against their manifests."""

import shutil
from pathlib import Path

from pipelines.dataset.description import write_description
from pipelines.dataset.disk import file_digest, make_folder, write_atomically
from pipelines.dataset.manifest import Version, encode, manifest_path, pointer_path, read_pointer
from pipelines.dataset.store import Dataset
from schemas.errors import DatasetError


def copy_dataset(root: Path, target: Path) -> int:
    """Copy every version below `root` to a folder that is not there yet; gives their number, 0 where there is none.

    Builds need not stop: versions never change. Raises DatasetError.
    """
    pointer = read_pointer(root)
    if pointer is None:
        return 0
    if target.exists():
        raise DatasetError(f"{target} is there already: name another folder, or move it away")
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    versions = [each for each in Dataset.open(root).versions() if each.number <= pointer.number]
    try:
        for version in versions:
            for file in version.all_files:
                _copy(version.path(file), partial / "files" / file.path, file.sha256)
            write_atomically(manifest_path(partial, version.number), encode(version.manifest))
        write_atomically(pointer_path(partial), encode(pointer))
        for version in versions[-1:]:
            write_description(Version(partial, version.manifest))
        partial.replace(target)
    except OSError as error:
        raise DatasetError(f"cannot copy the dataset to {target}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return len(versions)


def _copy(source: Path, target: Path, digest: str) -> None:
    if target.exists():
        return
    make_folder(target.parent)
    write_atomically(target, source.read_bytes())
    if file_digest(target) != digest:
        raise DatasetError(f"{source} is damaged: remove the dataset folder and build again from the archive")
