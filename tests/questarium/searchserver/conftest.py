"""The shared server, for these tests."""

from tests.searchserver_fixture import elasticsearch_url

__all__ = ["elasticsearch_url"]
