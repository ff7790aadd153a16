"""The client's errors in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from elasticsearch import ApiError, NotFoundError, TransportError

from pipelines.search.backend import NOTHING_INDEXED
from schemas.errors import NoDatasetError, SearchError, SearchUnavailableError

_LATER: Final = frozenset({429, 502, 503, 504})  # overloaded, or no shard there yet


@contextmanager
def engine_errors(address: str) -> Iterator[None]:
    """Raise SearchUnavailableError or SearchError for what the client raises."""
    try:
        yield
    except ApiError as error:
        kind = SearchUnavailableError if error.status_code in _LATER else SearchError
        raise kind(f"Elasticsearch at {address} answered {error.status_code}: {_reason(error)}") from error
    except TransportError as error:
        raise SearchUnavailableError(
            f"Elasticsearch at {address} cannot be reached ({error.message}); start it, or unset "
            "QUESTARIUM_ELASTICSEARCH_URL to use the embedded index"
        ) from error


@contextmanager
def reading_errors(address: str) -> Iterator[None]:
    """The same, and NoDatasetError where there is no index to read."""
    with engine_errors(address):
        try:
            yield
        except NotFoundError as error:
            if error.error != "index_not_found_exception":
                raise
            raise NoDatasetError(NOTHING_INDEXED) from error


def _reason(error: ApiError) -> str:
    """The innermost reason given, where the answer has one."""
    try:
        return str(error.body["error"]["root_cause"][0]["reason"])
    except (KeyError, IndexError, TypeError):
        return error.message
