"""The doctor sees what is missing."""

from pathlib import Path

import pytest

from questarium.queries.doctor import diagnose
from schemas.settings import Settings


def _states(settings: Settings) -> dict[str, bool]:
    return {finding.what: finding.well for finding in diagnose(settings)}


def test_a_healthy_place(tmp_path: Path) -> None:
    assert all(_states(Settings(home=tmp_path / "home", elasticsearch_url=None)).values())


def test_a_file_in_place_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder", "utf-8")
    assert not _states(Settings(home=tmp_path / "home", elasticsearch_url=None))["data folder"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://localhost"])
def test_a_server_that_is_not_there(tmp_path: Path, url: str) -> None:
    found = diagnose(Settings(home=tmp_path, elasticsearch_url=url))
    (engine,) = [finding for finding in found if finding.what == "search engine"]
    assert not engine.well
    assert "QUESTARIUM_ELASTICSEARCH_URL" in engine.remedy
