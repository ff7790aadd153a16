"""Files of the archive: names, folders that stay, and what is said of an error of the disk."""

import errno
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipelines.archive import files
from pipelines.archive.files import AppendedFile, explain, make_folders, warc_name
from schemas.errors import ArchiveError, ArchiveFullError

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


def test_a_cut_that_fails_names_the_file(tmp_path: Path) -> None:
    file = AppendedFile(tmp_path / "a.warc.gz")
    file.append(b"record")
    os.close(file._descriptor)
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz: Bad file descriptor"):
        file.cut(0)
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
