"""Files of the archive: names, folders that stay, and what is said of an error of the disk."""

import errno
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipelines.archive import files
from pipelines.archive.files import AppendedFile, explain, make_folders, read_at, recover, sync_folder, warc_name
from schemas.errors import ArchiveDamagedError, ArchiveError, ArchiveFullError

PATH = Path("/depot/archive/warc/a.warc.gz")


def test_a_file_is_named_after_its_run_in_universal_time() -> None:
    paris = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert warc_name("q/15 é_a-b", 7, paris) == "q-15-é_a-b-20260630T233000Z-00007.warc.gz"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_said_with_what_to_do(code: int) -> None:
    told = explain(OSError(code, os.strerror(code)), PATH)
    assert isinstance(told, ArchiveFullError)
    assert str(told).startswith(f"{PATH}: no room left on the disk; free some")


def test_another_error_is_said_in_the_system_s_words() -> None:
    told = explain(OSError(errno.EIO, "Input/output error"), PATH)
    assert not isinstance(told, ArchiveFullError)
    assert str(told).startswith(f"{PATH}: Input/output error; nothing more is written")
    assert str(explain(OSError("no number"), PATH)).startswith(f"{PATH}: no number;")


def test_every_folder_that_got_an_entry_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    make_folders(tmp_path / "a" / "b")
    assert sorted(synced) == [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]
    assert (tmp_path / "a" / "b" / "warc").is_dir()


WRITE: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "folders below a file": (lambda root: make_folders(root / "file" / "a"), "file/a", "Not a directory"),
    "a folder that is gone": (lambda root: sync_folder(root / "gone"), "gone", "No such file or directory"),
    "a file that is there": (lambda root: AppendedFile(root / "file"), "file", "File exists"),
    "a tail that is a folder": (lambda root: recover(root, {}, {"tail"}), "warc/tail", "Is a directory"),
}


@pytest.mark.parametrize(("write", "name", "why"), WRITE.values(), ids=WRITE.keys())
def test_what_cannot_be_written_is_named(write: Callable[[Path], object], name: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "warc" / "tail").mkdir(parents=True)
    told = f"{tmp_path / name}: {why}; nothing more is written, check the disk and run it again"
    with pytest.raises(ArchiveError, match=f"^{re.escape(told)}$"):
        write(tmp_path)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    told = f"{tmp_path / 'warc' / 'a'}: cannot be read (No such file or directory); restore it from a backup"
    with pytest.raises(ArchiveDamagedError, match=f"^{re.escape(told)}$"):
        read_at(tmp_path, "a", 0, 1)


@pytest.mark.parametrize("change", [lambda file: file.cut(0), lambda file: file.append(b"another")])
def test_a_change_that_fails_names_the_file(change: Callable[[AppendedFile], None], tmp_path: Path) -> None:
    file = AppendedFile(tmp_path / "a.warc.gz")
    file.append(b"record")
    os.close(file._descriptor)
    with pytest.raises(ArchiveError, match=rf"^{tmp_path}/a\.warc\.gz: Bad file descriptor;"):
        change(file)
    assert file.size == 6


def test_what_follows_is_written_where_the_last_group_ended(tmp_path: Path) -> None:
    file = AppendedFile(tmp_path / "a.warc.gz")
    file.append(b"one")
    file.append(b"two")
    file.cut(4)
    file.append(b"!")
    file.close()
    assert (tmp_path / "a.warc.gz").read_bytes() == b"onet!"
    assert (tmp_path / "a.warc.gz").stat().st_mode & 0o111 == 0  # nobody runs it
