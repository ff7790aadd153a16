"""A copy of the archive alone: what `backup` adds to it is in tests/pipelines/flow/test_backing_up.py."""

import errno
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.backup import copy_archive
from schemas.errors import ArchiveError, ArchiveFullError
from tests.pipelines.archive.pages import START, page


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive of two files."""
    for number in (1, 2):
        with Archive.open_for_writing(tmp_path / "archive", source="assemblee", now=START) as archive:
            archive.append(page(number))
    return tmp_path / "archive"


def files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "warc").iterdir()}


def test_every_file_is_copied(root: Path, tmp_path: Path) -> None:
    report = copy_archive(root, tmp_path / "copy")
    assert (report.records, report.sound) == (4, True)  # two captures, and who wrote each file
    assert files(tmp_path / "copy") == files(root)
    assert len(files(root)) == 2


def test_progress_is_told_in_bytes_of_all_files(root: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    copy_archive(root, tmp_path / "copy", lambda done, of: told.append((done, of)))
    sizes = [len(content) for _, content in sorted(files(root).items())]
    assert told == [(sizes[0], sum(sizes)), (sum(sizes), sum(sizes))]


def test_what_a_killed_copy_left_is_no_obstacle(root: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.partial" / "warc").mkdir(parents=True)
    (tmp_path / "copy.partial" / "warc" / "older.warc.gz").write_bytes(b"x")
    copy_archive(root, tmp_path / "copy")
    assert files(tmp_path / "copy") == files(root)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "copy"]


def test_bytes_that_the_ledger_does_not_know_stay_behind(root: Path, tmp_path: Path) -> None:
    whole = files(root)
    newest = max((root / "warc").iterdir())
    newest.write_bytes(newest.read_bytes() + b"being written")
    copy_archive(root, tmp_path / "copy")
    assert files(tmp_path / "copy") == whole


def test_a_file_that_is_gone_is_named(root: Path, tmp_path: Path) -> None:
    gone = min((root / "warc").iterdir())
    gone.unlink()
    with pytest.raises(ArchiveError, match=rf"^{gone}: No such file or directory; "):
        copy_archive(root, tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_a_ledger_that_is_none_is_named(root: Path, tmp_path: Path) -> None:
    (root / "ledger.sqlite").write_bytes(b"no database")
    copy = rf"{tmp_path}/copy\.partial/ledger\.sqlite"
    told = rf"^{root}/ledger\.sqlite: cannot be copied to {copy} \(file is not a database\)$"
    with pytest.raises(ArchiveError, match=told):
        copy_archive(root, tmp_path / "copy")


def test_a_full_disk_is_the_copy_s(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pipelines.archive.backup._sync", full)
    with pytest.raises(ArchiveFullError, match=rf"^{tmp_path}/copy: no room left on the disk"):
        copy_archive(root, tmp_path / "copy")


def test_a_target_that_cannot_be_made(root: Path) -> None:
    with pytest.raises(ArchiveError, match=r"writer\.lock.copy"):
        copy_archive(root, root / "writer.lock" / "copy")
