"""The compose files: well formed, of the tested version, closed to the network, with settings a real server takes."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from questarium.searchserver.home import ELASTICSEARCH, server_home
from questarium.searchserver.install import install_server
from questarium.searchserver.server import SearchServer
from schemas.settings import Settings

DEPLOY = Path(__file__).parents[1] / "deploy"
FILES = sorted(DEPLOY.glob("*.yaml"))
NOT_OF_THE_NODE = ("xpack.", "ES_JAVA_OPTS")
"""Elastic's commercial modules, which the test server has not, and what is no setting of the node."""


def services(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))["services"]
    return found


def node_settings(file: Path) -> dict[str, str]:
    environment: dict[str, str] = next(iter(services(file).values()))["environment"]
    return {name: value for name, value in environment.items() if not name.startswith(NOT_OF_THE_NODE)}


def test_there_is_one_for_one_node_and_one_for_three() -> None:
    assert [len(services(file)) for file in FILES] == [1, 3]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_service_is_elastics_image_of_the_tested_version_on_loopback(file: Path) -> None:
    for name, service in services(file).items():
        assert service["image"] == f"elasticsearch:{ELASTICSEARCH}"
        assert service["environment"]["node.name"] == name
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
        assert {volume.split(":")[0] for volume in service["volumes"]} == {name, "snapshots"}
        assert all(isinstance(value, str) for value in service["environment"].values())


def test_the_three_know_each_other() -> None:
    (three,) = (file for file in FILES if file.name.startswith("three"))
    names = ",".join(services(three))
    for service in services(three).values():
        assert service["environment"]["discovery.seed_hosts"] == names
        assert service["environment"]["cluster.initial_master_nodes"] == names


@pytest.mark.elasticsearch
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_real_server_takes_the_settings(file: Path, tmp_path: Path) -> None:
    """An unknown key, or a value that does not fit, would end the start."""
    home = install_server(server_home(Settings()), lambda _line: None)
    settings = node_settings(file)
    assert settings["path.repo"] == "/snapshots"
    alone = {"cluster.initial_master_nodes": settings["node.name"], "discovery.seed_hosts": "127.0.0.1"}
    several = {"discovery.type": "multi-node"} | alone if "discovery.seed_hosts" in settings else {}
    with SearchServer(home, tmp_path, node_settings=settings | several) as server:
        assert server.url
