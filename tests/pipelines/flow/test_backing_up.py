"""Backup and restore: whole at one moment, verified, and never over what is there."""

import subprocess
import time
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.verify import verify
from pipelines.dataset.read import iter_questions
from pipelines.dataset.store import Dataset
from pipelines.flow.backing_up import back_up, restore
from pipelines.flow.building import refresh_questions
from schemas.errors import ArchiveDamagedError, ArchiveError, DatasetError
from schemas.settings import Settings
from tests.pipelines.archive.children import command
from tests.pipelines.archive.pages import START, page
from tests.pipelines.flow.test_taking_down import SECRET, fetched

TERM = "fr-an-15"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An archive of two runs and two data versions."""
    settings = Settings(home=tmp_path / "home", elasticsearch_url=None)
    for day, title in ((0, "before"), (1, "after")):
        with Archive.open_for_writing(settings.archive_dir, source="assemblee", now=START) as archive:
            archive.append_many([fetched(SECRET.model_copy(update={"title": title}), day), page(99, day=day)])
        refresh_questions(settings, TERM, now=START)
    return settings


def captures(root: Path) -> dict[str, bytes]:
    with Archive.open(root) as archive:
        return {ref.capture_id: archive.read(ref).body for ref in archive.captures()}


def versions(root: Path) -> list[list[str | None]]:
    return [[each.title for each in iter_questions(version)] for version in Dataset.open(root).versions()]


def test_what_is_restored_is_what_was_there(settings: Settings, tmp_path: Path) -> None:
    report = back_up(settings, tmp_path / "copy")
    assert (report.captures, report.data_versions) == (3, 2)
    again = Settings(home=tmp_path / "again", elasticsearch_url=None)
    restore(again, tmp_path / "copy")
    assert captures(again.archive_dir) == captures(settings.archive_dir)
    assert versions(again.dataset_dir) == versions(settings.dataset_dir)
    assert len(versions(again.dataset_dir)) == 2
    assert verify(again.archive_dir).problems == ()
    assert Dataset.open(again.dataset_dir).verify() == []
    before = Dataset.open(again.dataset_dir).current
    refresh_questions(again, TERM, now=START)
    assert Dataset.open(again.dataset_dir).current == before
    with Archive.open_for_writing(again.archive_dir, source="assemblee", now=START) as archive:
        archive.append(page(100))
    assert verify(again.archive_dir).problems == ()


def test_a_copy_made_while_a_run_writes_is_whole(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    writer = subprocess.Popen(command(settings.archive_dir, 4000, 2), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 60
        while not captures_so_far(settings.archive_dir):
            assert time.monotonic() < until
            time.sleep(0.05)
        for number in range(3):
            report = back_up(settings, tmp_path / f"copy-{number}")
            assert writer.poll() is None or report.captures == 4000
            assert verify(tmp_path / f"copy-{number}" / "archive").problems == ()
            assert report.captures > 0
    finally:
        writer.kill()
        writer.communicate()
    with Archive.open_for_writing(tmp_path / "copy-0" / "archive", source="a", now=START) as archive:
        archive.append(page(5000))
    assert verify(tmp_path / "copy-0" / "archive").problems == ()


def captures_so_far(root: Path) -> int:
    with Archive.open(root) as archive:
        return archive.count_captures()


def test_nothing_is_replaced(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "copy")
    with pytest.raises(DatasetError, match="is there already"):
        back_up(settings, tmp_path / "copy")
    with pytest.raises(ArchiveError, match="is there already"):
        restore(settings, tmp_path / "copy")
    assert len(captures(settings.archive_dir)) == 3


def test_damage_is_not_copied(settings: Settings, tmp_path: Path) -> None:
    path = min((settings.archive_dir / "warc").iterdir())
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)
    with pytest.raises(ArchiveDamagedError, match="not sound"):
        back_up(settings, tmp_path / "copy")
    assert not list((tmp_path / "copy").iterdir())


def test_a_damaged_backup_is_not_restored(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "copy")
    path = min((tmp_path / "copy" / "archive" / "warc").iterdir())
    path.write_bytes(path.read_bytes()[:-1])
    again = Settings(home=tmp_path / "again")
    with pytest.raises(ArchiveDamagedError):
        restore(again, tmp_path / "copy")
    assert not list(again.home.iterdir())


def test_a_damaged_data_version_is_not_copied(settings: Settings, tmp_path: Path) -> None:
    path = next((settings.dataset_dir / "files" / "texts").iterdir())
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DatasetError, match="is damaged"):
        back_up(settings, tmp_path / "copy")


def test_no_backup_no_archive(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with pytest.raises(ArchiveError, match="no archive"):
        back_up(settings, tmp_path / "copy")
    with pytest.raises(ArchiveError, match="no backup"):
        restore(settings, tmp_path)
