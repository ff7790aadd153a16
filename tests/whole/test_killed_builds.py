"""A build killed −9 at any moment and run again ends in the same dataset and the same index."""

import random
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from questarium.replica.server import serve
from tests.whole.command import QUESTARIUM, Command

TABLES = {
    "questions": "*",
    "texts": "*",
    "events": "* EXCLUDE (known_at)",
    "attributions": "*",
    "figures": "*",
    "captures": '* EXCLUDE (first_seen, warc_file, "offset")',
    "quarantine": "*",
}
SEED = 20181002


def content(command: Command) -> dict[str, Any]:
    """Every table, capture times and places aside."""
    return {
        table: command("sql", f"SELECT {columns} FROM {table} ORDER BY ALL", "--json").json
        for table, columns in TABLES.items()
    }


def hits(command: Command) -> list[str]:
    return [hit["id"] for hit in command("search", "*e*", "--json", "--all", "--sort=number").json["hits"]]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A term in the archive, built once without a disturbance."""
    command = Command(tmp_path_factory.mktemp("whole"))
    with serve(150, seed=4) as replica:
        assert command("collect", "fr-an-15", "--base-url", replica.url).code == 0
    assert command("build").code == 0
    return command


def killed_then_finished(collected: Command, folder: Path, kills: int) -> tuple[Command, int]:
    command = Command(folder)
    shutil.copytree(collected.home / "archive", folder / "archive")
    moments = random.Random(SEED)
    killed = 0
    for _ in range(kills):
        building = subprocess.Popen(
            [QUESTARIUM, "build"], env=command.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(1.0, 7.0))
        killed += building.poll() is None
        building.kill()
        building.wait()
    assert command("build").code == 0
    return command, killed


def same(collected: Command, folder: Path, kills: int) -> int:
    command, killed = killed_then_finished(collected, folder, kills)
    assert content(command) == content(collected)
    assert hits(command) == hits(collected)
    status = command("status", "--json")
    assert status.code == 0
    assert status.json["index_version"] == status.json["data_version"]
    return killed


@pytest.mark.timeout(170)
def test_some_kills(collected: Command, tmp_path: Path) -> None:
    assert same(collected, tmp_path, kills=4) > 0


@pytest.mark.campaign
def test_many_kills(collected: Command, tmp_path: Path) -> None:
    assert sum(same(collected, tmp_path / str(turn), kills=10) for turn in range(10)) > 30


def test_a_rerun_makes_no_new_version(collected: Command) -> None:
    before = collected("status", "--json").json
    assert collected("build").code == 0
    assert collected("status", "--json").json == before
    versions = collected("sql", "SELECT DISTINCT version FROM changes", "--json").json
    assert [row["version"] for row in versions] == [before["data_version"]]
