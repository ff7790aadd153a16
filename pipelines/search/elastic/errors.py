"""The client's errors in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from elasticsearch import ApiError, NotFoundError, TransportError

from schemas.errors import NoDatasetError, SearchError, SearchUnavailableError

_LATER: Final = frozenset({429, 502, 503, 504})  # overloaded, or no shard there yet


@contextmanager
def engine_errors(address: str) -> Iterator[None]:
    """Raise SearchUnavailableError, SearchError or NoDatasetError for what the client raises."""
    try:
        yield
    except ApiError as error:
        if isinstance(error, NotFoundError) and error.error == "index_not_found_exception":
            raise NoDatasetError("nothing has been indexed yet: run `questarium build`") from error
        kind = SearchUnavailableError if error.status_code in _LATER else SearchError
        raise kind(f"Elasticsearch at {address} answered {error.status_code}: {error.message}") from error
    except TransportError as error:
        raise SearchUnavailableError(
            f"Elasticsearch at {address} cannot be reached ({error.message}); start it, or unset "
            "QUESTARIUM_ELASTICSEARCH_URL to use the embedded index"
        ) from error
