"""The client's errors in our words, without a server."""

import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import ApiError, NotFoundError

from pipelines.search.elastic.errors import engine_errors, reading_errors
from schemas.errors import NoDatasetError, SearchError, SearchUnavailableError


def answered(status: int, kind: str = "some_exception") -> ApiError:
    """What the client raises for an answer of that status."""
    node = NodeConfig("http", "example.org", 9200)
    meta = ApiResponseMeta(status, "1.1", HttpHeaders(), duration=0.0, node=node)
    body = {"error": {"type": kind, "root_cause": [{"type": kind, "reason": "the reason"}]}}
    return (NotFoundError if status == 404 else ApiError)(kind, meta, body)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_is_unavailable(status: int) -> None:
    with pytest.raises(SearchUnavailableError, match=f"at here answered {status}: the reason"), engine_errors("here"):
        raise answered(status)


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_what_does_not_pass_is_an_error(status: int) -> None:
    with pytest.raises(SearchError, match=f"at here answered {status}: the reason") as raised, reading_errors("here"):
        raise answered(status)
    assert type(raised.value) is SearchError


def test_only_a_missing_index_is_none_to_read() -> None:
    with pytest.raises(NoDatasetError), reading_errors("here"):
        raise answered(404, "index_not_found_exception")
    with pytest.raises(SearchError, match="answered 404"), engine_errors("here"):
        raise answered(404, "index_not_found_exception")
