"""The installed server: what counts as complete, what is never touched. No download here."""

from pathlib import Path

import pytest

from questarium.searchserver import install
from questarium.searchserver.home import MODULE, is_installed, mark_installed, missing
from questarium.searchserver.install import install_server
from questarium.searchserver.server import SearchServer
from schemas.errors import SearchServerError


def test_what_is_missing_is_said_in_words(tmp_path: Path) -> None:
    assert any("is not installed" in gap for gap in missing(tmp_path))
    mark_installed(tmp_path)
    assert missing(tmp_path) == []


def test_a_moved_install_does_not_count(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    mark_installed(home)
    assert is_installed(home)
    assert not is_installed(home.rename(tmp_path / "elsewhere"))


def test_a_complete_install_is_left_as_it_is(tmp_path: Path) -> None:
    mark_installed(tmp_path)
    lines: list[str] = []
    assert install_server(tmp_path, lines.append) == tmp_path
    assert lines == []


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SearchServerError, match="something else"):
        install_server(tmp_path, lambda _line: None)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_an_interrupted_install_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    (home / MODULE).mkdir(parents=True)
    (home / "half").touch()
    seen: list[list[Path]] = []

    def stop_here(_coordinates: tuple[str, ...], downloads: Path) -> list[Path]:
        seen.append(list(downloads.parent.rglob("half")))
        raise KeyboardInterrupt

    monkeypatch.setattr(install, "_fetch", stop_here)
    for _attempt in range(2):
        with pytest.raises(KeyboardInterrupt):
            install_server(home, lambda _line: None)
    assert seen == [[], []]
    assert not is_installed(home)


def test_a_server_that_is_not_installed_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(SearchServerError, match="no search server is installed"):
        SearchServer(tmp_path, tmp_path / "data")
