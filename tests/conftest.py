"""Fixtures that every folder of the tests may use."""

pytest_plugins = ["tests.searchserver_fixture"]
