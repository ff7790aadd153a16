"""Fixtures that every folder of the tests may use; no property fails because the machine is busy."""

from hypothesis import settings

pytest_plugins = ["tests.searchserver_fixture"]

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
