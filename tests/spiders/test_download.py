"""Large files come in pieces, and are whole and of one state, whatever the server does."""

from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from questarium.replica.faults import Faults, FileFault
from questarium.replica.files import ServedFile
from spiders import download
from spiders.opendata import OpenDataSpider
from tests.spiders.offline import Offline
from tests.spiders.zips import OPEN_DATA, questions_zip

FIRST = questions_zip(range(1, 41), padding=200)
SECOND = questions_zip(range(1, 41), padding=200, version=2, day=2)
SIZE = len(FIRST.body)
PIECE = SIZE // 4 + 1


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_PIECE", PIECE)


def site_with(file: ServedFile, fault: FileFault | None = None, times: int | None = 1) -> Offline:
    site = Offline()
    site.site.files[OPEN_DATA] = file
    if fault:
        site.faults = Faults(files={OPEN_DATA: fault}, times=times)
    return site


def is_version(archive: Path, version: int) -> bool:
    """Whether all questions in the archive are of that version of the file."""
    with Archive.open(archive) as opened:
        texts = [opened.read(ref).body for ref in opened.captures()]
    return len(texts) == 40 and all(f"texte {version}".encode() in text for text in texts)


def half_way(folder: Path, file: ServedFile) -> Offline:
    """A site whose file was being fetched when the process was killed, after two pieces."""
    site = site_with(file)

    async def killed(request: object) -> object:
        if len(site.log) == 2:
            raise KeyboardInterrupt
        return await Offline.download_async(site, request)  # type: ignore[arg-type]

    site.download_async = killed  # type: ignore[method-assign,assignment]
    with pytest.raises(KeyboardInterrupt):
        site.run(OpenDataSpider, folder)
    del site.download_async
    site.log.clear()
    return site


def test_pieces_on_end(tmp_path: Path) -> None:
    site = site_with(FIRST)
    site.run(OpenDataSpider, tmp_path)
    assert [status for *_, status in site.log] == [206] * 4
    assert is_version(tmp_path, 1)


def test_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    site = half_way(tmp_path, FIRST)
    site.run(OpenDataSpider, tmp_path)
    assert [span for _, span, _ in site.log] == [f"bytes={PIECE * n}-{PIECE * (n + 1) - 1}" for n in (2, 3)]
    assert is_version(tmp_path, 1)


def test_a_file_that_changed_meanwhile_is_begun_anew(tmp_path: Path) -> None:
    site = half_way(tmp_path, FIRST)
    site.site.files[OPEN_DATA] = SECOND
    site.run(OpenDataSpider, tmp_path)
    assert [status for *_, status in site.log] == [200]
    assert is_version(tmp_path, 2)


def test_a_whole_file_that_was_not_read_yet_is_not_fetched_again(tmp_path: Path) -> None:
    site = half_way(tmp_path, FIRST)
    (part,) = (tmp_path / download.FOLDER).glob("*.part")
    part.write_bytes(FIRST.body)
    site.run(OpenDataSpider, tmp_path)
    assert [status for *_, status in site.log] == [416]
    assert is_version(tmp_path, 1)


def test_a_part_of_unknown_state_is_not_gone_on_with(tmp_path: Path) -> None:
    site = half_way(tmp_path, FIRST)
    (state,) = (tmp_path / download.FOLDER).glob("*.json")
    state.write_text("{", "utf-8")
    site.run(OpenDataSpider, tmp_path)
    assert [status for *_, status in site.log] == [206] * 4
    assert is_version(tmp_path, 1)


@pytest.mark.parametrize("fault", [FileFault.NO_PARTS, FileFault.WRONG_PART, FileFault.REFUSED_PART, FileFault.NOISY])
def test_a_server_that_does_it_wrong_once(fault: FileFault, tmp_path: Path) -> None:
    assert site_with(FIRST, fault).run(OpenDataSpider, tmp_path).incomplete is None
    assert is_version(tmp_path, 1)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (FileFault.WRONG_PART, "unstable"),
        (FileFault.REFUSED_PART, "unstable"),
        (FileFault.UNAVAILABLE, "http_503"),
        (FileFault.SHORT, "unstable"),
    ],
)
def test_a_server_that_does_it_wrong_always(fault: FileFault, reason: str, tmp_path: Path) -> None:
    site = site_with(FIRST, fault, times=None)
    spider = site.run(OpenDataSpider, tmp_path)
    assert (spider.incomplete, dict(spider.tally)) == (reason, {})
    assert len(site.log) < 10
    site.faults = Faults()
    assert site.run(OpenDataSpider, tmp_path).incomplete is None
    assert is_version(tmp_path, 1)


def test_validators_that_change_every_time_cost_one_whole_answer(tmp_path: Path) -> None:
    site = site_with(FIRST, FileFault.NOISY, times=None)
    assert site.run(OpenDataSpider, tmp_path).incomplete is None
    assert [status for *_, status in site.log] == [206, 200]
