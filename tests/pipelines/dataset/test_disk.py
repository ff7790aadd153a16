"""A file is replaced in one step, and only once its content is durable."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from pipelines.dataset.disk import file_digest, make_folder, write_atomically


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the disk, in order."""
    told: list[str] = []
    fsync, replace = os.fsync, os.replace

    def told_fsync(descriptor: int) -> None:
        told.append("fsync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "fsync file")
        fsync(descriptor)

    def told_replace(source: Any, target: Any) -> None:
        told.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", told_fsync)
    monkeypatch.setattr(os, "replace", told_replace)
    return told


def test_content_is_durable_before_its_name_and_the_name_before_the_end(tmp_path: Path, steps: list[str]) -> None:
    write_atomically(tmp_path / "a", b"content")
    assert steps == ["fsync file", "rename", "fsync folder"]
    assert (tmp_path / "a").read_bytes() == b"content"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_new_folders_are_durable(tmp_path: Path, steps: list[str]) -> None:
    make_folder(tmp_path / "b" / "c")
    assert steps == ["fsync folder", "fsync folder"]
    make_folder(tmp_path / "b" / "c")
    assert len(steps) == 2


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_content(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_atomically(tmp_path / "a", b"old")

    def refused(*_: Any) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, step, refused)
    with pytest.raises(OSError, match="Input/output"):
        write_atomically(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"


def test_the_digest_is_sha256(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert file_digest(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
